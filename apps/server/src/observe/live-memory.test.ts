import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { buildNode } from '@pausescope/testkit'
import { expect, test } from 'vitest'
import { openSessions } from '../exec/exec-connection.ts'
import { probeOutput } from '../probe/run-probe.ts'
import { withTree } from '../probe/test/with-tree.ts'
import { startLiveLab } from './test/live-lab.ts'

setFlagsFromString('--expose-gc')
const collect = runInNewContext('gc') as () => void

const SCANS = 1_000
/** What all scans after the first hundred may leave behind, in bytes: a scan of so many processes takes more than 40 KB. */
const MAX_GROWTH = 8 * 1024 * 1024
const PROCESSES = 30

/** After all that can go has gone. */
async function heapUsed(): Promise<number> {
  for (let times = 0; times < 3; times++) {
    await new Promise((resolve) => setImmediate(resolve))
    collect()
  }
  return process.memoryUsage().heapUsed
}

/** A shell that answers each request of the loop with what the probe printed of a small node, and starts one process for it. */
async function smallNode(): Promise<(argv: readonly string[]) => readonly string[]> {
  const processes = Array.from({ length: PROCESSES }, (_, index) => ({ pid: index + 1, argv: [`program-${index}`] }))
  const file = join(mkdtempSync(join(tmpdir(), 'pausescope-memory-')), 'output')
  writeFileSync(file, await withTree({ processes }, probeOutput))
  const loop = `while read -r mark seconds && [ "$mark" != end ]; do cat ${file}; printf '\\n%s 0\\n' "$mark"; done`
  return () => ['sh', '-c', loop]
}

test('memory, timers and sockets stay flat over 1,000 scans and as many who come and go', async () => {
  const { source, lab, execs, close } = await startLiveLab({ secondMs: 1 }, { instead: await smallNode() })
  lab.upsertNode(buildNode('small'))
  await expect.poll(() => source.nodes().some(({ name }) => name === 'small')).toBe(true)
  const subject = { kind: 'node', node: 'small' } as const
  const stop = new AbortController()
  let scans = 0
  let start = { heap: 0, resources: 0 }
  for await (const { event } of await source.live({ subject, interval: 1 }, null, stop.signal)) {
    if (event !== 'tick') continue
    scans++
    // One who comes, gets the state, and leaves.
    const passing = new AbortController()
    for await (const told of await source.live({ subject, interval: 30 }, null, passing.signal)) {
      if (told.event === 'observation') break
    }
    if (scans === 100) start = { heap: await heapUsed(), resources: process.getActiveResourcesInfo().length }
    if (scans === SCANS) break
  }
  expect((await heapUsed()) - start.heap).toBeLessThan(MAX_GROWTH)
  expect(process.getActiveResourcesInfo().length).toBeLessThan(start.resources + 20)
  expect([execs(), openSessions()]).toEqual([1, 1])
  stop.abort()
  await expect.poll(() => lab.running()).toEqual([])
  await close()
  expect(openSessions()).toBe(0)
}, 180_000)

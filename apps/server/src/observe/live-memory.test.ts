import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { expect, test } from 'vitest'
import { openSessions } from '../exec/exec-connection.ts'
import { POD, replayedProbe, startLiveLab } from './test/live-lab.ts'

setFlagsFromString('--expose-gc')
const collect = runInNewContext('gc') as () => void

const SCANS = 1_000
/** What 1,000 scans may leave behind, in bytes: one scan that is kept takes more than a thousandth of it. */
const MAX_GROWTH = 16 * 1024 * 1024

/** After all that can go has gone. */
async function heapUsed(): Promise<number> {
  for (let times = 0; times < 3; times++) {
    await new Promise((resolve) => setImmediate(resolve))
    collect()
  }
  return process.memoryUsage().heapUsed
}

test('memory, timers and sockets stay flat over 1,000 scans and as many who come and go', async () => {
  const { source, lab, execs, close } = await startLiveLab({ secondMs: 1 }, { instead: await replayedProbe() })
  const stop = new AbortController()
  const stream = await source.live({ subject: POD, interval: 1 }, null, stop.signal)
  let scans = 0
  let start = { heap: 0, resources: 0 }
  for await (const { event } of stream) {
    if (event !== 'tick') continue
    scans++
    // One who comes, gets the state, and leaves.
    const passing = new AbortController()
    for await (const told of await source.live({ subject: POD, interval: 30 }, null, passing.signal)) {
      if (told.event === 'observation') break
    }
    passing.abort()
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
})

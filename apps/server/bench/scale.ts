import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Bench } from './bench-row.ts'
import type { ScaleNumbers } from './scale-server.ts'

const PODS = 150_000
const NODES = 5_000

/** The largest cluster that Kubernetes is made for (kubernetes.io/docs/setup/best-practices/cluster-large). */
export const scale: Bench = async () => {
  const folder = mkdtempSync(join(tmpdir(), 'pausescope-scale-'))
  const cluster = start(['scale-cluster.ts', `${PODS}`, `${NODES}`, folder])
  try {
    const kubeconfig = await firstLine(cluster)
    const server = start(['scale-server.ts', kubeconfig], ['--expose-gc'])
    const numbers = JSON.parse(await firstLine(server)) as ScaleNumbers
    server.stdin?.end()
    const where = `${numbers.pods} pods, ${NODES} nodes`
    return [
      {
        what: `memory for each pod, ${where}`,
        value: numbers.bytesPerPod / 1024,
        unit: 'KB',
        goal: 2,
        note: `after all garbage; all listed after ${(numbers.listed / 1000).toFixed(1)} s`,
      },
      {
        what: 'first lines of the list of pods',
        value: numbers.firstPods / 1024,
        unit: 'KB',
        goal: 100,
        note: 'as JSON, not compressed',
      },
      {
        what: 'first lines of the list of nodes',
        value: numbers.firstNodes / 1024,
        unit: 'KB',
        goal: 100,
        note: 'as JSON, not compressed',
      },
      {
        what: `search, ${where}`,
        value: numbers.search,
        unit: 'ms',
        goal: 50,
        note: 'median of four searches, five times each',
      },
    ]
  } finally {
    cluster.stdin?.end()
    await once(cluster, 'exit')
    rmSync(folder, { recursive: true })
  }
}

function start([script = '', ...args]: readonly string[], flags: readonly string[] = []): ChildProcess {
  return spawn(process.execPath, [...flags, join(import.meta.dirname, script), ...args], {
    stdio: ['pipe', 'pipe', 'inherit'],
  })
}

async function firstLine(child: ChildProcess): Promise<string> {
  let text = ''
  for await (const chunk of child.stdout ?? []) {
    text += chunk
    if (text.includes('\n')) break
  }
  const [line = ''] = text.split('\n')
  if (line === '') throw new Error('A process of the bench ended before it had its numbers.')
  return line
}

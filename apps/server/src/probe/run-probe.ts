import { type ChildProcess, spawn } from 'node:child_process'
import { type NodeScan, told } from '@pausescope/shared'
import { parseProbe } from './parse-probe.ts'
import { ProbeError } from './probe-error.ts'
import { PROBE_SCRIPT } from './probe-script.ts'

export type RunProbeOptions = {
  signal?: AbortSignal
  /** Environment of the script; PATH decides which tools it finds. */
  env?: NodeJS.ProcessEnv
  /** The shell, `sh` unless said otherwise. */
  shell?: string
  /** Longest time, in milliseconds. */
  deadlineMs?: number
  /** Most bytes of output. */
  maxBytes?: number
}

const DEADLINE_MS = 60_000
const MAX_BYTES = 64 * 1024 * 1024

/**
 * Runs the probe on this machine.
 * @param procRoot a /proc tree: `/proc`, or a captured one.
 * @throws ProbeError when the tree cannot be read or the output cannot be used; the signal's reason when it aborts.
 */
export async function runProbe(procRoot: string, options: RunProbeOptions = {}): Promise<NodeScan> {
  return parseProbe(await probeOutput(procRoot, options))
}

/**
 * What the probe, or another script in its frame, prints on this machine. Whatever ends it early ends all its processes.
 * @param args behind the root.
 */
export async function probeOutput(
  procRoot: string,
  options: RunProbeOptions = {},
  script: string = PROBE_SCRIPT,
  args: readonly string[] = [],
): Promise<Buffer> {
  const { signal, deadlineMs = DEADLINE_MS, maxBytes = MAX_BYTES, shell = 'sh' } = options
  signal?.throwIfAborted()
  const child = spawn(shell, ['-c', script, 'pausescope-probe', procRoot, ...args], {
    // A group of its own, so that all of the pipeline can be ended at once.
    detached: true,
    stdio: ['ignore', 'pipe', 'ignore'],
    env: options.env ?? process.env,
  })
  const chunks: Buffer[] = []
  let bytes = 0
  return new Promise<Buffer>((resolve, reject) => {
    const end = (settle: () => void) => {
      clearTimeout(timer)
      signal?.removeEventListener('abort', onAbort)
      settle()
    }
    const fail = (cause: unknown) =>
      end(() => {
        killGroup(child)
        reject(cause)
      })
    const onAbort = () => fail(signal?.reason)
    const timer = setTimeout(() => {
      fail(new ProbeError('timeout', told('probe.late', { root: procRoot, seconds: deadlineMs / 1000 })))
    }, deadlineMs)
    signal?.addEventListener('abort', onAbort)
    child.on('error', (cause: NodeJS.ErrnoException) => {
      fail(cause.code === 'ENOENT' ? new ProbeError('no-tools', told('probe.no-shell', { shell })) : cause)
    })
    child.stdout.on('data', (chunk: Buffer) => {
      chunks.push(chunk)
      bytes += chunk.length
      if (bytes > maxBytes)
        fail(new ProbeError('too-large', told('probe.too-large', { root: procRoot, bytes: maxBytes })))
    })
    child.on('close', () => end(() => resolve(Buffer.concat(chunks))))
  })
}

function killGroup(child: ChildProcess): void {
  child.stdout?.destroy()
  if (child.pid === undefined) return
  try {
    process.kill(-child.pid, 'SIGKILL')
  } catch {
    // All of it has ended.
  }
}

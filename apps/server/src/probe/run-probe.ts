import { spawn } from 'node:child_process'
import type { NodeScan } from '@pausescope/shared'
import { parseProbe } from './parse-probe.ts'
import { ProbeError } from './probe-error.ts'
import { PROBE_SCRIPT } from './probe-script.ts'

export type RunProbeOptions = {
  signal?: AbortSignal
  /** Environment of the script; PATH decides which tools it finds. */
  env?: NodeJS.ProcessEnv
  shell?: string
}

/**
 * Runs the probe on this machine.
 * @param procRoot a /proc tree: `/proc`, or a captured one.
 * @throws ProbeError when the tree cannot be entered or the output cannot be used.
 */
export async function runProbe(procRoot: string, options: RunProbeOptions = {}): Promise<NodeScan> {
  return parseProbe(await probeOutput(procRoot, options))
}

/** What the probe prints on this machine, framed. */
export async function probeOutput(procRoot: string, options: RunProbeOptions = {}): Promise<Buffer> {
  const child = spawn(options.shell ?? 'sh', ['-c', PROBE_SCRIPT, 'pausescope-probe', procRoot], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: options.env ?? process.env,
    ...(options.signal ? { signal: options.signal } : {}),
  })
  const out: Buffer[] = []
  const err: Buffer[] = []
  child.stdout.on('data', (chunk: Buffer) => out.push(chunk))
  child.stderr.on('data', (chunk: Buffer) => err.push(chunk))
  const exitCode = await new Promise<number | null>((resolve, reject) => {
    child.on('close', resolve)
    child.on('error', (cause: NodeJS.ErrnoException) =>
      reject(
        cause.code === 'ENOENT' ? new ProbeError('no-shell', 'This machine has no shell to run the probe.') : cause,
      ),
    )
  })
  if (exitCode === 3) {
    throw new ProbeError('no-root', `Cannot read processes: ${Buffer.concat(err).toString('utf8').trim()}.`)
  }
  return Buffer.concat(out)
}

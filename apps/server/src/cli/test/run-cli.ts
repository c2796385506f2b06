import { type ChildProcess, spawn } from 'node:child_process'
import { join } from 'node:path'
import { vi } from 'vitest'
import { run } from '../run.ts'

export type CliResult = { code: number | null; stdout: string; stderr: string }

const MAIN = join(import.meta.dirname, '../../main.ts')

/** Starts the real command line in a process of its own. It finds no kubeconfig but one that is given; the page needs no token. */
export function startCli(args: readonly string[], env: NodeJS.ProcessEnv = {}): ChildProcess {
  const clean = Object.entries(process.env).filter(([name]) => !/^(PAUSESCOPE_|KUBE|DISPLAY|WAYLAND)/.test(name))
  return spawn(process.execPath, [MAIN, ...args], {
    env: { ...Object.fromEntries(clean), HOME: '/nonexistent', PAUSESCOPE_NO_TOKEN: '1', ...env },
    stdio: 'pipe',
  })
}

/** Runs it to its end. */
export async function runCli(args: readonly string[], env: NodeJS.ProcessEnv = {}, input = ''): Promise<CliResult> {
  const child = startCli(args, env)
  const result: CliResult = { code: null, stdout: '', stderr: '' }
  child.stdout?.setEncoding('utf8').on('data', (text) => {
    result.stdout += text
  })
  child.stderr?.setEncoding('utf8').on('data', (text) => {
    result.stderr += text
  })
  // A command that fails early does not read its input.
  child.stdin?.on('error', () => {})
  child.stdin?.end(input)
  result.code = await new Promise((resolve) => child.on('close', resolve))
  return result
}

/** Runs it in this process, with nothing replaced but where it writes: many times faster. */
export async function runHere(args: readonly string[]): Promise<CliResult> {
  const result: CliResult = { code: null, stdout: '', stderr: '' }
  const taken = (['stdout', 'stderr'] as const).map((name) =>
    vi.spyOn(process[name], 'write').mockImplementation((text) => {
      result[name] += String(text)
      return true
    }),
  )
  vi.stubEnv('HOME', '/nonexistent')
  vi.stubEnv('KUBECONFIG', undefined)
  vi.stubEnv('KUBERNETES_SERVICE_HOST', undefined)
  try {
    result.code = await run(args)
  } finally {
    for (const spy of taken) spy.mockRestore()
    vi.unstubAllEnvs()
  }
  return result
}

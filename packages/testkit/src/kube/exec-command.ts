import { type ChildProcessWithoutNullStreams, execFileSync, spawn } from 'node:child_process'
import { existsSync, mkdirSync, renameSync, rmSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'

/** How a command ended: its exit code (128 + signal when killed), or why it could not start. */
export type ExecEnd = { code: number } | { error: string }

/** A command in a container: here a real process of this machine. */
export type ExecCommand = {
  pid: number
  argv: readonly string[]
  child: ChildProcessWithoutNullStreams
  /** True until the command has ended. */
  running: () => boolean
  ended: Promise<ExecEnd>
  /** Ends the command with all processes it started. */
  kill: () => void
}

const BUSYBOX = '/usr/bin/busybox'
const APPLETS = join(import.meta.dirname, '..', '..', 'node_modules', '.cache', 'busybox-bin')

/**
 * Starts a command with the tools of a busybox image where this machine has busybox.
 * @param procRoot replaces every argument that is exactly `/proc`.
 */
export function startCommand(argv: readonly string[], procRoot: string): ExecCommand {
  const [file = '', ...args] = argv.map((argument) => (argument === '/proc' ? procRoot : argument))
  const path = busyboxPath() ?? process.env.PATH ?? ''
  const child = spawn(file, args, { detached: true, env: { PATH: path, HOME: '/', HOSTNAME: 'helper' } })
  let running = true
  const ended = new Promise<ExecEnd>((resolve) => {
    child.on('error', (cause) => resolve({ error: cause.message }))
    child.on('exit', (code, signal) => resolve({ code: code ?? (signal === 'SIGKILL' ? 137 : 143) }))
  }).finally(() => {
    running = false
  })
  child.stdin.on('error', () => {})
  const kill = () => {
    if (child.pid === undefined) return
    try {
      process.kill(-child.pid, 'SIGKILL')
    } catch {
      // The group is gone already.
    }
  }
  return { pid: child.pid ?? 0, argv, child, running: () => running, ended, kill }
}

/** A folder with busybox under the name of each applet; null where there is no busybox. Made whole or not at all. */
function busyboxPath(): string | null {
  if (!existsSync(BUSYBOX)) return null
  if (existsSync(APPLETS)) return APPLETS
  const work = `${APPLETS}.${process.pid}`
  mkdirSync(work, { recursive: true })
  for (const applet of execFileSync(BUSYBOX, ['--list'], { encoding: 'utf8' }).trim().split('\n')) {
    symlinkSync(BUSYBOX, join(work, applet))
  }
  try {
    renameSync(work, APPLETS)
  } catch (cause) {
    if (!existsSync(APPLETS)) throw cause
    rmSync(work, { recursive: true })
  }
  return APPLETS
}

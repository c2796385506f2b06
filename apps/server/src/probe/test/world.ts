import { execFileSync, spawn } from 'node:child_process'
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** A PID namespace with its own everything, whose processes are only those it was told to start. */
export type World = {
  /** PID of its first process, as this machine numbers it. */
  pid: number
  /** Runs a command in all its namespaces and gives what it prints. */
  run: (...command: string[]) => string
  /** Path of a shell that runs in the world, started by way of `through` (a setpriv, say). */
  shell: (name: string, ...through: string[]) => string
  /** Ends all its processes; its mounts and namespaces go with them. */
  end: () => Promise<void>
}

/** What has to be installed, by command. */
export const WORLD_NEEDS = ['unshare', 'nsenter', 'setpriv', 'lsns', 'mount']

/**
 * Starts a world as root. Its /mnt is an empty file system of its own and the working folder of `script`, which starts
 * processes in the background; when it is done the world is ready. It lives until `end`, or until this process ends.
 */
export async function startWorld(script: string): Promise<World> {
  const folder = mkdtempSync(join(tmpdir(), 'probe-world-'))
  const init = `set -e
    mount -t tmpfs none /mnt; cd /mnt
    ${script}
    echo ready; exec cat`
  const kinds = ['--pid', '--mount', '--uts', '--ipc', '--net', '--cgroup']
  const args = [...kinds, '--fork', '--kill-child', '--mount-proc', 'sh', '-c', init]
  const child = spawn('unshare', args, { stdio: ['pipe', 'pipe', 'inherit'] })
  const ended = new Promise<void>((resolve) => child.on('close', () => resolve()))
  await new Promise<void>((resolve, reject) => {
    child.on('error', reject)
    child.on('exit', (code) => reject(new Error(`The world did not start: exit code ${code}.`)))
    child.stdout.once('data', () => resolve())
  })
  const pid = Number(readFileSync(`/proc/${child.pid}/task/${child.pid}/children`, 'utf8'))
  const enter = ['/usr/bin/nsenter', '-t', `${pid}`, '-m', '-u', '-i', '-n', '-p', '-C']
  return {
    pid,
    run: (...command) => execFileSync(enter[0] as string, [...enter.slice(1), ...command], { encoding: 'utf8' }),
    shell: (name, ...through) => {
      const path = join(folder, name)
      writeFileSync(path, `#!/bin/sh\nexec ${[...enter, ...through].join(' ')} sh "$@"\n`)
      chmodSync(path, 0o755)
      return path
    },
    end: async () => {
      child.stdin.end()
      await ended
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

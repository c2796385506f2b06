import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, existsSync, mkdirSync, openSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Readable } from 'node:stream'

/**
 * A node within this machine, as kind makes them: PID, mount, network, UTS and IPC namespaces of its own, the machine's
 * files but for empty /run and /var/lib and the /sys of its network, and one cgroup above all that it makes. What runs in it cannot disturb the machine.
 */
export type PrivateNode = {
  name: string
  /** A folder of the machine for the node's files; it goes with the node. */
  folder: string
  cgroup: string
  /** The node's own /proc, reached from outside. */
  proc: string
  /** Prefix of a command that is to run in the node. */
  enter: readonly string[]
  /** Path of a shell that runs in the node. */
  shell: string
  /** Ends everything that runs in it and waits until nothing is left. */
  end(): Promise<void>
}

const NODE_NAME = 'node1'

/** `$1` is what to run. When standard input ends, so does PID 1, and with it, by the kernel, all other processes. */
const INSIDE = `
read -r pid rest </proc/self/stat
mount -t proc proc /proc && mount -t tmpfs tmpfs /run && mount -t tmpfs tmpfs /var/lib || exit
mkdir /run/cgroup && mount --rbind /sys/fs/cgroup /run/cgroup && mount -t sysfs sysfs /sys &&
  mount --rbind /run/cgroup /sys/fs/cgroup && umount -l /run/cgroup && rmdir /run/cgroup || exit
ip link set lo up
echo ${NODE_NAME} >/proc/sys/kernel/hostname
sh -c "$1" >&2 &
echo "$pid"
cat >/dev/null
`

/** `$1` is the node's folder, `$2` its cgroup. A killed process can hold its cgroup a moment longer than it is seen. */
const CLEAN = `
for round in 1 2 3 4 5 6 7 8 9 10; do
  left=$(find /sys/fs/cgroup/"$2" /sys/fs/cgroup/*/"$2" -depth -type d 2>/dev/null)
  [ -z "$left" ] && break
  rmdir $left 2>/dev/null || sleep 0.1
done
rm -rf "$1"
`

/** Outlives the tests, even when they are killed: `$3` is the script for inside, `$4` its argument. */
const OUTSIDE = `unshare --fork --pid --mount --net --uts --ipc sh -c "$3" sh "$4"\n${CLEAN}`

let made = 0

/**
 * Starts a node. Its processes end with this process, in whatever way it ends, and its folder and cgroup are removed.
 * @param prepare writes files into the node's folder and returns the shell command the node is to run.
 * @throws Error with the node's complaints when it does not start.
 */
export async function startPrivateNode(prepare: (folder: string) => string): Promise<PrivateNode> {
  removeStale()
  made += 1
  const id = `pausescope-node-${process.pid}-${made}`
  const folder = join(tmpdir(), id)
  mkdirSync(folder)
  const log = join(folder, 'node.log')
  const output = openSync(log, 'a')
  const child = spawn('sh', ['-c', OUTSIDE, 'sh', folder, id, INSIDE, prepare(folder)], {
    stdio: ['pipe', 'pipe', output],
    // Root's PATH lacks the folders for administrators on some systems; containerd looks for runc there.
    env: { ...process.env, PATH: `${process.env.PATH}:/usr/local/sbin:/usr/sbin:/sbin` },
    // In a process group of its own: Ctrl-C must not keep it from cleaning up.
    detached: true,
  })
  closeSync(output)
  const ended = once(child, 'exit')
  const end = async () => {
    child.stdin?.end()
    await ended
  }
  const pid = await firstPid(child.stdout)
  if (pid === null) {
    const complaints = readFileSync(log, 'utf8').trim()
    await end()
    throw new Error(`No private node can be made here: ${complaints}`)
  }
  const enter = ['nsenter', '--target', pid, '--mount', '--uts', '--ipc', '--net', '--pid']
  const shell = join(folder, 'shell')
  writeFileSync(shell, `#!/bin/sh\nexec ${enter.join(' ')} sh "$@"\n`, { mode: 0o755 })
  return { name: NODE_NAME, folder, cgroup: `/${id}`, proc: `/proc/${pid}/root/proc`, enter, shell, end }
}

/** PID 1 of the node as this machine numbers it; null when it ended before it said so. */
async function firstPid(output: Readable | null): Promise<string | null> {
  for await (const chunk of output ?? []) return String(chunk).trim()
  return null
}

/** What is left where even the script outside was killed. */
function removeStale(): void {
  for (const id of readdirSync(tmpdir())) {
    const maker = /^pausescope-node-(\d+)-\d+$/.exec(id)?.[1]
    if (maker && !existsSync(`/proc/${maker}`)) spawnSync('sh', ['-c', CLEAN, 'sh', join(tmpdir(), id), id])
  }
}

import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync, rmdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { cgroupMounts } from './requirements.ts'

/**
 * Everything a private containerd does outside its own folder carries one name, made from the process id of its guard:
 * the folder, the cgroup all pods live under, the CNI network and (shortened, for 15 characters) the bridge.
 */
export type Traces = { name: string; folder: string; cgroup: string; bridge: string }

export function tracesOf(guard: number): Traces {
  const name = `pausescope-cri-${guard}`
  return { name, folder: join(tmpdir(), name), cgroup: `/${name}`, bridge: `pscri${guard}` }
}

/** Removes what runs of the past left whose guard was killed. */
export function removeStaleTraces(): void {
  for (const entry of readdirSync(tmpdir())) {
    const guard = Number(/^pausescope-cri-(\d+)$/.exec(entry)?.[1])
    if (guard && !readText(`/proc/${guard}/cmdline`).includes('guard.ts')) removeTraces(tracesOf(guard))
  }
}

/** Ends the runtime, its shims and all containers, then removes their mounts, sockets, network, cgroups and files. */
export function removeTraces(traces: Traces): void {
  // Containers first: their shims, still alive, reap them.
  killAll((pid) => readText(`/proc/${pid}/cgroup`).includes(`:${traces.cgroup}/`))
  killAll((pid) => readText(`/proc/${pid}/cmdline`).includes(`${traces.folder}/`))
  unmountBelow(traces.folder)
  removeShimSockets(traces.folder)
  removeNetworkCache(traces.folder)
  spawnSync('ip', ['link', 'delete', traces.bridge], { stdio: 'ignore' })
  for (const mount of cgroupMounts()) removeCgroups(join(mount.path, traces.cgroup))
  rmSync(traces.folder, { recursive: true, force: true })
}

function killAll(isOurs: (pid: number) => boolean): void {
  for (let round = 0; round < 200; round += 1) {
    const pids = readdirSync('/proc')
      .map(Number)
      .filter((pid) => pid > 1 && pid !== process.pid && isOurs(pid))
    if (pids.length === 0) return
    for (const pid of pids) kill(pid)
    sleep(25)
  }
}

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL')
  } catch {
    // It ended by itself in the meantime.
  }
}

function unmountBelow(folder: string): void {
  const points = readText('/proc/self/mountinfo')
    .split('\n')
    .map((line) => line.split(' ')[4] ?? '')
    .filter((point) => point.startsWith(`${folder}/`))
  if (points.length > 0) spawnSync('umount', ['--lazy', ...points.reverse()], { stdio: 'ignore' })
}

/** containerd 1.6 keeps its shims' sockets in /run/containerd/s whatever its state folder is, named by a hash. */
function removeShimSockets(folder: string): void {
  const tasks = join(folder, 'state/io.containerd.runtime.v2.task/k8s.io')
  for (const task of list(tasks)) {
    const socket = readText(join(tasks, task, 'address')).replace('unix://', '')
    if (socket.startsWith('/run/containerd/s/')) rmSync(socket, { force: true })
  }
  removeEmpty('/run/containerd/s')
  removeEmpty('/run/containerd')
}

/** libcni remembers each attachment of a sandbox until its regular end. */
function removeNetworkCache(folder: string): void {
  const cache = '/var/lib/cni/results'
  const sandboxes = list(join(folder, 'root/io.containerd.grpc.v1.cri/sandboxes'))
  for (const entry of list(cache)) {
    if (sandboxes.some((id) => entry.includes(id))) rmSync(join(cache, entry), { force: true })
  }
  removeEmpty(cache)
  removeEmpty(dirname(cache))
}

function removeCgroups(path: string): void {
  if (!existsSync(path)) return
  for (const entry of readdirSync(path, { withFileTypes: true })) {
    if (entry.isDirectory()) removeCgroups(join(path, entry.name))
  }
  // A killed process leaves its cgroup a moment after it can no longer be seen.
  for (let round = 0; round < 80 && !removeEmpty(path); round += 1) sleep(25)
}

function removeEmpty(folder: string): boolean {
  try {
    rmdirSync(folder)
    return true
  } catch {
    return !existsSync(folder)
  }
}

function list(folder: string): string[] {
  return existsSync(folder) ? readdirSync(folder) : []
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return ''
  }
}

function sleep(ms: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms)
}

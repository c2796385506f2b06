import type { NodeObservation } from '../model/node-observation.ts'
import type { NodeScan, ScannedProcess } from '../model/node-scan.ts'
import type { Pod } from '../model/pod.ts'
import { observeWholeNode } from '../observe/observe-whole-node.ts'
import { indexScan } from '../observe/scan-index.ts'
import { CONTEXT, cgroupLine, container, containerId, NODE_NAMESPACES, pod, process, scan } from './domain-builders.ts'

/** Of so many pods one is of another shape than the ordinary. */
const SHAPES = {
  11: { hostNetwork: true },
  13: { shareProcessNamespace: true },
  17: { hostPID: true },
  19: { hostUsers: false },
} satisfies Record<number, Partial<Pod>>

export type BuiltNode = { scan: NodeScan; pods: Pod[] }

/**
 * A node full of pods of pause and two containers, of several shapes, on containerd and cgroup v2; besides a service with
 * a mount namespace, a pinned left-over and two pods in one IPC namespace. For tests only.
 * @param processes how many the pods have in all, at least three each.
 */
export function buildNode(count: number, processes = count * 3): BuiltNode {
  const pods: Pod[] = []
  const all: ScannedProcess[] = [process(1, { argv: ['/sbin/init'] })]
  const each = Math.floor(processes / count)
  for (let at = 0; at < count; at++) {
    const made = buildOne(at, Math.max(3, at < processes - each * count ? each + 1 : each))
    pods.push(made.pod)
    all.push(...made.processes)
  }
  all.push(process(900_000, { argv: ['/lib/systemd/systemd-udevd'], ns: { mnt: 900_001 } }))
  const pins = [{ id: { type: 'net' as const, inode: 900_002, device: 4 }, path: '/run/netns/left-over' }]
  return { scan: scan(all, { pins }), pods }
}

/**
 * The same with what is rare: a pod behind gVisor, one with a process that unshared and a thread that did, a container of
 * docker, one of podman in the network of a pod, and a pod that the API server does not name.
 */
export function buildOddNode(count: number): BuiltNode {
  const { scan: ordinary, pods } = buildNode(count)
  const [gvisor, maker, hidden] = [count, count + 1, count + 2].map((at) => buildOne(at, 3))
  if (!gvisor || !maker || !hidden) throw new Error('Three were built.')
  const last = maker.processes.at(-1) as ScannedProcess
  const inContainer = (pid: number, line: string, comm: string, ns: ScannedProcess['ns']) =>
    process(pid, { cgroup: [`0::${line}`], comm, argv: [comm], ns })
  const rare = [
    ...gvisor.processes.map((each) => ({ ...each, argv: ['runsc-sandbox', 'boot'], comm: 'exe' })),
    ...maker.processes.slice(0, -1),
    { ...last, threads: [{ tid: last.pid + 1, ns: { uts: 901_000 } }] },
    { ...last, pid: last.pid + 2, ppid: last.pid, comm: 'unshare', ns: { ...last.ns, net: 901_001 } },
    ...hidden.processes,
    inContainer(901_010, `/system.slice/docker-${containerId('d0')}.scope`, 'redis-server', {
      ...{ net: 901_011, uts: 901_012, ipc: 901_013, pid: 901_014, mnt: 901_015, cgroup: 901_016 },
    }),
    inContainer(901_020, `/machine.slice/libpod-${containerId('90d')}.scope`, 'tcpdump', {
      ...{ net: 100_000, mnt: 901_021 },
    }),
  ]
  return { scan: { ...ordinary, processes: [...ordinary.processes, ...rare] }, pods: [...pods, gvisor.pod, maker.pod] }
}

/** What is seen of such a node. */
export function observeBuilt(built: BuiltNode): NodeObservation {
  return observeWholeNode(indexScan(built.scan, built.pods), CONTEXT)
}

function buildOne(at: number, processes: number): { pod: Pod; processes: ScannedProcess[] } {
  const uid = `00000000-0000-4000-8000-${at.toString(16).padStart(12, '0')}`
  const ids = [0, 1, 2].map((index) => containerId(`${index + 1}${at.toString(16).padStart(6, '0')}`))
  const [, shape = {}] = Object.entries(SHAPES).find(([every]) => (at + 1) % Number(every) === 0) ?? []
  const asked: Partial<Pod> = shape
  const base = 100_000 + at * 20
  const net = asked.hostNetwork ? {} : { net: base, uts: base + 1 }
  // The second and the third pod meet in one namespace that is not the node's.
  const ipc = at === 2 ? base - 20 + 2 : base + 2
  const shared = { ...NODE_NAMESPACES, ...net, ipc, ...(asked.hostUsers === false ? { user: base + 3 } : {}) }
  const made: ScannedProcess[] = []
  for (let index = 0; index < processes; index++) {
    const place = Math.min(index, 2)
    const pid = 1000 + at * 1000 + index
    const own = asked.hostPID ? {} : { pid: asked.shareProcessNamespace ? base + 4 : base + 4 + place }
    const ns = { ...shared, ...own, mnt: base + 8 + place, ...(place === 0 ? {} : { cgroup: base + 12 + place }) }
    const argv = place === 0 ? ['/pause'] : [`/app/worker-${index}`, '--config', '/etc/app/config.yaml']
    const ppid = index < 3 ? 1 : 1002 + at * 1000
    made.push(
      process(pid, {
        ppid,
        argv,
        comm: place === 0 ? 'pause' : 'worker',
        cgroup: [cgroupLine(ids[place] as string, uid)],
        ns,
      }),
    )
  }
  const containers = [container('app', { id: ids[1] as string }), container('sidecar', { id: ids[2] as string })]
  const name = `web-${String(at).padStart(3, '0')}-7d4b9c6f5-${(at * 7919).toString(36).padStart(5, 'x')}`
  return { pod: pod(containers, { namespace: `team-${at % 7}`, name, uid, ...asked }), processes: made }
}

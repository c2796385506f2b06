import { NAMESPACE_TYPES } from '../model/namespace-type.ts'
import type { NodeContainer, NodeNamespace, NodeObservation, NodePod, Unlisted } from '../model/node-observation.ts'
import type { NamespaceCensus, Observation, PodProcess } from '../model/observation.ts'
import type { CONTAINER_KINDS, PodContainer } from '../model/pod.ts'
import { podName } from '../observe/scan-index.ts'

/** As many as an observation of one pod names. */
const NAMED_PODS = 20

/** What is known of a pod that the API server does not name, or of a container that is in none. */
export function podOfUnlisted({ id, engine, containers }: Unlisted): NodePod {
  return {
    ...{ namespace: engine ?? '', name: id, uid: id, phase: 'Unknown', status: '', containers },
    ...{ hostNetwork: false, hostPID: false, hostIPC: false, hostUsers: null, shareProcessNamespace: false },
    ...{ runtimeClassName: null, windows: false },
  }
}

/**
 * What a node's observation says of one of its pods, as an observation of that pod: with the processes that decide where
 * its containers are, and no others. So a pod is judged by the same rules in both views.
 * @param namespaces those that a process of the pod is in, and the node's.
 */
export function podOfNode(
  observation: NodeObservation,
  pod: NodePod,
  position: number,
  namespaces: readonly NodeNamespace[],
): Observation {
  const { at, cluster, node, scanned, baseline } = observation
  const processes = pod.containers.flatMap(processesOf)
  const member = processes[0]?.pid ?? 0
  return {
    at,
    cluster,
    node,
    pod: {
      ...pod,
      configHash: null,
      nodeName: node.name,
      reason: null,
      podIPs: [],
      hostname: '',
      createdAt: null,
      deletedAt: null,
      containers: pod.containers.flatMap((container) =>
        container.kind === 'sandbox' || container.kind === 'unknown' ? [] : [specOf(container, container.kind)],
      ),
    },
    scanned,
    sandboxes: pod.containers
      .filter(({ kind }) => kind === 'sandbox')
      .map((container) => ({ id: idOf(container), pid: container.pid, starttime: null })),
    processes,
    baseline: Object.fromEntries(
      NAMESPACE_TYPES.flatMap((type) => {
        const inode = baseline[type]
        return inode === undefined ? [] : [[type, { type, inode, device: null }]]
      }),
    ),
    namespaces: namespaces.map((namespace) => censusOf(namespace, position, member, observation)),
    gaps: pod.gaps ?? [],
  }
}

/** Those the spec names have their key for an id. */
function idOf({ key, kind }: NodeContainer): string {
  return kind === 'sandbox' || kind === 'unknown' ? key.slice(key.indexOf(':') + 1) : key
}

function specOf(container: NodeContainer, kind: (typeof CONTAINER_KINDS)[number]): PodContainer {
  const { name, state, privileged, targetContainerName } = container
  return {
    name,
    kind,
    image: '',
    id: idOf(container),
    state,
    ready: false,
    restartCount: 0,
    privileged: privileged ?? false,
    targetContainerName: targetContainerName ?? null,
  }
}

/** The first process, and below it those that are elsewhere, or have a thread that is, in their order. */
function processesOf(container: NodeContainer): PodProcess[] {
  const { pid, name, comm = name, ns, unreadable, apart = [] } = container
  if (pid === null) return []
  const common = { state: 'S', uid: null, nspid: [], argv: [], kernelThread: false, cgroup: [] }
  const containerId = idOf(container)
  const first = { ...common, pid, ppid: 0, starttime: 0, comm, ns, containerId }
  const found = new Map<number, PodProcess>([[pid, unreadable ? { ...first, unreadable } : first]])
  for (const [at, { tid, ns: links, ...process }] of apart.entries()) {
    const young = { ...common, ...process, ppid: pid, starttime: at + 1, containerId }
    if (tid === undefined) found.set(process.pid, { ...young, ns: links })
    else {
      const host: PodProcess = found.get(process.pid) ?? { ...young, ns }
      found.set(process.pid, { ...host, comm: process.comm, threads: [...(host.threads ?? []), { tid, ns: links }] })
    }
  }
  return [...found.values()]
}

function censusOf(
  namespace: NodeNamespace,
  position: number,
  member: number,
  { pods: listed, unlisted = [] }: Pick<NodeObservation, 'pods' | 'unlisted'>,
): NamespaceCensus {
  const { type, inode, scope, nprocs, lowest, pins, pods, others = 0, first } = namespace
  // Of the node's own nobody asks who else is there: to look for each pod would be quadratic.
  const elsewhere = scope === 'shared' ? pods.filter((each) => each !== position) : []
  const otherPods = elsewhere.filter((each) => unlisted[each - listed.length]?.kind !== 'container')
  const named = otherPods.flatMap((each) => listed[each] ?? []).slice(0, NAMED_PODS)
  return {
    id: { type, inode, device: null },
    nprocs,
    lowest: lowest === null ? null : { pid: lowest, ppid: 0, uid: null, command: '' },
    // Who was there first decides whose a namespace is; 0 is nobody in the pod.
    ...(first === undefined ? {} : { oldest: first === position ? member : 0 }),
    pins: (pins ?? []).map((path) => ({ id: { type, inode, device: null }, path })),
    outside: {
      processes: scope === 'node' ? nprocs : others + elsewhere.length,
      pods: named.map(podName),
      podCount: otherPods.length,
      examples: [],
    },
  }
}

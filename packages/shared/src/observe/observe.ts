import { compareNamespaces, type NamespaceId, namespaceKey } from '../model/namespace-id.ts'
import { NAMESPACE_TYPES } from '../model/namespace-type.ts'
import type { Gap, NodeScan, ScannedProcess } from '../model/node-scan.ts'
import type { NamespaceCensus, Observation, PodProcess } from '../model/observation.ts'
import type { NodeFacts, Pod } from '../model/pod.ts'
import { told } from '../told/told.ts'
import { findSandboxes } from './find-sandboxes.ts'
import { gapOf } from './gap-of.ts'
import { processCommand } from './process-command.ts'
import { compareText, type IndexedNamespace, podName, type ScanIndex } from './scan-index.ts'

/** What a scan does not say of itself. `at` is when it ended, ISO 8601 in UTC. */
export type ObservationContext = {
  at: string
  cluster: Observation['cluster']
  node: NodeFacts
}

/** At most so many outsiders, and other pods, are named for one namespace. */
const NAMED_OUTSIDERS = 20

/** When, in which cluster and on which node: what every observation of a scan begins with. */
export function observationHead(scan: NodeScan, { at, cluster, node }: ObservationContext) {
  const { hostname, bootId, cgroupVersion, uptime } = scan
  return { at, cluster, node: { ...node, hostname, bootId, cgroupVersion, uptime } }
}

/** One pod in one scan: its processes by container, its sandboxes, and who else is in its namespaces. */
export function observePod(index: ScanIndex, pod: Pod, context: ObservationContext): Observation {
  const { processes, sandboxes, gaps } = podParts(index, pod, context.node.runtime)
  return {
    ...observationHead(index.scan, context),
    pod,
    scanned: true,
    sandboxes,
    processes,
    baseline: index.baseline,
    namespaces: namespacesOf(index, processes).map((namespace) => census(index, namespace, pod.uid)),
    gaps: [...index.gaps.map((gap) => ofPod(gap, processes)), ...gaps],
  }
}

/** A pod's own part of a scan: its processes by container, its sandboxes, and what could not be told of them. */
export function podParts(
  index: ScanIndex,
  pod: Pod,
  runtime: string | null,
): Pick<Observation, 'processes' | 'sandboxes' | 'gaps'> {
  const inCgroup = index.processes.get(pod.uid) ?? []
  const processes: PodProcess[] = []
  for (const process of inCgroup) {
    const containerId = index.places.get(process.pid)?.containerId
    if (containerId) processes.push({ ...process, containerId })
  }
  const { sandboxes, gaps } = findSandboxes(pod, processes, runtime)
  return { processes, sandboxes, gaps: [...gaps, ...strayGaps(inCgroup, processes)] }
}

/** Every pod of the index, sorted by namespace and name. */
export function observeNode(index: ScanIndex, context: ObservationContext): Observation[] {
  return index.pods.map((pod) => observePod(index, pod, context))
}

/** A pod of which only the API server speaks; `gap` says why there is no scan. */
export function observeWithoutScan(pod: Pod, context: ObservationContext, gap: Gap): Observation {
  return {
    at: context.at,
    cluster: context.cluster,
    node: { ...context.node, hostname: null, bootId: null, cgroupVersion: null, uptime: null },
    pod,
    scanned: false,
    sandboxes: [],
    processes: [],
    baseline: {},
    namespaces: [],
    gaps: [gap],
  }
}

/** The namespaces of the pod's processes and those of the node, in their fixed order. */
function namespacesOf(index: ScanIndex, processes: readonly PodProcess[]): IndexedNamespace[] {
  const found = new Map<string, IndexedNamespace>()
  const add = (id: Pick<NamespaceId, 'type' | 'inode'>) => {
    const namespace = index.namespaces[id.type].get(id.inode)
    if (namespace) found.set(namespaceKey(id), namespace)
  }
  for (const type of NAMESPACE_TYPES) {
    const node = index.baseline[type]
    if (node) add(node)
    for (const { ns, threads = [] } of processes) {
      for (const { [type]: inode } of [ns, ...threads.map((thread) => thread.ns)])
        if (inode !== undefined) add({ type, inode })
    }
  }
  return [...found.values()].sort((a, b) => compareNamespaces(a.id, b.id))
}

function census(index: ScanIndex, namespace: IndexedNamespace, uid: string): NamespaceCensus {
  const { id, members, oldest, podMembers, pins } = namespace
  const lowest = members[0]
  const others = [...podMembers.keys()].filter((other) => other !== uid)
  const names = others.flatMap((other) => index.podsByUid.get(other) ?? []).map(podName)
  return {
    id,
    nprocs: members.length,
    lowest: lowest ? { pid: lowest.pid, ppid: lowest.ppid, uid: lowest.uid, command: processCommand(lowest) } : null,
    ...(oldest ? { oldest: oldest.pid } : {}),
    ...ownership(index.scan, id),
    pins: [...pins].sort((a, b) => compareText(a.path, b.path)),
    outside: {
      processes: members.length - (podMembers.get(uid) ?? 0),
      pods: names.sort(compareText).slice(0, NAMED_OUTSIDERS),
      podCount: others.length,
      examples: outsiders(index, namespace, uid),
    },
  }
}

/** What was read of a user namespace's map, or of who owns a network namespace. */
function ownership({ userMaps, netOwners }: NodeScan, { type, inode }: NamespaceId) {
  const uidMap = type === 'user' ? userMaps?.find((one) => one.inode === inode)?.ranges : undefined
  const ownerUid = type === 'net' ? netOwners?.find((one) => one.inode === inode)?.uid : undefined
  return { ...(uidMap ? { uidMap } : {}), ...(ownerUid === undefined ? {} : { ownerUid }) }
}

function outsiders(
  index: ScanIndex,
  { members }: IndexedNamespace,
  uid: string,
): NamespaceCensus['outside']['examples'] {
  const examples = []
  for (const process of members) {
    const podUid = index.places.get(process.pid)?.podUid
    if (podUid === uid) continue
    const pod = podUid === undefined ? undefined : index.podsByUid.get(podUid)
    examples.push({ pid: process.pid, command: processCommand(process), pod: pod ? podName(pod) : null })
    if (examples.length === NAMED_OUTSIDERS) break
  }
  return examples
}

/** A gap of the whole node, with only this pod's PIDs named. */
function ofPod(gap: Gap, processes: readonly PodProcess[]): Gap {
  if (!gap.pids) return gap
  const { pids: all, ...rest } = gap
  const named = new Set(all)
  const pids = processes.map(({ pid }) => pid).filter((pid) => named.has(pid))
  return pids.length > 0 ? { ...rest, pids } : rest
}

/** Processes of the pod's cgroup that are in no container. */
function strayGaps(inCgroup: readonly ScannedProcess[], processes: readonly PodProcess[]): Gap[] {
  const inContainer = new Set(processes.map(({ pid }) => pid))
  const pids = inCgroup.map(({ pid }) => pid).filter((pid) => !inContainer.has(pid))
  if (pids.length === 0) return []
  return [gapOf('unknown-container', pids.length, told('scan.astray'), pids)]
}

import { parseCgroup } from './cgroup-path.ts'
import type { NamespaceId } from './namespace-id.ts'
import { NAMESPACE_TYPES, type NamespaceType } from './namespace-type.ts'
import type { Gap, NodeScan, Pin, ScannedProcess } from './node-scan.ts'
import type { PodProcess } from './observation.ts'
import type { Pod } from './pod.ts'

/** One namespace of the node with all who are in it. */
export type IndexedNamespace = {
  id: NamespaceId
  /** By PID, lowest first. */
  members: ScannedProcess[]
  /** How many members each pod UID has. */
  podMembers: Map<string, number>
  pins: Pin[]
}

/** What one scan says, arranged so that observing a pod costs no more than the pod is big. */
export type ScanIndex = {
  scan: NodeScan
  /** The pods, sorted by namespace and name. */
  pods: readonly Pod[]
  /** Pods by UID. */
  podsByUid: ReadonlyMap<string, Pod>
  /** Processes in a pod's containers, by the pod's UID, lowest PID first. */
  processes: ReadonlyMap<string, readonly PodProcess[]>
  /** PIDs in a pod's cgroup but in none of its containers, by the pod's UID. */
  strays: ReadonlyMap<string, readonly number[]>
  /** The pod UID of a process, where it has one. A pod that is not among `pods` counts too. */
  podOf: ReadonlyMap<ScannedProcess, string>
  namespaces: Readonly<Record<NamespaceType, ReadonlyMap<number, IndexedNamespace>>>
  /** The namespaces of PID 1: the node's. */
  baseline: Partial<Record<NamespaceType, NamespaceId>>
  gaps: readonly Gap[]
}

/**
 * Arranges a scan for observing the pods of its node. Linear in processes and pins; the order of either makes no
 * difference. A process belongs to a pod by the UID in its cgroup path alone, never by a name.
 */
export function indexScan(scan: NodeScan, pods: readonly Pod[]): ScanIndex {
  const sorted = [...pods].sort(comparePods)
  const podsByUid = new Map(sorted.map((pod) => [pod.uid, pod]))
  const uidOf = cgroupUids(sorted)
  const gaps = [...scan.gaps]
  const processes = new Map<string, PodProcess[]>()
  const strays = new Map<string, number[]>()
  const podOf = new Map<ScannedProcess, string>()
  const namespaces = Object.fromEntries(
    NAMESPACE_TYPES.map((type) => [type, new Map<number, IndexedNamespace>()]),
  ) as Record<NamespaceType, Map<number, IndexedNamespace>>
  const enter = (type: NamespaceType, inode: number): IndexedNamespace => {
    let found = namespaces[type].get(inode)
    if (!found) {
      found = { id: { type, inode, device: scan.nsfsDevice }, members: [], podMembers: new Map(), pins: [] }
      namespaces[type].set(inode, found)
    }
    return found
  }

  const unique = uniqueProcesses(scan.processes, gaps)
  for (const process of unique) {
    const place = parseCgroup(process.cgroup)
    const uid = place && !place.monitor ? (uidOf.get(place.podUid) ?? place.podUid) : null
    if (place && uid !== null) {
      podOf.set(process, uid)
      if (place.containerId !== null) push(processes, uid, { ...process, containerId: place.containerId })
      else push(strays, uid, process.pid)
    }
    for (const type of NAMESPACE_TYPES) {
      const inode = process.ns[type]
      if (inode === undefined) continue
      const namespace = enter(type, inode)
      namespace.members.push(process)
      if (uid !== null) namespace.podMembers.set(uid, (namespace.podMembers.get(uid) ?? 0) + 1)
    }
  }
  for (const pin of scan.pins) enter(pin.id.type, pin.id.inode).pins.push(pin)

  return {
    scan,
    pods: sorted,
    podsByUid,
    processes,
    strays,
    podOf,
    namespaces,
    baseline: baselineOf(unique, scan, gaps),
    gaps,
  }
}

/** `namespace/name`, as a person names a pod. */
export function podName(pod: Pick<Pod, 'namespace' | 'name'>): string {
  return `${pod.namespace}/${pod.name}`
}

function comparePods(a: Pod, b: Pod): number {
  return compareText(podName(a), podName(b)) || compareText(a.uid, b.uid)
}

/** By code unit: the same on every machine, whatever its language. */
export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

/**
 * From the UID in a cgroup path to the API's. They differ for static pods, which have their config hash there. A hash that
 * two pods claim, or that is another pod's UID, is nobody's.
 */
function cgroupUids(pods: readonly Pod[]): Map<string, string> {
  const uids = new Map<string, string>()
  const claims = new Map<string, number>()
  for (const { configHash } of pods) if (configHash) claims.set(configHash, (claims.get(configHash) ?? 0) + 1)
  for (const { configHash, uid } of pods) if (configHash && claims.get(configHash) === 1) uids.set(configHash, uid)
  for (const { uid } of pods) uids.set(uid, uid)
  return uids
}

/** By PID. A PID that stands twice in a scan says nothing certain of either process. */
function uniqueProcesses(processes: readonly ScannedProcess[], gaps: Gap[]): ScannedProcess[] {
  const sorted = [...processes].sort((a, b) => a.pid - b.pid)
  const unique = sorted.filter(({ pid }, at) => pid !== sorted[at - 1]?.pid && pid !== sorted[at + 1]?.pid)
  const dropped = sorted.length - unique.length
  if (dropped > 0) {
    const detail = 'PIDs that stand twice in the scan; both processes are left out. Scan again.'
    gaps.push({ code: 'pid-reused', detail, count: dropped })
  }
  return unique
}

function baselineOf(processes: readonly ScannedProcess[], scan: NodeScan, gaps: Gap[]): ScanIndex['baseline'] {
  const first = processes[0]?.pid === 1 ? processes[0] : undefined
  const baseline: ScanIndex['baseline'] = {}
  for (const type of NAMESPACE_TYPES) {
    const inode = first?.ns[type]
    if (inode !== undefined) baseline[type] = { type, inode, device: scan.nsfsDevice }
  }
  const missing = scan.types.filter((type) => !baseline[type])
  if (missing.length > 0) {
    const detail = `The node's own namespaces are not known (${missing.join(', ')}): PID 1 could not be read. Which namespaces are the node's is left open. Give the reader CAP_SYS_PTRACE and hostPID.`
    gaps.push({ code: 'baseline-unreadable', detail, count: missing.length })
  }
  return baseline
}

function push<Key, Item>(lists: Map<Key, Item[]>, key: Key, item: Item): void {
  const list = lists.get(key)
  if (list) list.push(item)
  else lists.set(key, [item])
}

import type { NamespaceId } from '../model/namespace-id.ts'
import { NAMESPACE_TYPES, type NamespaceType } from '../model/namespace-type.ts'
import type { Gap, NodeScan, Pin, ScannedProcess } from '../model/node-scan.ts'
import type { Pod } from '../model/pod.ts'
import { told } from '../told/told.ts'
import { type Baseline, baselineOf } from './baseline.ts'
import { type PodCgroup, parseCgroup, podsAround } from './cgroup-path.ts'
import { besideReader, type CgroupReader, isRelative } from './cgroup-reader.ts'
import { gapOf } from './gap-of.ts'
import { containersAround, type PodlessContainer, parsePodless } from './podless-container.ts'

/** One namespace of the node with all who are in it. */
export type IndexedNamespace = {
  id: NamespaceId
  /** By PID, lowest first. */
  members: ScannedProcess[]
  /** The one that was there first; null when only a pin keeps the namespace. */
  oldest: ScannedProcess | null
  pins: Pin[]
  /** How many members each pod has, by UID. */
  podMembers: Map<string, number>
}

/** A process's pod, which need not be among those known, and its container where it is in one. */
export type ProcessPlace = { podUid: string; containerId: string | null }

/** What one scan says, arranged so that observing a pod costs no more than the pod is big. */
export type ScanIndex = {
  scan: NodeScan
  /** The pods, sorted by namespace and name. */
  pods: readonly Pod[]
  /** Pods by UID. */
  podsByUid: ReadonlyMap<string, Pod>
  /** Processes in a pod's cgroup, by the pod's UID, lowest PID first. */
  processes: ReadonlyMap<string, readonly ScannedProcess[]>
  /** Where a process is, by PID; none for one of no pod. */
  places: ReadonlyMap<number, ProcessPlace>
  /** The containers of processes that are in a container of no pod, by PID. */
  podless: ReadonlyMap<number, PodlessContainer>
  namespaces: Readonly<Record<NamespaceType, ReadonlyMap<number, IndexedNamespace>>>
  /** The node's own. */
  baseline: Baseline
  gaps: readonly Gap[]
}

/**
 * Arranges a scan for observing the pods of its node. Linear in processes and pins; the order of either makes no
 * difference. A process belongs to a pod by the UID in its cgroup path alone, never by a name.
 * @param reader the container that the scan was made in, where it is known.
 */
export function indexScan(scan: NodeScan, pods: readonly Pod[], reader: CgroupReader | null = null): ScanIndex {
  const sorted = [...pods].sort(comparePods)
  const gaps = [...scan.gaps]
  const unique = uniqueProcesses(scan.processes, gaps)
  const uids = cgroupUids(sorted)
  const first = unique.find(({ pid }) => pid === 1)
  const placeOf = placeReader(
    uids,
    podsAround(first?.cgroup ?? [], (uid) => uids.has(uid)),
    unique.some(({ cgroup }) => isRelative(cgroup)) ? reader : null,
  )
  const processes = new Map<string, ScannedProcess[]>()
  const places = new Map<number, ProcessPlace>()
  const podUids: (string | undefined)[] = []
  const podless = new Map<number, PodlessContainer>()
  const containers = containersAround(first?.cgroup ?? [])
  for (const process of unique) {
    // Those that work for a virtual machine (vhost, before Linux 6.4) are in its container's cgroup, and in nothing else of it.
    if (process.kernelThread) {
      podUids.push(undefined)
      continue
    }
    const place = placeOf(process)
    // Pods that nobody knows may be another cluster's, as kind's in a container of docker: then it is the container that is here.
    const isKnown = place !== null && uids.has(place.podUid)
    const container = isKnown ? null : parsePodless(process.cgroup, containers)
    if (place && (!container || container.id === place.containerId)) {
      podUids.push(place.podUid)
      places.set(process.pid, place)
      push(processes, place.podUid, process)
      continue
    }
    podUids.push(undefined)
    if (container) podless.set(process.pid, container)
  }
  gaps.push(...unseenPods(sorted, unique, processes))
  const namespaces = Object.fromEntries(
    NAMESPACE_TYPES.map((type) => [type, membersOf(type, unique, podUids, scan.nsfsDevice)]),
  ) as Record<NamespaceType, Map<number, IndexedNamespace>>
  for (const pin of scan.pins) {
    const { type, inode } = pin.id
    enter(namespaces[type], type, inode, scan.nsfsDevice).pins.push(pin)
  }

  return {
    scan,
    pods: sorted,
    podsByUid: new Map(sorted.map((pod) => [pod.uid, pod])),
    processes,
    places,
    podless,
    namespaces,
    baseline: baselineOf(unique, scan, gaps),
    gaps,
  }
}

/** Containers run on the node, says the API server, yet the scan has no process in any pod: it saw a part, or elsewhere. */
function unseenPods(pods: readonly Pod[], all: readonly ScannedProcess[], inPods: ReadonlyMap<string, unknown>): Gap[] {
  const running = pods.flatMap(({ containers }) => containers.filter(({ id, state }) => id && state.kind === 'running'))
  if (running.length === 0 || inPods.size > 0) return []
  const sentence = told('scan.unseen-pods', { running: running.length, read: all.length })
  return [gapOf('processes-hidden', running.length, sentence)]
}

function membersOf(
  type: NamespaceType,
  processes: readonly ScannedProcess[],
  podUids: readonly (string | undefined)[],
  device: number | null,
): Map<number, IndexedNamespace> {
  const namespaces = new Map<number, IndexedNamespace>()
  for (const [at, process] of processes.entries()) {
    const inode = process.ns[type]
    if (inode === undefined) continue
    const namespace = enter(namespaces, type, inode, device)
    const { members, oldest, podMembers } = namespace
    members.push(process)
    if (!oldest || process.starttime < oldest.starttime) namespace.oldest = process
    const uid = podUids[at]
    if (uid !== undefined) podMembers.set(uid, (podMembers.get(uid) ?? 0) + 1)
  }
  return namespaces
}

function enter(
  namespaces: Map<number, IndexedNamespace>,
  type: NamespaceType,
  inode: number,
  device: number | null,
): IndexedNamespace {
  let found = namespaces.get(inode)
  if (!found) {
    found = { id: { type, inode, device }, members: [], oldest: null, pins: [], podMembers: new Map() }
    namespaces.set(inode, found)
  }
  return found
}

/** Reads a process's place from its cgroup. */
function placeReader(
  uids: ReadonlyMap<string, string>,
  around: ReadonlySet<string>,
  reader: CgroupReader | null,
): (process: ScannedProcess) => ProcessPlace | null {
  const known = new Map<string, PodCgroup | null>()
  const places = new Map<PodCgroup, ProcessPlace>()
  return ({ cgroup }) => {
    const found = (reader && besideReader(cgroup, reader)) ?? parseCgroup(cgroup, known, around)
    if (!found || found.monitor) return null
    let place = places.get(found)
    if (!place) {
      place = { podUid: uids.get(found.podUid) ?? found.podUid, containerId: found.containerId }
      places.set(found, place)
    }
    return place
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
  if (dropped > 0) gaps.push(gapOf('pid-reused', dropped, told('scan.twice')))
  return unique
}

function push<Key, Item>(lists: Map<Key, Item[]>, key: Key, item: Item): void {
  const list = lists.get(key)
  if (list) list.push(item)
  else lists.set(key, [item])
}

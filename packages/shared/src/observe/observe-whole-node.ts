import { namespaceKey } from '../model/namespace-id.ts'
import { NAMESPACE_TYPES } from '../model/namespace-type.ts'
import {
  NODE_COMMAND_MAX,
  type NodeNamespace,
  type NodeObservation,
  type NodePod,
  type Unlisted,
} from '../model/node-observation.ts'
import type { Gap } from '../model/node-scan.ts'
import type { Pod } from '../model/pod.ts'
import { groupBy } from './group-by.ts'
import { isolationOf } from './isolation.ts'
import { namedOf, sandboxOf, unknownOf } from './node-containers.ts'
import { type ObservationContext, observationHead, podParts } from './observe.ts'
import { processCommand } from './process-command.ts'
import { compareText, type IndexedNamespace, type ScanIndex } from './scan-index.ts'
import { unlistedOf } from './unlisted.ts'

/** All pods and all namespaces of a node at once. Linear in processes, pins and the pods' part in each namespace. */
export function observeWholeNode(index: ScanIndex, context: ObservationContext): NodeObservation {
  const { scan, baseline } = index
  const unlisted = unlistedOf(index)
  const positions = positionsOf(index, unlisted)
  const indexed = NAMESPACE_TYPES.flatMap((type) =>
    [...index.namespaces[type].values()].sort((a, b) => a.id.inode - b.id.inode),
  )
  const lowest = new Map(indexed.flatMap(({ members: [first] }) => (first ? [[first.pid, first]] : [])))
  return {
    ...observationHead(scan, context),
    scanned: true,
    processes: { all: scan.processes.length, ofNoPod: scan.processes.length - index.places.size },
    pods: index.pods.map((pod) => podOf(index, pod, context.node.runtime)),
    ...(unlisted.length > 0 ? { unlisted } : {}),
    namespaces: indexed.map((namespace) => namespaceOf(namespace, index, positions)),
    lowest: [...lowest.values()]
      .sort((a, b) => a.pid - b.pid)
      .map((process) => ({
        pid: process.pid,
        ppid: process.ppid,
        uid: process.uid,
        command: processCommand(process).slice(0, NODE_COMMAND_MAX),
      })),
    baseline: Object.fromEntries(Object.entries(baseline).map(([type, { inode }]) => [type, inode])),
    gaps: index.gaps.map(({ pids: _, ...gap }) => gap),
  }
}

/** A node of which only the API server speaks; `gap` says why there is no scan. */
export function observeWholeNodeWithoutScan(
  pods: readonly Pod[],
  { at, cluster, node }: ObservationContext,
  gap: Gap,
): NodeObservation {
  return {
    at,
    cluster,
    node: { ...node, hostname: null, bootId: null, cgroupVersion: null, uptime: null },
    scanned: false,
    processes: { all: 0, ofNoPod: 0 },
    pods: pods.map((pod) => ({
      ...factsOf(pod),
      containers: pod.containers.map((spec) => namedOf(spec, [], [])),
    })),
    namespaces: [],
    lowest: [],
    baseline: {},
    gaps: [gap],
  }
}

function podOf(index: ScanIndex, pod: Pod, runtime: string | null): NodePod {
  const { processes, sandboxes, gaps } = podParts(index, pod, runtime)
  const byId = groupBy(processes, ({ containerId }) => containerId)
  const take = (id: string | null | undefined) => {
    const own = id ? (byId.get(id) ?? []) : []
    if (id) byId.delete(id)
    return own
  }
  const sandboxed = sandboxes.map(({ id }) => sandboxOf(id, take(id)))
  const named = pod.containers.map((spec) => namedOf(spec, take(spec.id), take(spec.previousId)))
  const isolation = isolationOf({ pod, processes, sandboxes })
  const unknown = [...byId].sort(([a], [b]) => compareText(a, b)).map(([id, own]) => unknownOf(id, own))
  return {
    ...factsOf(pod),
    containers: [...sandboxed, ...named, ...unknown],
    ...(isolation ? { isolation } : {}),
    ...(gaps.length > 0 ? { gaps } : {}),
  }
}

function factsOf(pod: Pod): Omit<NodePod, 'containers'> {
  const { namespace, name, uid, phase, status, hostNetwork, hostPID, hostIPC, hostUsers } = pod
  const { shareProcessNamespace, runtimeClassName, windows } = pod
  const asked = { hostNetwork, hostPID, hostIPC, hostUsers, shareProcessNamespace, runtimeClassName, windows }
  return { namespace, name, uid, phase, status, ...asked }
}

/** Where each process's pod or container stands in the observation, by PID; none for one that is in neither. */
function positionsOf(index: ScanIndex, unlisted: readonly Unlisted[]): ReadonlyMap<number, number> {
  const positions = new Map<string, number>(index.pods.map(({ uid }, at) => [uid, at]))
  for (const [at, { id }] of unlisted.entries()) positions.set(id, index.pods.length + at)
  const found = new Map<number, number>()
  for (const { pid } of index.scan.processes) {
    const home = index.places.get(pid)?.podUid ?? index.podless.get(pid)?.id
    const position = home === undefined ? undefined : positions.get(home)
    if (position !== undefined) found.set(pid, position)
  }
  return found
}

function namespaceOf(
  { id, members, oldest, pins }: IndexedNamespace,
  index: ScanIndex,
  positions: ReadonlyMap<number, number>,
): NodeNamespace {
  const { type, inode } = id
  const places = members.map(({ pid }) => positions.get(pid))
  const pods = [...new Set(places.filter((at) => at !== undefined))].sort((a, b) => a - b)
  const others = places.filter((at) => at === undefined).length
  const node = index.baseline[type]
  const isNodes = node !== undefined && namespaceKey(node) === namespaceKey(id)
  const isMet = !isNodes && pods.length > 0 && (pods.length > 1 || others > 0)
  return {
    type,
    inode,
    scope: isNodes ? 'node' : pods.length > 1 ? 'shared' : pods.length === 1 ? 'pod' : 'none',
    nprocs: members.length,
    lowest: members[0]?.pid ?? null,
    ...(pins.length > 0 ? { pins: [...new Set(pins.map(({ path }) => path))].sort(compareText) } : {}),
    pods,
    ...(others > 0 ? { others } : {}),
    ...(isMet ? { first: (oldest && positions.get(oldest.pid)) ?? null } : {}),
  }
}

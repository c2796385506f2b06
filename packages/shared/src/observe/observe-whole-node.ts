import { namespaceKey } from '../model/namespace-id.ts'
import { NAMESPACE_TYPES } from '../model/namespace-type.ts'
import {
  NODE_COMMAND_MAX,
  type NodeContainer,
  type NodeNamespace,
  type NodeObservation,
  type NodePod,
} from '../model/node-observation.ts'
import type { Gap, ScannedProcess } from '../model/node-scan.ts'
import type { Pod, PodContainer } from '../model/pod.ts'
import { shortId } from './find-sandboxes.ts'
import { firstProcess, isDead } from './first-process.ts'
import { groupBy } from './group-by.ts'
import { type ObservationContext, podParts } from './observe.ts'
import { processCommand } from './process-command.ts'
import { compareText, type IndexedNamespace, type ScanIndex } from './scan-index.ts'

/** All pods and all namespaces of a node at once. Linear in processes, pins and the pods' part in each namespace. */
export function observeWholeNode(index: ScanIndex, context: ObservationContext): NodeObservation {
  const { scan, baseline } = index
  const positions = new Map(index.pods.map(({ uid }, position) => [uid, position]))
  const indexed = NAMESPACE_TYPES.flatMap((type) =>
    [...index.namespaces[type].values()].sort((a, b) => a.id.inode - b.id.inode),
  )
  const lowest = new Map(indexed.flatMap(({ members: [first] }) => (first ? [[first.pid, first]] : [])))
  return {
    at: context.at,
    cluster: context.cluster,
    node: {
      ...context.node,
      hostname: scan.hostname,
      bootId: scan.bootId,
      cgroupVersion: scan.cgroupVersion,
      uptime: scan.uptime,
    },
    scanned: true,
    processes: { all: scan.processes.length, ofNoPod: scan.processes.length - index.places.size },
    pods: index.pods.map((pod) => podOf(index, pod, context.node.runtime)),
    namespaces: indexed.map((namespace) => namespaceOf(namespace, index, positions)),
    lowest: [...lowest.values()]
      .sort((a, b) => a.pid - b.pid)
      .map((process) => ({
        pid: process.pid,
        ppid: process.ppid,
        uid: process.uid,
        command: processCommand(process).slice(0, NODE_COMMAND_MAX),
      })),
    baseline: Object.fromEntries(NAMESPACE_TYPES.flatMap((type) => inodeOf(type, baseline[type]?.inode))),
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
      containers: pod.containers.map((spec) => ({ ...headOf(spec), ...placeOf([], []) })),
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
  const named = pod.containers.map((spec) => ({ ...headOf(spec), ...placeOf(take(spec.id), take(spec.previousId)) }))
  const unknown = [...byId].sort(([a], [b]) => compareText(a, b)).map(([id, own]) => unknownOf(id, own))
  return {
    ...factsOf(pod),
    containers: [...sandboxed, ...named, ...unknown],
    ...(gaps.length > 0 ? { gaps } : {}),
  }
}

function sandboxOf(id: string, own: readonly ScannedProcess[]): NodeContainer {
  const place = placeOf(own, [])
  const comm = own.find(({ pid }) => pid === place.pid)?.comm ?? 'pause'
  return {
    ...{ key: `sandbox:${id}`, kind: 'sandbox', name: 'pause', state: { kind: 'running', startedAt: null } },
    ...(comm === 'pause' ? {} : { comm }),
    ...place,
  }
}

function unknownOf(id: string, own: readonly ScannedProcess[]): NodeContainer {
  const head = { key: `unknown:${id}`, kind: 'unknown', name: shortId(id) } as const
  return { ...head, state: { kind: 'running', startedAt: null }, ...placeOf(own, []) }
}

function factsOf(pod: Pod): Omit<NodePod, 'containers'> {
  const { namespace, name, uid, phase, status, hostNetwork, hostPID, hostIPC, hostUsers } = pod
  const { shareProcessNamespace, runtimeClassName, windows } = pod
  const asked = { hostNetwork, hostPID, hostIPC, hostUsers, shareProcessNamespace, runtimeClassName, windows }
  return { namespace, name, uid, phase, status, ...asked }
}

function headOf({ kind, name, state, privileged, targetContainerName }: PodContainer) {
  return {
    key: `container:${name}`,
    kind,
    name,
    state,
    ...(privileged ? { privileged } : {}),
    ...(targetContainerName === null ? {} : { targetContainerName }),
  }
}

/** @param left processes of the container's instance before, which may outlive a restart. */
function placeOf(
  own: readonly ScannedProcess[],
  left: readonly ScannedProcess[],
): Pick<NodeContainer, 'pid' | 'nprocs' | 'ns' | 'unreadable' | 'apart'> {
  const first = firstProcess(own) ?? firstProcess(left)
  const all = [...own, ...left]
  if (!first) return { pid: null, nprocs: 0, ns: {} }
  const apart = apartFrom(first, all)
  return {
    pid: first.pid,
    nprocs: all.length,
    ns: linksOf(first),
    ...(first.unreadable ? { unreadable: first.unreadable } : {}),
    ...(apart.length > 0 ? { apart } : {}),
  }
}

/** Processes of a container, and threads, that are elsewhere than its first one, the oldest of each place. */
function apartFrom(first: ScannedProcess, all: readonly ScannedProcess[]): NonNullable<NodeContainer['apart']> {
  const living = all.filter((process) => !isDead(process))
  const oldestFirst = living.sort((a, b) => a.starttime - b.starttime || a.pid - b.pid)
  const found = oldestFirst.flatMap(({ pid, comm, threads = [], ...process }) =>
    [{ ns: linksOf(process) }, ...threads]
      .filter(({ ns }) => NAMESPACE_TYPES.some((type) => differs(first.ns[type], ns[type])))
      .map((place) => ({ pid, comm, ...place })),
  )
  const places = groupBy(found, ({ ns }) => NAMESPACE_TYPES.map((type) => ns[type]).join())
  return [...places.values()].flatMap(([oldest]) => oldest ?? [])
}

function differs(one: number | undefined, other: number | undefined): boolean {
  return one !== undefined && other !== undefined && one !== other
}

function linksOf({ ns }: Pick<ScannedProcess, 'ns'>): NodeContainer['ns'] {
  return Object.fromEntries(NAMESPACE_TYPES.flatMap((type) => inodeOf(type, ns[type])))
}

function inodeOf(type: string, inode: number | undefined): [string, number][] {
  return inode === undefined ? [] : [[type, inode]]
}

function namespaceOf(
  { id, members, oldest, pins, podMembers }: IndexedNamespace,
  index: ScanIndex,
  positions: ReadonlyMap<string, number>,
): NodeNamespace {
  const { type, inode } = id
  const pods: number[] = []
  let inPods = 0
  for (const [uid, count] of podMembers) {
    const position = positions.get(uid)
    if (position !== undefined) pods.push(position)
    inPods += count
  }
  const unnamed = podMembers.size - pods.length
  const others = members.length - inPods
  const node = index.baseline[type]
  const isNodes = node !== undefined && namespaceKey(node) === namespaceKey(id)
  const isMet = !isNodes && podMembers.size > 0 && (podMembers.size > 1 || others > 0)
  const firstUid = isMet && oldest ? index.places.get(oldest.pid)?.podUid : undefined
  return {
    type,
    inode,
    scope: isNodes ? 'node' : podMembers.size > 1 ? 'shared' : podMembers.size === 1 ? 'pod' : 'none',
    nprocs: members.length,
    lowest: members[0]?.pid ?? null,
    ...(pins.length > 0 ? { pins: [...new Set(pins.map(({ path }) => path))].sort(compareText) } : {}),
    pods: pods.sort((a, b) => a - b),
    ...(unnamed > 0 ? { unnamedPods: unnamed } : {}),
    ...(others > 0 ? { others } : {}),
    ...(isMet ? { first: firstUid === undefined ? null : (positions.get(firstUid) ?? null) } : {}),
  }
}

import { NAMESPACE_TYPES } from '../model/namespace-type.ts'
import type { NodeContainer } from '../model/node-observation.ts'
import type { ScannedProcess } from '../model/node-scan.ts'
import type { PodContainer } from '../model/pod.ts'
import { shortId } from './find-sandboxes.ts'
import { firstProcess, isDead } from './first-process.ts'
import { groupBy } from './group-by.ts'
import { sandboxProcess } from './isolation.ts'

/** A sandbox of a pod. @param own its processes. */
export function sandboxOf(id: string, own: readonly ScannedProcess[]): NodeContainer {
  const first = sandboxProcess(own)
  const comm = first?.comm ?? 'pause'
  return {
    ...{ key: `sandbox:${id}`, kind: 'sandbox', name: 'pause', state: { kind: 'running', startedAt: null } },
    ...(comm === 'pause' ? {} : { comm }),
    ...placeOf(first, own),
  }
}

/** A container that only the node knows. */
export function unknownOf(id: string, own: readonly ScannedProcess[]): NodeContainer {
  const head = { key: `unknown:${id}`, kind: 'unknown', name: shortId(id) } as const
  const first = firstProcess(own)
  const comm = first === null ? {} : { comm: first.comm }
  return { ...head, state: { kind: 'running', startedAt: null }, ...comm, ...placeOf(first, own) }
}

/** A container of a pod's specification. @param left processes of its instance before, which may outlive a restart. */
export function namedOf(
  spec: PodContainer,
  own: readonly ScannedProcess[],
  left: readonly ScannedProcess[],
): NodeContainer {
  return { ...headOf(spec), ...placeOf(firstProcess(own) ?? firstProcess(left), [...own, ...left]) }
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

function placeOf(
  first: ScannedProcess | null,
  all: readonly ScannedProcess[],
): Pick<NodeContainer, 'pid' | 'nprocs' | 'ns' | 'unreadable' | 'apart'> {
  if (!first) return { pid: null, nprocs: 0, ns: {} }
  const apart = apartFrom(first, all)
  return {
    pid: first.pid,
    nprocs: all.length,
    ns: linksOf(first.ns),
    ...(first.unreadable ? { unreadable: first.unreadable } : {}),
    ...(apart.length > 0 ? { apart } : {}),
  }
}

/** Processes of a container, and threads, that are elsewhere than its first one, the oldest of each place. */
function apartFrom(first: ScannedProcess, all: readonly ScannedProcess[]): NonNullable<NodeContainer['apart']> {
  const living = all.filter((process) => !isDead(process))
  const oldestFirst = living.sort((a, b) => a.starttime - b.starttime || a.pid - b.pid)
  const found = oldestFirst.flatMap(({ pid, comm, threads = [], ...process }) =>
    [{ ns: linksOf(process.ns) }, ...threads]
      .filter(({ ns }) => NAMESPACE_TYPES.some((type) => differs(first.ns[type], ns[type])))
      .map((place) => ({ pid, comm, ...place })),
  )
  const places = groupBy(found, ({ ns }) => NAMESPACE_TYPES.map((type) => ns[type]).join())
  return [...places.values()].flatMap(([oldest]) => oldest ?? [])
}

function differs(one: number | undefined, other: number | undefined): boolean {
  return one !== undefined && other !== undefined && one !== other
}

/** The eight links a process has, without those for its children. */
function linksOf(ns: ScannedProcess['ns']): NodeContainer['ns'] {
  return Object.fromEntries(NAMESPACE_TYPES.flatMap((type) => (ns[type] === undefined ? [] : [[type, ns[type]]])))
}

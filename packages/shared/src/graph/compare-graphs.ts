import { NAMESPACE_TYPES, type NamespaceType } from '../model/namespace-type.ts'
import type { PodProcess } from '../model/observation.ts'
import type { GraphContainer, GraphNamespace, Membership, NamespaceScope, PodGraph } from './graph-types.ts'

/** What became of a container between two observations of one pod. `restarted`: another instance under the same name. */
export type ContainerChange = 'same' | 'restarted' | 'came' | 'gone' | 'started' | 'ended'

/** A container's namespace of one type in both graphs; null: it has none that is known. */
export type TypeChange = {
  type: NamespaceType
  a: string | null
  b: string | null
  /** The same namespace, living on; equal inodes alone do not make it so. */
  stayed: boolean
}

export type ContainerComparison = {
  key: string
  name: string
  kind: GraphContainer['kind']
  a: GraphContainer | null
  b: GraphContainer | null
  change: ContainerChange
  types: readonly TypeChange[]
}

/** Where the containers of each of two pods are, for one type. */
export type PlaceComparison = {
  type: NamespaceType
  a: readonly NamespaceScope[]
  b: readonly NamespaceScope[]
  equal: boolean
}

export type GraphComparison = {
  /** Two moments of one pod, by its UID; otherwise two pods. */
  samePod: boolean
  /** Of one pod: each container in both. Of two pods: none, for names alone do not make containers comparable. */
  containers: readonly ContainerComparison[]
  places: readonly PlaceComparison[]
  /** Keys of the namespaces that are in both, living on; equal inodes alone do not make it so. */
  lives: ReadonlySet<string>
  /** Keys of containers and namespaces that are not as in the other graph. */
  changedA: ReadonlySet<string>
  changedB: ReadonlySet<string>
}

/**
 * What differs between two graphs. Of one pod at two times: which containers and which namespaces are others now. The kernel
 * gives the inode of a namespace that is gone to the next one, so a namespace lives on only where what holds it does: the same
 * process by PID and start time, or the same pin. Of two pods: whose namespaces their containers are in, type by type.
 */
export function compareGraphs(a: PodGraph, b: PodGraph): GraphComparison {
  const samePod = a.observation.pod.uid === b.observation.pod.uid
  const places = NAMESPACE_TYPES.map((type) => comparePlaces(type, a, b))
  if (samePod) return { samePod, places, ...compareTimes(a, b) }
  const differing = new Set(places.filter(({ equal }) => !equal).map(({ type }) => type))
  const keys = ({ namespaces }: PodGraph) =>
    new Set(
      namespaces
        .filter(({ id, nested, members }) => !nested && differing.has(id.type) && !members.every(isSandbox))
        .map(({ key }) => key),
    )
  return { samePod, places, containers: [], lives: new Set(), changedA: keys(a), changedB: keys(b) }
}

function isSandbox(key: string): boolean {
  return key.startsWith('sandbox:')
}

const SCOPES = ['own', 'pod', 'foreign', 'node'] as const satisfies readonly NamespaceScope[]

function comparePlaces(type: NamespaceType, a: PodGraph, b: PodGraph): PlaceComparison {
  const [inA, inB] = [scopesOf(type, a), scopesOf(type, b)]
  return { type, a: inA, b: inB, equal: inA.join() === inB.join() }
}

/** Whose namespaces of a type the pod's containers are in, pause aside. */
function scopesOf(type: NamespaceType, { containers, namespaces }: PodGraph): NamespaceScope[] {
  const scopes = new Map(namespaces.map(({ key, scope }) => [key, scope]))
  const found = new Set(
    containers
      .filter(({ kind }) => kind !== 'sandbox')
      .flatMap(({ memberships }) => memberships.filter((one) => one.type === type))
      .map(({ namespace }) => scopes.get(namespace)),
  )
  return SCOPES.filter((scope) => found.has(scope))
}

function compareTimes(a: PodGraph, b: PodGraph) {
  const [inA, inB] = [byKey(a.containers), byKey(b.containers)]
  const sandboxes = pairSandboxes(a, b)
  const keys = [...new Set([...inB.keys(), ...inA.keys()])].filter((key) => !sandboxes.some(({ b }) => b?.key === key))
  const pairs = [
    ...sandboxes,
    ...keys
      .filter((key) => !key.startsWith('sandbox:'))
      .map((key) => ({ a: inA.get(key) ?? null, b: inB.get(key) ?? null })),
  ]
  const lives = livesOn(a, b)
  const nested = ({ namespaces }: PodGraph) =>
    namespaces.filter(({ nested, key }) => nested && !lives.has(key)).map(({ key }) => key)
  const changedA = new Set(nested(a))
  const changedB = new Set(nested(b))
  const containers = pairs.flatMap((pair): ContainerComparison[] => {
    const known = pair.b ?? pair.a
    if (!known) return []
    const change = changeOf(pair.a, pair.b)
    const types = NAMESPACE_TYPES.map((type) => compareType(type, pair.a, pair.b, lives))
    if (change !== 'same') {
      if (pair.a) changedA.add(pair.a.key)
      if (pair.b) changedB.add(pair.b.key)
    }
    // What a container left lives on for others.
    for (const { a, b } of types) {
      if (a && !lives.has(a)) changedA.add(a)
      if (b && !lives.has(b)) changedB.add(b)
    }
    return [{ key: known.key, name: known.name, kind: known.kind, ...pair, change, types }]
  })
  return { containers, lives, changedA, changedB }
}

/** Sandboxes have their ids for keys: the one there was, and the one there is, are told together. */
function pairSandboxes(a: PodGraph, b: PodGraph) {
  const of = ({ containers }: PodGraph) => containers.filter(({ kind }) => kind === 'sandbox')
  const [before, after] = [of(a), of(b)]
  return Array.from({ length: Math.max(before.length, after.length) }, (_, at) => ({
    a: before[at] ?? null,
    b: after[at] ?? null,
  }))
}

function changeOf(a: GraphContainer | null, b: GraphContainer | null): ContainerChange {
  if (!a) return 'came'
  if (!b) return 'gone'
  if (a.pid === null) return b.pid === null ? 'same' : 'started'
  if (b.pid === null) return 'ended'
  return firstLife(a) === firstLife(b) ? 'same' : 'restarted'
}

function compareType(
  type: NamespaceType,
  a: GraphContainer | null,
  b: GraphContainer | null,
  lives: ReadonlySet<string>,
): TypeChange {
  const [inA, inB] = [namespaceOf(type, a), namespaceOf(type, b)]
  const stayed = inA === inB && (inA === null || lives.has(inA))
  return { type, a: inA, b: inB, stayed }
}

function namespaceOf(type: NamespaceType, container: GraphContainer | null): string | null {
  const isOf = (membership: Membership) => membership.type === type
  return container?.memberships.find(isOf)?.namespace ?? null
}

/** The namespaces of both graphs that are the same ones, living on. */
function livesOn(a: PodGraph, b: PodGraph): ReadonlySet<string> {
  const before = byKey(a.namespaces)
  const boots = a.observation.node.bootId === b.observation.node.bootId
  return new Set(
    b.namespaces
      .filter((namespace) => {
        const last = before.get(namespace.key)
        return boots && last !== undefined && isSame(last, a, namespace, b)
      })
      .map(({ key }) => key),
  )
}

function isSame(last: GraphNamespace, a: PodGraph, now: GraphNamespace, b: PodGraph): boolean {
  if (last.scope === 'node' || last.scope === 'foreign') return now.scope === last.scope
  const pins = pinsOf(last)
  if (pinsOf(now).some((path) => pins.includes(path))) return true
  // Whoever was in it all the while kept it alive.
  const lives = new Set(livesIn(last, a))
  return livesIn(now, b).some((life) => lives.has(life))
}

function pinsOf({ holder }: GraphNamespace): readonly string[] {
  return holder === null ? [] : holder.kind === 'pin' ? holder.paths : holder.pins
}

function livesIn({ members }: GraphNamespace, { containers }: PodGraph): string[] {
  return containers.filter(({ key }) => members.includes(key)).flatMap((container) => firstLife(container) ?? [])
}

/** The API server may name the next instance while the last still runs, so the process's own cgroup says whose it is. */
function firstLife({ pid, processes }: GraphContainer): string | null {
  const first = processes.find((process) => process.pid === pid)
  return first ? `${lifeOf(first)} ${first.containerId}` : null
}

/** A process as no other ever was: its PID and when it started, in clock ticks since boot. */
export function lifeOf({ pid, starttime }: PodProcess): string {
  return `${pid} ${starttime}`
}

function byKey<T extends { key: string }>(items: readonly T[]): Map<string, T> {
  return new Map(items.map((item) => [item.key, item]))
}

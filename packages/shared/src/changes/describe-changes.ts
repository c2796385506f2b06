import { type ContainerComparison, compareGraphs, type GraphComparison, lifeOf } from '../graph/compare-graphs.ts'
import type { GraphContainer, GraphNamespace, PodGraph } from '../graph/graph-types.ts'
import type { NamespaceType } from '../model/namespace-type.ts'
import type { PodProcess } from '../model/observation.ts'
import { isDead } from '../observe/first-process.ts'
import { groupBy } from '../observe/group-by.ts'
import type { Change, ChangedContainer, Keeper, Kept, LifeKind, Named } from './change.ts'
import { findingChanges } from './finding-changes.ts'

/**
 * What changed in a pod between two moments, in the order in which it is told: the sandbox first, then what its containers lost
 * and what they kept because of whom. Of two pods of different names there is nothing to tell.
 * @param comparison of the same two graphs, where it is there already.
 */
export function describeChanges(
  a: PodGraph,
  b: PodGraph,
  comparison: GraphComparison = compareGraphs(a, b),
): readonly Change[] {
  const [before, after] = [a.observation, b.observation]
  if (!comparison.samePod) return isNamesake(a, b) ? [anotherPod(b)] : []
  if (before.scanned !== after.scanned) return [{ kind: 'unread', fresh: [] }]
  const booted = before.node.bootId !== after.node.bootId
  return [
    ...(booted ? [{ kind: 'node-restarted' as const, fresh: [] }] : []),
    ...lifeChanges(comparison, a, b),
    ...comparison.containers.flatMap((container) => movedOf(container, comparison)),
    ...nestedChanges(a, b, comparison),
    ...unsharedChanges(a, b, comparison),
    ...comparison.containers.flatMap(processesOf),
    ...findingChanges(a, b),
  ]
}

function isNamesake({ observation: { pod: a } }: PodGraph, { observation: { pod: b } }: PodGraph): boolean {
  return a.namespace === b.namespace && a.name === b.name
}

/** Everything but what is shared with others is another one. */
function anotherPod({ containers, namespaces }: PodGraph): Change {
  const alive = containers.filter(({ pid }) => pid !== null)
  const own = namespaces.filter(({ scope }) => scope === 'own' || scope === 'pod')
  return { kind: 'another-pod', fresh: [...alive, ...own].map(({ key }) => key) }
}

type Life = {
  kind: LifeKind
  container: ChangedContainer
  types: readonly NamespaceType[]
  kept: readonly Kept[]
  fresh: string[]
}

/** Containers to which the same happened are told together: a sandbox that goes takes thirty with it. */
function lifeChanges(comparison: GraphComparison, a: PodGraph, b: PodGraph): Change[] {
  const lives = comparison.containers.flatMap((container) => lifeChange(container, comparison, a, b))
  const alike = groupBy(lives, ({ kind, container, types, kept }) =>
    JSON.stringify([kind, container.kind === 'sandbox', types, kept]),
  )
  return [...alike.values()].map((group) => {
    const { kind, types, kept } = group[0] as Life
    const containers = group.map(({ container }) => container)
    return { kind, containers, types, kept, fresh: group.flatMap(({ fresh }) => fresh) }
  })
}

function lifeChange(
  { change, key, name, kind, a: before, b: after, types }: ContainerComparison,
  { lives }: GraphComparison,
  a: PodGraph,
  b: PodGraph,
): Life[] {
  if (change === 'same') return []
  const container = { name, kind, from: before?.pid ?? null, to: after?.pid ?? null }
  const later = byKey(b)
  if (change === 'ended' || change === 'gone') {
    const earlier = byKey(a)
    const left = types.filter(({ a }) => a !== null && earlier.get(a)?.scope !== 'node')
    const gone = left.filter(({ a }) => a && !later.has(a) && !isPinned(earlier.get(a)))
    const stayed = left.flatMap(({ type, a }) =>
      a && lives.has(a) && earlier.get(a)?.scope === 'pod' ? [{ type, namespace: later.get(a) }] : [],
    )
    return [{ kind: change, container, types: gone.map(({ type }) => type), kept: keptOf(stayed, b), fresh: [] }]
  }
  const renewed = types.filter(({ b }) => b !== null && !lives.has(b))
  const stayed = types.flatMap(({ type, b }) =>
    b && lives.has(b) && later.get(b)?.scope === 'pod' ? [{ type, namespace: later.get(b) }] : [],
  )
  const fresh = after?.pid == null ? [] : [key, ...renewed.flatMap(({ b }) => b ?? [])]
  return [{ kind: change, container, types: renewed.map(({ type }) => type), kept: keptOf(stayed, b), fresh }]
}

/** A pin may keep it where no scan of the pod's processes shows it. */
function isPinned(namespace: GraphNamespace | undefined): boolean {
  const holder = namespace?.holder
  return holder?.kind === 'pin' || (holder?.pins.length ?? 0) > 0
}

/** Grouped by what keeps them. */
function keptOf(
  stayed: readonly { type: NamespaceType; namespace: GraphNamespace | undefined }[],
  b: PodGraph,
): Kept[] {
  const keepers = stayed.map(({ type, namespace }) => ({ type, by: keeperOf(namespace, b) }))
  return [...groupBy(keepers, ({ by }) => JSON.stringify(by)).values()].map((group) => ({
    types: group.map(({ type }) => type),
    by: (group[0] as (typeof group)[number]).by,
  }))
}

function keeperOf(namespace: GraphNamespace | undefined, { containers }: PodGraph): Keeper {
  const holder = namespace?.holder ?? null
  if (holder === null) return { kind: 'unseen' }
  if (holder.kind === 'pin') return { kind: 'pin' }
  const { pid, kind } = holder
  const of = containers.find(({ processes }) => processes.some((process) => process.pid === pid))
  const [program = ''] = kind === 'process' ? holder.command.split(' ') : ['pause']
  return { kind, name: of?.name ?? program, pid }
}

function movedOf({ change, name, types }: ContainerComparison, { lives }: GraphComparison): Change[] {
  const moved = types.filter(({ stayed, a, b }) => !stayed && a !== null && b !== null)
  if (change !== 'same' || moved.length === 0) return []
  const fresh = moved.flatMap(({ b }) => (b && !lives.has(b) ? [b] : []))
  return [{ kind: 'moved', container: name, types: moved.map(({ type }) => type), fresh }]
}

/** What processes made inside containers, and what of that is no more while the container runs on. */
function nestedChanges(a: PodGraph, b: PodGraph, { containers, lives }: GraphComparison): Change[] {
  const nested = ({ namespaces }: PodGraph, of: GraphContainer | null) =>
    namespaces.filter(({ nested, members, key }) => nested && members[0] === of?.key && !lives.has(key))
  return containers.flatMap(({ name, change, a: before, b: after }): Change[] => {
    const made = nested(b, after).map(({ key }) => key)
    const unmade = change === 'same' ? nested(a, before).map(({ key }) => key) : []
    return [
      ...(made.length > 0 ? [{ kind: 'made' as const, container: name, namespaces: made, fresh: made }] : []),
      ...(unmade.length > 0 ? [{ kind: 'unmade' as const, container: name, namespaces: unmade, fresh: [] }] : []),
    ]
  })
}

function unsharedChanges(a: PodGraph, b: PodGraph, { lives }: GraphComparison): Change[] {
  const earlier = byKey(a)
  return b.namespaces.flatMap(({ key, scope, members }): Change[] => {
    const before = earlier.get(key)
    if (!lives.has(key) || scope !== 'own' || !before || before.members.length < 2 || members.length !== 1) return []
    const container = b.containers.find((one) => one.key === members[0])?.name ?? ''
    return [{ kind: 'unshared', container, namespace: key, fresh: [] }]
  })
}

/** A process that came into a running container, as `kubectl exec` makes it, or left it. */
function processesOf({ change, name, a, b }: ContainerComparison): Change[] {
  if (change !== 'same' || !a || !b) return []
  const [before, after] = [alive(a), alive(b)]
  const lives = (processes: readonly PodProcess[]) => new Set(processes.map(lifeOf))
  const [then, now] = [lives(before), lives(after)]
  const came = after.filter((process) => !then.has(lifeOf(process))).map(named)
  const went = before.filter((process) => !now.has(lifeOf(process))).map(named)
  if (came.length + went.length === 0) return []
  return [{ kind: 'processes', container: name, from: before.length, to: after.length, came, went, fresh: [] }]
}

function alive({ processes }: GraphContainer): PodProcess[] {
  return processes.filter((process) => !isDead(process))
}

function named({ pid, comm }: PodProcess): Named {
  return { pid, name: comm }
}

function byKey({ namespaces }: PodGraph): ReadonlyMap<string, GraphNamespace> {
  return new Map(namespaces.map((namespace) => [namespace.key, namespace]))
}

import type { Isolation } from '../model/isolation.ts'
import { compareNamespaces, type NamespaceId, namespaceKey } from '../model/namespace-id.ts'
import { NAMESPACE_TYPES, type NamespaceType } from '../model/namespace-type.ts'
import type { NamespaceCensus, Observation, PodProcess } from '../model/observation.ts'
import { isDead } from '../observe/first-process.ts'
import { groupBy } from '../observe/group-by.ts'
import type { Subject } from './graph-subjects.ts'
import type { GraphNamespace, Holder, NamespaceScope } from './graph-types.ts'
import type { GraphWords } from './graph-words.ts'
import { isForeign, type Link } from './judge-membership.ts'
import { userFacts } from './user-facts.ts'

/** A process of a container, or a thread of one, in another namespace than the container's first process. */
export type Departure = {
  subject: Subject
  id: NamespaceId
  /** The oldest process of the container in it: the one that made or entered it. */
  process: PodProcess
  /** Set when it is this thread of the process that did. */
  tid?: number
}

/**
 * The namespaces that containers are in, and those that processes inside containers made for themselves.
 * @param links with whether each is as expected.
 */
export function namespacesOf(
  observation: Observation,
  links: ReadonlyMap<Link, boolean | null>,
  departures: readonly Departure[],
  isolation: Isolation | null,
  words: GraphWords,
): GraphNamespace[] {
  const censuses = new Map(observation.namespaces.map((census) => [namespaceKey(census.id), census]))
  const isAsMeant = (link: Link) => link.expectation?.place === 'sandbox' && links.get(link) !== false
  const linked = groupBy([...links.keys()], namespaceKey)
  const namespaces: GraphNamespace[] = []
  for (const [key, members] of linked) {
    const first = members[0] as Link
    const census = censuses.get(key) ?? null
    const isPods = members.some(isAsMeant)
    const scope = scopeOf(members, isPods, census, observation)
    namespaces.push({
      key,
      id: census?.id ?? { type: first.type, inode: first.inode, device: null },
      scope,
      holder: isBeyondSight(scope, first.type, observation) ? null : holderOf(isolation ? [] : members, census),
      census,
      members: members.map(({ subject }) => subject.key),
      facts:
        first.type === 'user'
          ? userFacts(census, observation.namespaces, words.userFacts)
          : factsOf(first.type, scope, isPods, observation),
      nested: false,
    })
  }
  for (const [key, made] of groupBy(departures, ({ id }) => namespaceKey(id))) {
    const census = censuses.get(key) ?? null
    if (linked.has(key) || isElsewhere(made[0] as Departure, census, observation)) continue
    namespaces.push({
      key,
      id: (made[0] as Departure).id,
      scope: made.length > 1 ? 'pod' : 'own',
      holder: holderOf([], census) ?? threadHolder(made[0] as Departure, words),
      census,
      members: made.map(({ subject }) => subject.key),
      facts: userFacts(census, observation.namespaces, words.userFacts),
      nested: true,
    })
  }
  return namespaces.sort((a, b) => compareNamespaces(a.id, b.id))
}

/** Processes that left their container's namespaces, one for each container and namespace. */
export function departuresOf(subjects: readonly Subject[]): Departure[] {
  const departures: Departure[] = []
  for (const subject of subjects) {
    const { first } = subject
    if (!first) continue
    const seen = new Map<string, Departure>()
    const oldestFirst = subject.processes.toSorted((a, b) => a.starttime - b.starttime || a.pid - b.pid)
    for (const process of oldestFirst) {
      if (isDead(process)) continue
      for (const { ns, ...who } of [{ ns: process.ns }, ...(process.threads ?? [])]) {
        for (const type of NAMESPACE_TYPES) {
          const inode = ns[type]
          if (inode === undefined || first.ns[type] === undefined || inode === first.ns[type]) continue
          const id = { type, inode, device: null }
          const key = namespaceKey(id)
          if (!seen.has(key)) seen.set(key, { subject, id, process, ...who })
        }
      }
    }
    departures.push(...seen.values())
  }
  return departures
}

/** True when the process did not make the namespace but entered one that is the node's, another pod's or kept by a pin. */
function isElsewhere({ id }: Departure, census: NamespaceCensus | null, observation: Observation): boolean {
  const isKept = census !== null && census.pins.length > 0
  return isKept || observation.baseline[id.type]?.inode === id.inode || isForeign(census, observation)
}

function scopeOf(
  members: readonly Link[],
  isPods: boolean,
  census: NamespaceCensus | null,
  observation: Observation,
): NamespaceScope {
  const { type, inode } = members[0] as Link
  if (observation.baseline[type]?.inode === inode) return 'node'
  const isSandboxs = members.some(
    ({ subject, expectation }) => subject.kind === 'sandbox' && expectation?.place !== 'node',
  )
  if (!isSandboxs && isForeign(census, observation)) return 'foreign'
  return isPods || members.length > 1 ? 'pod' : 'own'
}

/** Held by the node, or perhaps by it: where the node's own is not known, one from outside the pod may be it. */
function isBeyondSight(scope: NamespaceScope, type: NamespaceType, { baseline }: Observation): boolean {
  return scope === 'node' || (scope === 'foreign' && baseline[type] === undefined)
}

function holderOf(members: readonly Link[], census: NamespaceCensus | null): Holder | null {
  const pins = census?.pins.map(({ path }) => path) ?? []
  const pause = members.find(({ subject }) => subject.kind === 'sandbox')?.subject.first
  if (pause) return { kind: 'pause', pid: pause.pid, pins }
  if (pins.length > 0) return { kind: 'pin', paths: pins }
  const lowest = census?.lowest
  return lowest ? { kind: 'process', pid: lowest.pid, command: lowest.command, pins } : null
}

/** What a lone thread is in has no process that could be told: `PID/ns` shows the main thread's. */
function threadHolder({ process, tid }: Departure, words: GraphWords): Holder | null {
  if (tid === undefined) return null
  return { kind: 'process', pid: process.pid, command: words.name.thread(tid, process.comm), pins: [] }
}

/** The address or hostname that goes with a namespace, where the pod or node tells it. */
function factsOf(
  type: NamespaceType,
  scope: NamespaceScope,
  isPods: boolean,
  { pod, node }: Observation,
): readonly string[] {
  if (type === 'net') return isPods ? pod.podIPs : []
  if (type !== 'uts') return []
  if (scope === 'node' || (isPods && pod.hostNetwork)) return [node.hostname ?? node.name]
  return isPods && pod.hostname !== '' ? [pod.hostname] : []
}

import type { Isolation } from '../model/isolation.ts'
import { namespaceKey } from '../model/namespace-id.ts'
import { NAMESPACE_TYPES } from '../model/namespace-type.ts'
import type { Observation, PodProcess } from '../model/observation.ts'
import { groupBy } from '../observe/group-by.ts'
import { isolationOf } from '../observe/isolation.ts'
import { expectationContext, expectNamespace } from './expectation.ts'
import { findingsOf } from './graph-findings.ts'
import { departuresOf, namespacesOf } from './graph-namespaces.ts'
import { type Subject, subjectsOf } from './graph-subjects.ts'
import type { Expectation, GraphContainer, Membership, PodGraph } from './graph-types.ts'
import { type GraphWords, graphWords } from './graph-words.ts'
import { judgeLinks, type Link, linksOf } from './judge-membership.ts'
import { isReasonKey } from './reasons.ts'

/**
 * The graph of one pod: its containers, their namespaces, why each is where it is, and what is remarkable. Equal inodes
 * make one namespace; the spec only explains. The same observation gives the same graph, whatever the order of its processes.
 * @param words the language of its sentences.
 * @param isolation given where the observation has only some of the pod's processes.
 */
export function buildGraph(
  observation: Observation,
  words: GraphWords = graphWords,
  isolation: Isolation | null = isolationOf(observation),
): PodGraph {
  const context = expectationContext(observation)
  const subjects = subjectsOf(observation, isolation, words.name)
  const links = linksOf(subjects, (subject, type) =>
    subject.kind === 'unknown' || isolation ? null : spell(expectNamespace(subject.spec, type, context), words),
  )
  const verdicts = judgeLinks(links, observation)
  const departures = isolation ? [] : departuresOf(subjects)
  const namespaces = namespacesOf(observation, verdicts, departures, isolation, words)
  const bySubject = groupBy(links, ({ subject }) => subject)
  const containers = subjects.map((subject) =>
    toContainer(
      subject,
      (bySubject.get(subject) ?? []).map((link) => toMembership(link, verdicts.get(link) ?? null, isolation, words)),
      words,
    ),
  )
  return {
    observation,
    isolation,
    containers,
    namespaces,
    findings: findingsOf({ observation, isolation, containers, namespaces, departures, words }),
    gaps: observation.gaps.map((gap) => ({ ...gap, detail: words.gap(gap) })),
  }
}

function spell(expectation: Expectation | null, words: GraphWords): Expectation | null {
  return expectation && { ...expectation, field: words.field(expectation.field) }
}

function toContainer(subject: Subject, memberships: Membership[], words: GraphWords): GraphContainer {
  const { key, kind, name, spec, containerId, state, first, processes } = subject
  return {
    key,
    kind,
    name,
    image: spec?.image || null,
    containerId,
    state,
    restarts: spec?.restartCount ?? 0,
    lastExit: spec?.lastExit ?? null,
    pid: first?.pid ?? null,
    processes,
    memberships,
    unreadable: first ? unreadableOf(first, words) : [],
  }
}

function toMembership(link: Link, agrees: boolean | null, isolation: Isolation | null, words: GraphWords): Membership {
  const { subject, type, expectation } = link
  const namespace = namespaceKey(link)
  return {
    container: subject.key,
    namespace,
    type,
    expectation,
    agrees,
    why: isolation ? words.why.isolated(isolation.runtime) : whyOf(link, agrees, words),
    proof: { command: `readlink /proc/${subject.first?.pid}/ns/${type}`, output: namespace },
  }
}

function whyOf({ subject, expectation }: Link, agrees: boolean | null, words: GraphWords): string {
  if (subject.kind === 'unknown') return words.why.unnamed
  if (!expectation || !isReasonKey(expectation.reason)) return words.why.undecided
  const reason = words.reason(expectation.reason)
  return agrees === false ? words.why.unexplained(reason) : reason
}

/** A process that could be read lacks only what its kernel lacks, and that is no fault of the reading. */
function unreadableOf({ ns, unreadable }: PodProcess, words: GraphWords): GraphContainer['unreadable'] {
  if (!unreadable) return []
  return NAMESPACE_TYPES.filter((type) => ns[type] === undefined).map((type) => ({
    type,
    reason: words.unreadable[unreadable],
  }))
}

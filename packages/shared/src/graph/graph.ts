import { namespaceKey } from '../model/namespace-id.ts'
import { NAMESPACE_TYPES } from '../model/namespace-type.ts'
import type { Observation, PodProcess } from '../model/observation.ts'
import { groupBy } from '../observe/group-by.ts'
import { type Isolation, isolationOf } from '../observe/isolation.ts'
import { expectationContext, expectNamespace } from './expectation.ts'
import { findingsOf } from './graph-findings.ts'
import { departuresOf, namespacesOf } from './graph-namespaces.ts'
import { type Subject, subjectsOf } from './graph-subjects.ts'
import type { GraphContainer, Membership, PodGraph } from './graph-types.ts'
import { judgeLinks, type Link, linksOf } from './judge-membership.ts'
import { reasonOf } from './reasons.ts'

/**
 * The graph of one pod: its containers, their namespaces, why each is where it is, and what is remarkable. Equal inodes
 * make one namespace; the spec only explains. The same observation gives the same graph, whatever the order of its processes.
 */
export function buildGraph(observation: Observation): PodGraph {
  const context = expectationContext(observation)
  const isolation = isolationOf(observation)
  const subjects = subjectsOf(observation, isolation)
  const links = linksOf(subjects, (subject, type) =>
    subject.kind === 'unknown' || isolation ? null : expectNamespace(subject.spec, type, context),
  )
  const verdicts = judgeLinks(links, observation)
  const departures = isolation ? [] : departuresOf(subjects)
  const namespaces = namespacesOf(observation, links, departures, isolation)
  const bySubject = groupBy(links, ({ subject }) => subject)
  const containers = subjects.map((subject) =>
    toContainer(
      subject,
      (bySubject.get(subject) ?? []).map((link) => toMembership(link, verdicts.get(link) ?? null, isolation)),
    ),
  )
  return {
    observation,
    isolation,
    containers,
    namespaces,
    findings: findingsOf({ observation, isolation, containers, namespaces, departures }),
    gaps: observation.gaps,
  }
}

function toContainer(subject: Subject, memberships: Membership[]): GraphContainer {
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
    unreadable: first ? unreadableOf(first) : [],
  }
}

function toMembership(link: Link, agrees: boolean | null, isolation: Isolation | null): Membership {
  const { subject, type, expectation } = link
  const namespace = namespaceKey(link)
  return {
    container: subject.key,
    namespace,
    type,
    expectation,
    agrees,
    why: isolation ? `${isolation.runtime}: ${NOT_THE_APPS}` : whyOf(link, agrees),
    proof: { command: `readlink /proc/${subject.first?.pid}/ns/${type}`, output: namespace },
  }
}

function whyOf({ subject, expectation }: Link, agrees: boolean | null): string {
  if (subject.kind === 'unknown')
    return 'The API server does not name this container, so there is nothing to predict from.'
  const reason = expectation && reasonOf(expectation.reason)
  if (!reason)
    return 'What decides this depends on the container runtime and cgroup version of the node, which are not known.'
  return agrees === false ? `The spec does not explain this. What it predicts: ${reason.text}` : reason.text
}

/** Said wherever namespaces of an isolated pod are shown. */
const NOT_THE_APPS =
  "this is where the runtime's own process is on the node. The node's view does not describe what the app sees."

function unreadableOf(process: PodProcess): GraphContainer['unreadable'] {
  return NAMESPACE_TYPES.filter((type) => process.ns[type] === undefined).map((type) => ({
    type,
    reason: UNREADABLE[process.unreadable ?? 'lacking'],
  }))
}

const UNREADABLE = {
  denied: 'Not permitted: the reader needs CAP_SYS_PTRACE and, on nodes with AppArmor, the profile Unconfined.',
  gone: 'The process has ended and left its namespaces; it waits for its parent to take note.',
  lacking: "This node's kernel has no namespaces of this type.",
} as const

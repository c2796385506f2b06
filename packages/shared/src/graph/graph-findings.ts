import type { Isolation } from '../model/isolation.ts'
import { namespaceKey } from '../model/namespace-id.ts'
import type { Observation } from '../model/observation.ts'
import { shortId } from '../observe/find-sandboxes.ts'
import { groupBy } from '../observe/group-by.ts'
import { visibleText } from '../picture/visible-text.ts'
import type { Departure } from './graph-namespaces.ts'
import type { Finding, GraphContainer, GraphNamespace, Membership } from './graph-types.ts'
import type { GraphWords } from './graph-words.ts'
import { meetingFindings, otherPods } from './meeting-findings.ts'

type Parts = {
  observation: Observation
  isolation: Isolation | null
  containers: readonly GraphContainer[]
  namespaces: readonly GraphNamespace[]
  departures: readonly Departure[]
  words: GraphWords
}

/** Where rule and observation differ, and what else a reader of the picture should know. */
export function findingsOf(parts: Parts): Finding[] {
  const differing = differences(parts)
  return [
    ...isolationFindings(parts),
    ...differing,
    ...meetingFindings(parts, new Set(differing.flatMap(({ about }) => about))),
    ...sandboxFindings(parts),
    ...statusFindings(parts),
    ...departureFindings(parts),
  ]
}

function isolationFindings({ isolation, containers, words }: Parts): Finding[] {
  if (!isolation) return []
  const { runtime, evidence } = isolation
  const text = words.finding.isolated(runtime, visibleText(evidence))
  return [{ code: 'isolated', severity: 'note', about: containers.map(({ key }) => key), text }]
}

function differences(parts: Parts): Finding[] {
  const { containers, namespaces } = parts
  const byKey = new Map(namespaces.map((namespace) => [namespace.key, namespace]))
  return containers.flatMap((container) =>
    container.memberships
      .filter(({ agrees }) => agrees === false)
      .map((membership) => ({
        code: 'differs',
        severity: 'warning' as const,
        about: [container.key, membership.namespace],
        text: differenceText(container, membership, byKey.get(membership.namespace), parts),
      })),
  )
}

function differenceText(
  container: GraphContainer,
  { type, namespace, expectation }: Membership,
  found: GraphNamespace | undefined,
  { observation, words }: Parts,
): string {
  const others = (found?.members ?? [])
    .filter((key) => key !== container.key)
    .map((key) => key.slice(key.indexOf(':') + 1))
  const { place, whose } = words.finding
  const node = observation.baseline[type]
  let actual = others.length > 0 ? whose.shared(others) : whose.apart
  if (node && namespaceKey(node) === namespace) actual = whose.node
  else if (found?.scope === 'foreign') actual = whose.outside(otherPods(found.census, words.finding.pods))
  return words.finding.differs({
    who: nameOf(container, words),
    field: expectation?.field ?? '',
    place: place[expectation?.place ?? 'own'],
    type,
    namespace,
    whose: actual,
  })
}

function nameOf({ kind, name }: GraphContainer, words: GraphWords): string {
  return kind === 'sandbox' ? words.finding.pause : words.finding.container(name)
}

function sandboxFindings({ observation, containers, words }: Parts): Finding[] {
  const sandboxes = containers.filter(({ kind }) => kind === 'sandbox')
  const about = sandboxes.map(({ key }) => key)
  const findings: Finding[] = []
  if (sandboxes.length > 1) {
    const text = words.finding.severalSandboxes(sandboxes.map(({ containerId }) => shortId(containerId ?? '')))
    findings.push({ code: 'several-sandboxes', severity: 'warning', about, text })
  }
  const { runtime } = observation.node
  const running = containers.filter(({ pid }) => pid !== null)
  const isHidden = observation.gaps.some(({ code }) => code === 'processes-hidden')
  if (sandboxes.length === 0 && running.length > 0 && runtime !== null && runtime !== 'cri-o' && !isHidden) {
    const text = words.finding.pauseMissing(runtime)
    findings.push({ code: 'pause-missing', severity: 'warning', about: running.map(({ key }) => key), text })
  }
  for (const gap of observation.gaps) {
    const { code, pids } = gap
    if (code !== 'sandbox-doubtful' && code !== 'unknown-container') continue
    const doubted = containers.filter(({ pid }) => pid !== null && pids?.includes(pid)).map(({ key }) => key)
    findings.push({ code, severity: 'note', about: doubted, text: words.gap(gap) })
  }
  return findings
}

/** The API server's word and the node's differ: the kubelet reports late, or the container died this moment. */
function statusFindings({ observation, isolation, containers, words }: Parts): Finding[] {
  if (!observation.scanned || isolation) return []
  return containers.flatMap(({ kind, key, name, state, pid }) => {
    if (kind === 'sandbox' || kind === 'unknown') return []
    const behind = (text: string) => [{ code: 'status-behind', severity: 'note' as const, about: [key], text }]
    if (state.kind === 'running') return pid === null ? behind(words.finding.saidToRun(name)) : []
    return pid === null ? [] : behind(words.finding.saidToRest(name, pid, state.kind))
  })
}

function departureFindings({ observation, namespaces, departures, words }: Parts): Finding[] {
  const others = whoseElse(observation, words)
  const drawn = new Set(namespaces.map(({ key }) => key))
  const nested = new Set(namespaces.filter((namespace) => namespace.nested).map(({ key }) => key))
  const groups = groupBy(departures, ({ subject, process, tid, id }) => {
    const made = nested.has(namespaceKey(id))
    return `${subject.key} ${process.pid} ${tid} ${made}`
  })
  return [...groups.values()].map((group) => {
    const { subject, process, tid } = group[0] as Departure
    const keys = group.map(({ id }) => namespaceKey(id))
    const made = nested.has(keys[0] as string)
    const text = words.finding.departure({
      place: subject.kind === 'unknown' ? subject.name : words.finding.departed(subject.name),
      pid: process.pid,
      tid,
      comm: visibleText(process.comm),
      made,
      namespaces: keys.map((key) => ({ key, whose: made ? '' : (others.get(key) ?? '') })),
      types: group.map(({ id }) => id.type),
    })
    return {
      code: made ? 'nested-namespace' : 'process-elsewhere',
      severity: 'note',
      about: [subject.key, ...keys.filter((key) => drawn.has(key))],
      text,
    }
  })
}

/** Of namespaces that are not this pod's alone: whose they are, by key. */
function whoseElse({ baseline, namespaces }: Observation, { finding }: GraphWords): Map<string, string> {
  return new Map(
    namespaces.map((census) => {
      const key = namespaceKey(census.id)
      const node = baseline[census.id.type]
      if (node && namespaceKey(node) === key) return [key, finding.whose.node]
      const [pin] = census.pins
      const pinned = pin ? finding.whose.pinned(visibleText(pin.path)) : ''
      return [key, otherPods(census, finding.pods) || pinned]
    }),
  )
}

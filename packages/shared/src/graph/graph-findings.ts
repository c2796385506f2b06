import { namespaceKey } from '../model/namespace-id.ts'
import type { Observation } from '../model/observation.ts'
import { shortId } from '../observe/find-sandboxes.ts'
import { groupBy } from '../observe/group-by.ts'
import type { Isolation } from '../observe/isolation.ts'
import { visibleText } from '../picture/visible-text.ts'
import type { Departure } from './graph-namespaces.ts'
import type { Finding, GraphContainer, GraphNamespace, Membership } from './graph-types.ts'
import { meetingFindings, otherPods } from './meeting-findings.ts'

type Parts = {
  observation: Observation
  isolation: Isolation | null
  containers: readonly GraphContainer[]
  namespaces: readonly GraphNamespace[]
  departures: readonly Departure[]
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

function isolationFindings({ isolation, containers }: Parts): Finding[] {
  if (!isolation) return []
  const { runtime, evidence } = isolation
  const text = `This pod runs under ${runtime} (${visibleText(evidence)}), with a kernel of its own between its apps and the node. The node's view does not describe what the app sees: what is drawn are the namespaces of the runtime's own processes, and nothing is predicted or compared.`
  return [{ code: 'isolated', severity: 'note', about: containers.map(({ key }) => key), text }]
}

function differences({ containers, namespaces, observation }: Parts): Finding[] {
  const byKey = new Map(namespaces.map((namespace) => [namespace.key, namespace]))
  return containers.flatMap((container) =>
    container.memberships
      .filter(({ agrees }) => agrees === false)
      .map((membership) => ({
        code: 'differs',
        severity: 'warning' as const,
        about: [container.key, membership.namespace],
        text: differenceText(container, membership, byKey.get(membership.namespace), observation),
      })),
  )
}

const EXPECTED = {
  own: 'one of its own',
  sandbox: "the sandbox's",
  node: "the node's",
  target: 'that of the container it targets',
} as const

function differenceText(
  container: GraphContainer,
  { type, namespace, expectation }: Membership,
  found: GraphNamespace | undefined,
  { baseline }: Observation,
): string {
  const others = (found?.members ?? [])
    .filter((key) => key !== container.key)
    .map((key) => key.slice(key.indexOf(':') + 1))
  const node = baseline[type]
  let whose = others.length > 0 ? `which it shares with ${others.join(', ')}` : 'a namespace apart'
  if (node && namespaceKey(node) === namespace) whose = "the node's"
  else if (found?.scope === 'foreign') whose = `which is held outside the pod${inParentheses(otherPods(found.census))}`
  const place = expectation ? EXPECTED[expectation.place] : 'another'
  return `${nameOf(container)}: the spec (${expectation?.field}) predicts ${place} for the ${type} namespace, but it is in ${namespace}, ${whose}.`
}

function inParentheses(text: string): string {
  return text === '' ? '' : ` (${text})`
}

function nameOf(container: GraphContainer): string {
  return container.kind === 'sandbox' ? 'Pause' : `Container ${container.name}`
}

function sandboxFindings({ observation, containers }: Parts): Finding[] {
  const sandboxes = containers.filter(({ kind }) => kind === 'sandbox')
  const about = sandboxes.map(({ key }) => key)
  const findings: Finding[] = []
  if (sandboxes.length > 1) {
    const ids = sandboxes.map(({ containerId }) => shortId(containerId ?? '')).join(', ')
    const text = `The pod has ${sandboxes.length} sandboxes at this moment (${ids}): one is being replaced, so the pod's shared namespaces are about to change.`
    findings.push({ code: 'several-sandboxes', severity: 'warning', about, text })
  }
  const { runtime } = observation.node
  const running = containers.filter(({ pid }) => pid !== null)
  if (sandboxes.length === 0 && running.length > 0 && runtime !== null && runtime !== 'cri-o') {
    const text = `The pod's containers run, but no pause process was found; under ${runtime} the shared namespaces now live only as long as the containers and pins do.`
    findings.push({ code: 'pause-missing', severity: 'warning', about: running.map(({ key }) => key), text })
  }
  for (const { code, detail, pids } of observation.gaps) {
    if (code !== 'sandbox-doubtful' && code !== 'unknown-container') continue
    const doubted = containers.filter(({ pid }) => pid !== null && pids?.includes(pid)).map(({ key }) => key)
    findings.push({ code, severity: 'note', about: doubted, text: detail })
  }
  return findings
}

/** The API server's word and the node's differ: the kubelet reports late, or the container died this moment. */
function statusFindings({ observation, isolation, containers }: Parts): Finding[] {
  if (!observation.scanned || isolation) return []
  return containers.flatMap(({ kind, key, name, state, pid }) => {
    if (kind === 'sandbox' || kind === 'unknown') return []
    const says = state.kind === 'running'
    if (says === (pid !== null) || (state.kind === 'unknown' && pid === null)) return []
    const text = says
      ? `The API server says that container ${name} is running, but the scan saw no process of it.`
      : `Container ${name} has process ${pid}, but the API server says that it is ${state.kind}.`
    return [{ code: 'status-behind', severity: 'note' as const, about: [key], text }]
  })
}

function departureFindings({ observation, namespaces, departures }: Parts): Finding[] {
  const others = whoseElse(observation)
  const drawn = new Set(namespaces.map(({ key }) => key))
  const nested = new Set(namespaces.filter((namespace) => namespace.nested).map(({ key }) => key))
  const groups = groupBy(departures, ({ subject, process, tid, id }) => {
    const made = nested.has(namespaceKey(id))
    return `${subject.key} ${process.pid} ${tid} ${made}`
  })
  return [...groups.values()].map((group) => {
    const { subject, process, tid } = group[0] as Departure
    const who = tid === undefined ? 'process' : `thread ${tid} of process`
    const keys = group.map(({ id }) => namespaceKey(id))
    const made = nested.has(keys[0] as string)
    const verb = made ? 'made' : 'entered'
    const place = subject.kind === 'unknown' ? subject.name : `container ${subject.name}`
    const where = keys.map((key) => (made ? key : `${key}${inParentheses(others.get(key) ?? '')}`)).join(' and ')
    const text = `In ${place}, ${who} ${process.pid} (${visibleText(process.comm)}) ${verb} ${where}: it is not in the container's own ${group.map(({ id }) => id.type).join(' and ')} namespace.`
    return {
      code: made ? 'nested-namespace' : 'process-elsewhere',
      severity: 'note',
      about: [subject.key, ...keys.filter((key) => drawn.has(key))],
      text,
    }
  })
}

/** Of namespaces that are not this pod's alone: whose they are, by key. */
function whoseElse({ baseline, namespaces }: Observation): Map<string, string> {
  return new Map(
    namespaces.map((census) => {
      const key = namespaceKey(census.id)
      const node = baseline[census.id.type]
      return [key, node && namespaceKey(node) === key ? "the node's" : otherPods(census)]
    }),
  )
}

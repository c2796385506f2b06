import type { NamespaceCensus } from '../model/observation.ts'
import { groupBy } from '../observe/group-by.ts'
import type { Finding, GraphNamespace, PodGraph } from './graph-types.ts'

/** More pods than this are counted, not named. */
const MOST_NAMES = 3

/**
 * Namespaces of this pod that another pod is in as well. Kubernetes never joins two pods but in the node's own namespaces,
 * so where the node's are not known, nothing is said.
 * @param told namespaces that another finding tells of already.
 */
export function meetingFindings(
  { namespaces, observation, isolation }: Pick<PodGraph, 'namespaces' | 'observation' | 'isolation'>,
  told: ReadonlySet<string>,
): Finding[] {
  if (isolation) return []
  const met = namespaces.filter(
    ({ id, key, scope, census }) =>
      scope !== 'node' && observation.baseline[id.type] && !told.has(key) && otherPods(census) !== '',
  )
  return [...groupBy(met, ({ census }) => otherPods(census))].map(([pods, group]) => findingOf(pods, group))
}

function findingOf(pods: string, group: readonly GraphNamespace[]): Finding {
  const keys = group.map(({ key }) => key)
  const text = `Shared with ${pods}, though not the node's: ${keys.join(', ')}. Kubernetes gives each pod its own, so a process went there by other means (nsenter, setns), or the runtime failed.`
  const members = new Set(group.flatMap((namespace) => namespace.members))
  return { code: 'pods-meet', severity: 'warning', about: [...keys, ...members], text }
}

/** `default/a, default/b and 2 other pods`; empty when no other pod is in the namespace. */
export function otherPods(census: NamespaceCensus | null): string {
  const { pods = [], podCount = 0 } = census?.outside ?? {}
  const named = pods.slice(0, MOST_NAMES)
  const more = podCount - named.length
  if (more <= 0) return named.join(' and ')
  const rest = named.length === 0 ? nameless(more) : `${more} other ${more === 1 ? 'pod' : 'pods'}`
  return [...(named.length > 0 ? [named.join(', ')] : []), rest].join(' and ')
}

function nameless(count: number): string {
  return count === 1 ? 'a pod that the API server does not name' : `${count} pods that the API server does not name`
}

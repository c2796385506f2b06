import type { NamespaceCensus } from '../model/observation.ts'
import { groupBy } from '../observe/group-by.ts'
import type { Finding, PodGraph } from './graph-types.ts'
import type { GraphWords } from './graph-words.ts'

/** More pods than this are counted, not named. */
const MOST_NAMES = 3

/**
 * Namespaces of this pod that another pod is in as well. Kubernetes never joins two pods but in the node's own namespaces,
 * so where the node's are not known, nothing is said.
 * @param told namespaces that another finding tells of already.
 */
export function meetingFindings(
  {
    namespaces,
    observation,
    isolation,
    words: { finding },
  }: Pick<PodGraph, 'namespaces' | 'observation' | 'isolation'> & { words: GraphWords },
  told: ReadonlySet<string>,
): Finding[] {
  if (isolation) return []
  const met = namespaces.filter(
    ({ id, key, scope, census }) =>
      scope !== 'node' && observation.baseline[id.type] && !told.has(key) && otherPods(census, finding.pods) !== '',
  )
  return [...groupBy(met, ({ census }) => otherPods(census, finding.pods))].map(([pods, group]) => {
    const keys = group.map(({ key }) => key)
    const members = new Set(group.flatMap((namespace) => namespace.members))
    return { code: 'pods-meet', severity: 'warning', about: [...keys, ...members], text: finding.podsMeet(pods, keys) }
  })
}

/** `default/a, default/b and 2 other pods`; empty when no other pod is in the namespace. */
export function otherPods(census: NamespaceCensus | null, words: GraphWords['finding']['pods']): string {
  const { pods = [], podCount = 0 } = census?.outside ?? {}
  const named = pods.slice(0, MOST_NAMES)
  return words(named, Math.max(0, podCount - named.length))
}

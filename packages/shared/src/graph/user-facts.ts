import { namespaceKey } from '../model/namespace-id.ts'
import type { NamespaceCensus } from '../model/observation.ts'
import type { GraphWords } from './graph-words.ts'

/**
 * What is to be said of a user namespace of the pod: who its users are on the node, and what it owns. Here "owns" is the
 * kernel's word: who is root in it may act on what it owns (user_namespaces(7)). Only of network namespaces can the
 * owner be read in /proc; for others the rule is all there is.
 * @param censuses those of the observation.
 */
export function userFacts(
  census: NamespaceCensus | null,
  censuses: readonly NamespaceCensus[],
  words: GraphWords['userFacts'],
): string[] {
  const map = census?.uidMap ?? []
  if (map.length === 0) return []
  const root = map.find(({ inside }) => inside === 0)?.outside
  const owned = censuses.filter(({ ownerUid }) => ownerUid !== undefined && ownerUid === root)
  return [
    ...map.map(({ inside, outside, count }) => words.range(inside, outside, count)),
    ...owned.map(({ id }) => words.owns(namespaceKey(id))),
    words.ownsByRule,
  ]
}

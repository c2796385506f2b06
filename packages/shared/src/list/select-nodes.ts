import type { NodeList, NodeSummary } from '../model/api.ts'
import { type ListQuery, searchWords } from './list-query.ts'

/** The part of all nodes that a list shows: those with every word of the search in their name or runtime, up to the limit. */
export function selectNodes(
  nodes: readonly NodeSummary[],
  { search, limit }: Pick<ListQuery, 'search' | 'limit'>,
): NodeList {
  const words = searchWords(search)
  const found = nodes.filter(({ name, runtime }) =>
    words.every((word) => name.toLowerCase().includes(word) || runtime?.toLowerCase().includes(word)),
  )
  return { nodes: found.slice(0, limit), found: found.length, all: nodes.length }
}

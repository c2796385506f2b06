import type { NodeSummary } from '@pausescope/shared'

/** The nodes that hold every word of the search in their name or runtime. */
export function searchNodes(nodes: readonly NodeSummary[], search: string): readonly NodeSummary[] {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean)
  return nodes.filter(({ name, runtime }) => {
    const text = `${name}\n${runtime ?? ''}`.toLowerCase()
    return words.every((word) => text.includes(word))
  })
}

import type { NodeFindings } from '../graph/node-graph-types.ts'
import { type NodeWords, nodeWords } from './words/node-en.ts'

/** More pods than this are counted, not named. */
const MOST_NAMES = 3

/** One sentence for all pods of which the same was found. */
export function findingText({ items }: NodeFindings, words: NodeWords = nodeWords): string {
  const [first] = items
  if (!first) return ''
  const pods = [...new Set(items.map(({ pod }) => pod))]
  if (pods.length === 1) return `${first.pod}: ${first.text}`
  const named = pods.slice(0, MOST_NAMES)
  return words.findingInPods(pods.length, named, pods.length - named.length, first.text)
}

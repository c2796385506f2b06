import type { NodeFindings } from '../graph/node-graph-types.ts'
import { nodeWords } from './node-words.ts'

/** More pods than this are counted, not named. */
const MOST_NAMES = 3

/** One sentence for all pods of which the same was found. */
export function findingText({ items }: NodeFindings): string {
  const [first] = items
  if (!first) return ''
  const pods = [...new Set(items.map(({ pod }) => pod))]
  const named = pods.slice(0, MOST_NAMES)
  return nodeWords.finding(named, pods.length - named.length, first.text)
}

import type { NodeSummary } from '../model/api.ts'
import type { NodeFacts, PodSummary } from '../model/pod.ts'
import { compareText } from './scan-index.ts'

/** All nodes there are, sorted by name: those that are known, and those that pods speak of. */
export function summarizeNodes(
  nodes: readonly NodeFacts[],
  pods: readonly Pick<PodSummary, 'nodeName'>[],
): NodeSummary[] {
  const counts = new Map(nodes.map(({ name }) => [name, 0]))
  for (const { nodeName } of pods) if (nodeName !== null) counts.set(nodeName, (counts.get(nodeName) ?? 0) + 1)
  const facts = new Map(nodes.map((node) => [node.name, node]))
  return [...counts]
    .sort(([a], [b]) => compareText(a, b))
    .map(([name, count]) => {
      const { ready = null, runtime = null, runtimeVersion = null } = facts.get(name) ?? {}
      const parts = [runtime, runtimeVersion].filter((part) => part !== null)
      return { name, ready, runtime: parts.length === 0 ? null : parts.join(' '), pods: count }
    })
}

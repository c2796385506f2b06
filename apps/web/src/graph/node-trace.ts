import type { NodeGraph, SceneRef } from '@pausescope/shared'
import { refId } from './ref-id.ts'

/** The ids of what to bring out in the picture of a node: a namespace with its pods, a pod with its namespaces. */
export function nodeTrace(graph: NodeGraph, ref: SceneRef): ReadonlySet<string> {
  const lit = new Set([refId(ref)])
  for (const { key, podKeys } of drawnNamespaces(graph)) {
    if (ref.kind === 'namespace' && ref.key === key)
      for (const pod of podKeys) lit.add(refId({ kind: 'pod', key: pod }))
    if (ref.kind === 'pod' && podKeys.includes(ref.key)) lit.add(refId({ kind: 'namespace', key }))
  }
  return lit
}

/** The namespaces that stand in the picture by themselves: the node's, the shared and the left over. */
export function drawnNamespaces({ types, shared, leftOvers }: NodeGraph) {
  const { pinned, ofNoPod } = leftOvers
  return [...types.flatMap(({ node }) => node ?? []), ...shared, ...pinned, ...ofNoPod]
}

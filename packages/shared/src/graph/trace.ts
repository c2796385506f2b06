import type { SceneRef } from '../picture/scene.ts'
import type { PodGraph } from './graph-types.ts'

/** What belongs to the thing a person points at; a page dims the rest. Links are named by `linkKey`. */
export type Trace = { containers: Set<string>; namespaces: Set<string>; links: Set<string> }

/** The key of a link in a `Trace`. */
export function linkKey(container: string, namespace: string): string {
  return `${container} ${namespace}`
}

/**
 * What to bring out when a container, a namespace or a link is pointed at: a container with all its namespaces, a
 * namespace with all its members, a link with its two ends. A key the graph does not have gives an empty trace, and so
 * does a tile of a node's picture.
 */
export function traceOf(graph: PodGraph, ref: SceneRef): Trace {
  const trace: Trace = { containers: new Set(), namespaces: new Set(), links: new Set() }
  for (const namespace of graph.namespaces) {
    for (const container of namespace.members) {
      if (!belongs(ref, container, namespace.key)) continue
      trace.containers.add(container)
      trace.namespaces.add(namespace.key)
      trace.links.add(linkKey(container, namespace.key))
    }
    // A namespace without members, kept by a pin, can be pointed at as well.
    if (ref.kind === 'namespace' && ref.key === namespace.key) trace.namespaces.add(namespace.key)
  }
  if (ref.kind === 'container' && graph.containers.some(({ key }) => key === ref.key)) trace.containers.add(ref.key)
  return trace
}

function belongs(ref: SceneRef, container: string, namespace: string): boolean {
  switch (ref.kind) {
    case 'container':
      return ref.key === container
    case 'namespace':
      return ref.key === namespace
    case 'link':
      return ref.container === container && ref.namespace === namespace
    case 'pod':
      return false
  }
}

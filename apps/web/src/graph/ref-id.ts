import { linkKey, type SceneRef, type Trace } from '@pausescope/shared'

/** A string equal for equal references, for keys and data attributes. */
export function refId(ref: SceneRef): string {
  return ref.kind === 'link' ? `link ${linkKey(ref.container, ref.namespace)}` : `${ref.kind} ${ref.key}`
}

/** The ids of everything in a trace. */
export function traceIds(trace: Trace): Set<string> {
  return new Set([
    ...[...trace.containers].map((key) => `container ${key}`),
    ...[...trace.namespaces].map((key) => `namespace ${key}`),
    ...[...trace.links].map((key) => `link ${key}`),
  ])
}

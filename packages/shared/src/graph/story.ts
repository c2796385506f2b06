import { NAMESPACE_TYPES, type NamespaceType } from '../model/namespace-type.ts'
import type { GraphNamespace, PodGraph } from './graph-types.ts'
import { linkKey, type Trace } from './trace.ts'

/** A pod's picture told in steps: all of it, what the sandbox holds, what is shared, what is one container's, what is the node's. */
export const STORY_STEPS = ['whole', 'sandbox', 'shared', 'own', 'node'] as const
export type StoryStep = (typeof STORY_STEPS)[number]

/** What a step is narrowed to: one container, or the namespaces of one type. */
export type Spotlight = { kind: 'container'; key: string } | { kind: 'type'; type: NamespaceType }

/** One step of a pod's story: what to bring out, and what there is to say of it. */
export type StoryScene = {
  step: StoryStep
  /** Null: everything is as bright. */
  trace: Trace | null
  /** Types of the namespaces that are brought out, in the order of NAMESPACE_TYPES. */
  types: readonly NamespaceType[]
  /** How many namespaces are brought out. */
  namespaces: number
  /** PID of the pause process that holds what the step is about; null where none does. */
  pause: number | null
}

/**
 * What a step brings out of a graph, narrowed to the spotlight. A spotlight the graph does not have brings out nothing of it.
 */
export function storyScene(graph: PodGraph, step: StoryStep, spotlight: Spotlight | null): StoryScene {
  const sandboxes = new Set(graph.containers.filter(({ kind }) => kind === 'sandbox').map(({ key }) => key))
  const told = graph.namespaces.filter(
    (namespace) => isTold(namespace, step) && (spotlight?.kind !== 'type' || namespace.id.type === spotlight.type),
  )
  const trace: Trace = { containers: new Set(), namespaces: new Set(), links: new Set() }
  for (const { key, members } of told) {
    const shown = members.filter(
      (member) =>
        (step !== 'sandbox' || sandboxes.has(member)) && (spotlight?.kind !== 'container' || member === spotlight.key),
    )
    if (shown.length === 0 && spotlight?.kind === 'container') continue
    trace.namespaces.add(key)
    for (const member of shown) {
      trace.containers.add(member)
      trace.links.add(linkKey(member, key))
    }
  }
  const out = told.filter(({ key }) => trace.namespaces.has(key))
  const types = new Set(out.map(({ id }) => id.type))
  const held = out.flatMap(({ holder }) => (holder?.kind === 'pause' ? [holder.pid] : []))
  return {
    step,
    trace: step === 'whole' && spotlight === null ? null : trace,
    types: NAMESPACE_TYPES.filter((type) => types.has(type)),
    namespaces: out.length,
    pause: held[0] ?? null,
  }
}

function isTold({ scope, holder }: GraphNamespace, step: StoryStep): boolean {
  switch (step) {
    case 'whole':
      return true
    case 'sandbox':
      return scope === 'pod' && (holder?.kind === 'pause' || holder?.kind === 'pin')
    case 'shared':
      return scope === 'pod' || scope === 'foreign'
    case 'own':
      return scope === 'own'
    case 'node':
      return scope === 'node'
  }
}

import type { GraphContainer } from '../graph/graph-types.ts'
import type { NamespaceType } from '../model/namespace-type.ts'

/** What became of a container's process. `came`, `gone`: the container itself; `started`, `ended`: its process. */
export const LIFE_KINDS = ['restarted', 'started', 'came', 'ended', 'gone'] as const
export type LifeKind = (typeof LIFE_KINDS)[number]

/** A container whose process is another one now. PIDs on the node; null: none then. */
export type ChangedContainer = {
  name: string
  kind: GraphContainer['kind']
  from: number | null
  to: number | null
}

/** Namespaces that lived on, and what kept them: who or what holds them now. */
export type Kept = { types: readonly NamespaceType[]; by: Keeper }
export type Keeper = { kind: 'pause' | 'process'; name: string; pid: number } | { kind: 'pin' } | { kind: 'unseen' }

type Told =
  /** One of the two moments has no scan: what became of namespaces is not known. */
  | { kind: 'unread' }
  /** The machine booted in between: nothing lives on. */
  | { kind: 'node-restarted' }
  /** The name is the same, the UID is not. */
  | { kind: 'another-pod' }
  /**
   * Containers to which the same happened. `types`: of which theirs are new or, of what ended, gone. `kept`: what they found as
   * it was, joined, or left behind.
   */
  | { kind: LifeKind; containers: readonly ChangedContainer[]; types: readonly NamespaceType[]; kept: readonly Kept[] }
  /** The same process is in other namespaces of these types. */
  | { kind: 'moved'; container: string; types: readonly NamespaceType[] }
  /** A process inside made namespaces apart from its container's, or the last one in them ended. */
  | { kind: 'made' | 'unmade'; container: string; namespaces: readonly string[] }
  /** Shared before; this container alone is in it now. */
  | { kind: 'unshared'; container: string; namespace: string }
  | { kind: 'processes'; container: string; from: number; to: number; came: readonly Named[]; went: readonly Named[] }
  /** In the language of the graph that it is from. */
  | { kind: 'found' | 'settled'; text: string }

export type Named = { pid: number; name: string }

/** One thing that is not as it was. `fresh`: keys of the later graph of what is new with it. */
export type Change = Told & { fresh: readonly string[] }

/** Keys of all that is new with these changes. */
export function freshKeys(changes: readonly Change[]): ReadonlySet<string> {
  return new Set(changes.flatMap(({ fresh }) => fresh))
}

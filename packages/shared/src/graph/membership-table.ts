import { NAMESPACE_TYPES, type NamespaceType } from '../model/namespace-type.ts'
import type { ContainerState } from '../model/pod.ts'
import type { GraphContainer, NamespaceScope, PodGraph } from './graph-types.ts'
import { type GraphWords, graphWords } from './graph-words.ts'

/** What a container has of one type: a namespace, or why none is known. */
export type MembershipCell =
  | {
      kind: 'member'
      namespace: string
      inode: number
      scope: NamespaceScope
      /** Containers with the same letter in a column are in the same namespace; null for one that is alone. */
      letter: string | null
      agrees: boolean | null
    }
  | { kind: 'unreadable'; reason: string }
  | { kind: 'absent'; reason: string }

export type MembershipRow = {
  /** Key of the GraphContainer. */
  container: string
  name: string
  kind: GraphContainer['kind']
  /** One for each column. */
  cells: readonly MembershipCell[]
}

/** The graph as a table: a row for each container, a column for each type. */
export type MembershipTable = { columns: readonly NamespaceType[]; rows: readonly MembershipRow[] }

/** @param words the language of its reasons. */
export function membershipTable(graph: PodGraph, words: GraphWords = graphWords): MembershipTable {
  const letters = lettersOf(graph.containers)
  const namespaces = new Map(graph.namespaces.map((namespace) => [namespace.key, namespace]))
  const rows = graph.containers.map((container) => ({
    container: container.key,
    name: container.name,
    kind: container.kind,
    cells: NAMESPACE_TYPES.map((type): MembershipCell => {
      const membership = container.memberships.find((one) => one.type === type)
      const found = membership && namespaces.get(membership.namespace)
      if (found) {
        const { key, id, scope } = found
        const letter = letters.get(key) ?? null
        return { kind: 'member', namespace: key, inode: id.inode, scope, letter, agrees: membership.agrees }
      }
      const unreadable = container.unreadable.find((one) => one.type === type)
      if (unreadable) return { kind: 'unreadable', reason: unreadable.reason }
      if (container.pid !== null) return { kind: 'unreadable', reason: words.unreadable.lacking }
      return { kind: 'absent', reason: absence(container.state, graph, words.absent) }
    }),
  }))
  return { columns: NAMESPACE_TYPES, rows }
}

/** A, B, … for each column's namespaces with more than one container, from the top row down. */
function lettersOf(containers: readonly GraphContainer[]): Map<string, string> {
  const letters = new Map<string, string>()
  for (const type of NAMESPACE_TYPES) {
    const column = containers.flatMap(({ memberships }) => memberships.filter((one) => one.type === type))
    const keys = column.map(({ namespace }) => namespace)
    const shared = new Set(keys.filter((key, index) => keys.indexOf(key) !== index))
    const inOrder = [...new Set(keys)].filter((key) => shared.has(key))
    for (const [index, key] of inOrder.entries()) letters.set(key, letterOf(index))
  }
  return letters
}

/** A … Z, then AA, AB, … */
function letterOf(index: number): string {
  const letter = String.fromCharCode(65 + (index % 26))
  return index < 26 ? letter : letterOf(Math.floor(index / 26) - 1) + letter
}

function absence(state: ContainerState, { observation, isolation }: PodGraph, words: GraphWords['absent']): string {
  if (!observation.scanned) return words.notScanned
  switch (state.kind) {
    case 'waiting':
      return words.waiting(state.reason)
    case 'terminated':
      return words.ended(state.reason)
    case 'running':
      return isolation ? words.inside(isolation.runtime) : words.unseen
    case 'unknown':
      return words.unknown
  }
}

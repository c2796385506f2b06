import { NAMESPACE_TYPES, type NamespaceType } from '../model/namespace-type.ts'
import type { ContainerState } from '../model/pod.ts'
import type { GraphContainer, NamespaceScope, PodGraph } from './graph-types.ts'

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

const LACKING = "This node's kernel has no namespaces of this type."

export function membershipTable(graph: PodGraph): MembershipTable {
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
      if (container.pid !== null) return { kind: 'unreadable', reason: LACKING }
      return { kind: 'absent', reason: absence(container.state, graph) }
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

function absence(state: ContainerState, { observation, isolation }: PodGraph): string {
  if (!observation.scanned) return 'The node was not scanned.'
  switch (state.kind) {
    case 'waiting':
      return state.reason ? `Not started: ${state.reason}.` : 'Not started yet.'
    case 'terminated':
      return state.reason ? `Ended: ${state.reason}.` : 'Ended.'
    case 'running':
      if (isolation) return `It runs inside ${isolation.runtime}, where the node cannot look.`
      return 'The API server says it is running, but the scan saw no process of it.'
    case 'unknown':
      return 'The API server does not tell its state.'
  }
}

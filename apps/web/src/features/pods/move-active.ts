import type { PodRow } from './pod-rows.ts'

/** What a key does in the list: go to a row, open or close a group, pick a pod. */
export type ListAction =
  | { do: 'go'; to: number }
  | { do: 'close' | 'open'; namespace: string }
  | { do: 'pick'; pod: string }

/** Rows that Page Up and Page Down pass. */
const PAGE = 10

/**
 * The tree's keys (WAI-ARIA Authoring Practices, tree view): Left closes a group or goes to it from a pod, Right opens
 * it or goes in. Null for a key that means nothing here.
 */
export function listKey(rows: readonly PodRow[], active: number, key: string): ListAction | null {
  const row = rows[active]
  if (!row) return null
  const last = rows.length - 1
  const go = (to: number): ListAction => ({ do: 'go', to: Math.min(last, Math.max(0, to)) })
  switch (key) {
    case 'ArrowDown':
      return go(active + 1)
    case 'ArrowUp':
      return go(active - 1)
    case 'PageDown':
      return go(active + PAGE)
    case 'PageUp':
      return go(active - PAGE)
    case 'Home':
      return go(0)
    case 'End':
      return go(last)
    case 'ArrowRight':
      if (row.kind === 'pod') return null
      return row.closed ? { do: 'open', namespace: row.namespace } : go(active + 1)
    case 'ArrowLeft':
      if (row.kind === 'pod') return go(groupOf(rows, active))
      return row.closed ? null : { do: 'close', namespace: row.namespace }
    case 'Enter':
      if (row.kind === 'pod') return { do: 'pick', pod: `${row.pod.namespace}/${row.pod.name}` }
      return { do: row.closed ? 'open' : 'close', namespace: row.namespace }
    default:
      return null
  }
}

function groupOf(rows: readonly PodRow[], index: number): number {
  let at = index
  while (at > 0 && rows[at]?.kind !== 'group') at -= 1
  return at
}

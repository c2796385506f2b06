import type { NodeGraphPod, NodeGroup } from '@pausescope/shared'

export type Row = { kind: 'group'; key: string; group: NodeGroup } | { kind: 'pod'; key: string; pod: NodeGraphPod }

/** The heading of each group, and below it its pods. */
export function rowsOf(groups: readonly NodeGroup[]): Row[] {
  return groups.flatMap((group): Row[] => [
    { kind: 'group', key: `group ${group.key}`, group },
    ...group.pods.map((pod): Row => ({ kind: 'pod', key: `pod ${pod.key}`, pod })),
  ])
}

/** Rows beyond the visible part that are in the page all the same: scrolling shows no blank. */
const BEYOND = 12

/** The rows to have in the page, `[from, to)`. @param scroll how far the first row is above the visible part. */
export function rowsInView(
  count: number,
  { scroll, height, rowHeight }: { scroll: number; height: number; rowHeight: number },
): [number, number] {
  const first = Math.floor(scroll / rowHeight) - BEYOND
  const last = Math.ceil((scroll + height) / rowHeight) + BEYOND
  const from = Math.min(count, Math.max(0, first))
  return [from, Math.min(count, Math.max(from, last))]
}

/** How many rows Page Up and Page Down go. */
const PAGE = 10

/** Where a key leads from a row: to a pod, never to a heading; null for a key that means nothing here. */
export function nextRow(rows: readonly Row[], active: number, key: string): number | null {
  const pods = rows.flatMap((row, index) => (row.kind === 'pod' ? [index] : []))
  const at = Math.max(0, pods.indexOf(active))
  const step = { ArrowUp: -1, ArrowDown: 1, PageUp: -PAGE, PageDown: PAGE, Home: -at, End: pods.length }[key]
  if (step === undefined) return null
  return pods[Math.min(pods.length - 1, Math.max(0, at + step))] ?? null
}

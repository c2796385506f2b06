import type { Scene, SceneNode } from '@pausescope/shared'
import { refId } from './ref-id.ts'

/** A container or namespace of the picture as a place to go to by keyboard. */
export type Stop = { id: string; left: number; top: number; bottom: number }

/** The stops of a scene in the order they are painted. Links are no stops: their ends are. */
export function sceneStops(scene: Scene): Stop[] {
  return scene.children.flatMap(stopsOf)
}

function stopsOf(node: SceneNode): Stop[] {
  if (node.kind !== 'group') return []
  const inner = node.children.flatMap(stopsOf)
  if (!node.ref || node.ref.kind === 'link') return inner
  const box = node.children.find((child) => child.kind === 'rect')
  if (!box) return inner
  return [{ id: refId(node.ref), left: box.x, top: box.y, bottom: box.y + box.height }, ...inner]
}

/** Stops whose left edges differ by less than this stand in one column. In CSS pixels of the scene. */
const COLUMN_SLACK = 48

/**
 * Where an arrow key leads: up and down to the next stop of the column, left and right to the nearest one of the next
 * column, Home and End to the ends of the column. The same stop at the edge; null for a key that means nothing here.
 */
export function moveFocus(stops: readonly Stop[], current: string | null, key: string): string | null {
  const from = stops.find((stop) => stop.id === current)
  const columns = columnsOf(stops)
  if (!KEYS.includes(key) || columns.length === 0) return null
  if (!from) return columns[0]?.[0]?.id ?? null
  const at = columns.findIndex((column) => column.includes(from))
  const column = columns[at] as Stop[]
  const row = column.indexOf(from)
  switch (key) {
    case 'ArrowUp':
      return (column[row - 1] ?? from).id
    case 'ArrowDown':
      return (column[row + 1] ?? from).id
    case 'Home':
      return (column[0] as Stop).id
    case 'End':
      return (column.at(-1) as Stop).id
    default:
      return nearest(columns[at + (key === 'ArrowRight' ? 1 : -1)] ?? [from], from).id
  }
}

const KEYS = ['ArrowUp', 'ArrowDown', 'ArrowLeft', 'ArrowRight', 'Home', 'End']

/** Columns from left to right, each from top to bottom. */
function columnsOf(stops: readonly Stop[]): Stop[][] {
  const columns: Stop[][] = []
  for (const stop of [...stops].sort((a, b) => a.left - b.left)) {
    const last = columns.at(-1)
    if (last && stop.left - (last[0] as Stop).left < COLUMN_SLACK) last.push(stop)
    else columns.push([stop])
  }
  return columns.map((column) => column.sort((a, b) => a.top - b.top))
}

function nearest(column: readonly Stop[], from: Stop): Stop {
  const middle = (stop: Stop) => (stop.top + stop.bottom) / 2
  const distance = (stop: Stop) => Math.abs(middle(stop) - middle(from))
  return column.reduce((best, stop) => (distance(stop) < distance(best) ? stop : best))
}

import type { Scene, SceneNode } from '@pausescope/shared'
import { refId } from './ref-id.ts'

/** A container or namespace of the picture as a place to go to by keyboard. */
export type Stop = {
  id: string
  left: number
  top: number
  bottom: number
  /** The stop it stands in: the container of a namespace that is its own. */
  within: string | null
  /** Where the lines from it lead; those of its container, if it stands in one. */
  linked: readonly string[]
}

/** The stops of a scene in the order they are painted. Links are no stops: their ends are. */
export function sceneStops(scene: Scene): Stop[] {
  const lines = scene.children.flatMap(linesOf)
  return scene.children.flatMap((node) => stopsOf(node, null, lines))
}

function stopsOf(node: SceneNode, outer: Stop | null, lines: readonly Line[]): Stop[] {
  if (node.kind !== 'group') return []
  const box = node.children.find((child) => child.kind === 'rect')
  if (!node.ref || node.ref.kind === 'link' || !box)
    return node.children.flatMap((child) => stopsOf(child, outer, lines))
  const id = refId(node.ref)
  const linked = outer?.linked ?? lines.flatMap(([one, other]) => (one === id ? [other] : other === id ? [one] : []))
  const stop: Stop = { id, left: box.x, top: box.y, bottom: box.y + box.height, within: outer?.id ?? null, linked }
  return [stop, ...node.children.flatMap((child) => stopsOf(child, stop, lines))]
}

/** The ids of the two ends of a link that is drawn as a line. */
type Line = readonly [container: string, namespace: string]

function linesOf(node: SceneNode): Line[] {
  if (node.kind !== 'group') return []
  const { ref, children } = node
  if (ref?.kind !== 'link') return children.flatMap(linesOf)
  if (!children.some(({ kind }) => kind === 'path')) return []
  return [[refId({ kind: 'container', key: ref.container }), refId({ kind: 'namespace', key: ref.namespace })]]
}

/** Stops whose left edges differ by less than this stand in one column. In CSS pixels of the scene. */
const COLUMN_SLACK = 48

/**
 * Where an arrow key leads: up and down to the next stop of the column, left and right along the links, Home and End to the
 * ends of the column. The same stop at the edge; null for a key that means nothing here.
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
      return sideways(key === 'ArrowRight' ? columns.slice(at + 1) : columns.slice(0, at).reverse(), from).id
  }
}

/**
 * The stop to the side that belongs to this one: what it holds, its container, or the other end of a line; where there is
 * none, the nearest. Columns that only hold parts of others are passed over on the way to it, so that every stop is reached.
 * @param columns those to the side, the nearest first.
 */
function sideways(columns: readonly (readonly Stop[])[], from: Stop): Stop {
  const belongs = ({ id, within }: Stop) => within === from.id || from.within === id || from.linked.includes(id)
  const next = columns[0] ?? [from]
  const way = from.within === null ? columns : [next]
  const column =
    way.find((stops) => stops.some((stop) => belongs(stop) || (stop.within === null && stop.left > from.left))) ?? next
  const ends = column.filter(belongs)
  return nearest(ends.length > 0 ? ends : column, from)
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

export type Size = { width: number; height: number }
export type Point = { x: number; y: number }

/** Where a picture stands in its window: moved by x and y CSS pixels, then scaled by k. */
export type Place = { x: number; y: number; k: number }

/** Free border around a fitted picture, in CSS pixels. */
const BORDER = 8
/** A small picture is not blown up beyond this when it is fitted. */
const LARGEST_FIT = 2.5
const SCALES = { least: 0.1, most: 8 }

/** Whole, in the middle, as large as it may be. */
export function fit(picture: Size, window: Size): Place {
  const k = Math.min(
    LARGEST_FIT,
    Math.max(1, window.width - 2 * BORDER) / picture.width,
    Math.max(1, window.height - 2 * BORDER) / picture.height,
  )
  return { k, x: (window.width - picture.width * k) / 2, y: (window.height - picture.height * k) / 2 }
}

/** Scales by a factor, within limits, so that what was at `from` comes to `to`: one point for a wheel, two for fingers. */
export function zoom({ x, y, k }: Place, factor: number, from: Point, to: Point = from): Place {
  const scaled = Math.min(SCALES.most, Math.max(SCALES.least, k * factor))
  const ratio = scaled / k
  return { k: scaled, x: to.x - (from.x - x) * ratio, y: to.y - (from.y - y) * ratio }
}

/** Follows one finger or two from where they were to where they are. */
export function follow(place: Place, before: readonly Point[], after: readonly Point[]): Place {
  const [from, to] = [middle(before), middle(after)]
  const [spreadBefore, spreadAfter] = [spread(before), spread(after)]
  return zoom(place, spreadBefore > 0 && spreadAfter > 0 ? spreadAfter / spreadBefore : 1, from, to)
}

/** How much a turn of the wheel scales; a pinch on a trackpad comes as a wheel with the control key. */
export function wheelFactor({
  deltaY,
  deltaMode,
  ctrlKey,
}: Pick<WheelEvent, 'deltaY' | 'deltaMode' | 'ctrlKey'>): number {
  const unit = [0.002, 0.05, 1][deltaMode] ?? 1
  return 2 ** (-deltaY * unit * (ctrlKey ? 5 : 1))
}

/** How far a span has to move to lie within another; 0 when it does, the start goes first when it cannot. */
export function shiftInto(from: number, to: number, seenFrom: number, seenTo: number): number {
  if (from < seenFrom) return seenFrom - from
  if (to > seenTo) return Math.max(seenTo - to, seenFrom - from)
  return 0
}

function middle(points: readonly Point[]): Point {
  const sum = points.reduce((a, b) => ({ x: a.x + b.x, y: a.y + b.y }))
  return { x: sum.x / points.length, y: sum.y / points.length }
}

function spread([a, b]: readonly Point[]): number {
  return a && b ? Math.hypot(a.x - b.x, a.y - b.y) : 0
}

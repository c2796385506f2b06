export type Size = { width: number; height: number }

/** Where a picture stands in its window: moved by x and y CSS pixels, then scaled by k. */
export type Place = { x: number; y: number; k: number }

/** Free border around a fitted picture, in CSS pixels. */
const BORDER = 8
/** A small picture is not blown up beyond this when it is fitted. */
const LARGEST_FIT = 2.5

/** Whole, in the middle, as large as it may be. */
export function fit(picture: Size, window: Size): Place {
  const k = Math.min(
    LARGEST_FIT,
    Math.max(1, window.width - 2 * BORDER) / picture.width,
    Math.max(1, window.height - 2 * BORDER) / picture.height,
  )
  return { k, x: (window.width - picture.width * k) / 2, y: (window.height - picture.height * k) / 2 }
}

/** How far a span has to move to lie within another; 0 when it does, the start goes first when it cannot. */
export function shiftInto(from: number, to: number, seenFrom: number, seenTo: number): number {
  if (from < seenFrom) return seenFrom - from
  if (to > seenTo) return Math.max(seenTo - to, seenFrom - from)
  return 0
}

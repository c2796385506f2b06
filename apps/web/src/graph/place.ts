export type Size = { width: number; height: number }

/** Where a picture stands in its window: moved by x and y CSS pixels, then scaled by k. */
export type Place = { x: number; y: number; k: number }

/**
 * A place as it can be told for windows of any size: so many times as large as the fitted picture, and the point of the
 * picture that is in the middle of the window, in percent of the picture's width from its left and its top.
 */
export type Zoom = { times: number; x: number; y: number }

/** The least and the most that a picture is scaled. */
export const SCALES: readonly [least: number, most: number] = [0.1, 8]
/** Free border around a fitted picture, in CSS pixels. */
const BORDER = 8
/** Height at the bottom of the window that a fitted picture leaves to the zoom buttons, in CSS pixels. */
const FOOT = 48
/** A small picture is not blown up beyond this when it is fitted. */
const LARGEST_FIT = 2.5

/** Whole, in the middle, as large as it may be. */
export function fit(picture: Size, window: Size): Place {
  const height = window.height - FOOT
  const k = Math.min(
    LARGEST_FIT,
    Math.max(1, window.width - 2 * BORDER) / picture.width,
    Math.max(1, height - 2 * BORDER) / picture.height,
  )
  return { k, x: (window.width - picture.width * k) / 2, y: (height - picture.height * k) / 2 }
}

/** Texts of a picture that is scaled by less cannot be read, only its shape. */
const LEAST_READABLE = 0.5

/** Less than this many times as large is not worth it that only a part is seen. */
const LEAST_WON = 1.5

/** Whether to see all of a picture: it can be read so, or it would hardly be larger if only its upper part were seen. */
export function isBestWhole(picture: Size, window: Size): boolean {
  const { k } = fit(picture, window)
  return k >= LEAST_READABLE || fit(topOf(picture, window), window).k < k * LEAST_WON
}

/**
 * What to fit of a picture that may be much longer than its window: all of it if it is readable so, otherwise its upper
 * part, as wide as the window.
 */
export function topOf({ width, height }: Size, window: Size): Size {
  const seen = Math.max(1, window.height - FOOT - 2 * BORDER) / Math.max(1, window.width - 2 * BORDER)
  return { width, height: Math.min(height, width * seen) }
}

/** The place that a zoom means in this window. */
export function placeOf({ times, x, y }: Zoom, picture: Size, window: Size): Place {
  const k = Math.min(SCALES[1], Math.max(SCALES[0], fit(picture, window).k * times))
  const percent = (picture.width * k) / 100
  return { k, x: window.width / 2 - x * percent, y: window.height / 2 - y * percent }
}

/** The zoom that leads to a place, to less than a pixel at any scale. */
export function zoomOf({ x, y, k }: Place, picture: Size, window: Size): Zoom {
  const percent = (picture.width * k) / 100
  return {
    times: round(k / fit(picture, window).k, 1000),
    x: round((window.width / 2 - x) / percent, 100),
    y: round((window.height / 2 - y) / percent, 100),
  }
}

/** How far a span has to move to lie within another; 0 when it does, the start goes first when it cannot. */
export function shiftInto(from: number, to: number, seenFrom: number, seenTo: number): number {
  if (from < seenFrom) return seenFrom - from
  if (to > seenTo) return Math.max(seenTo - to, seenFrom - from)
  return 0
}

function round(number: number, parts: number): number {
  // Adding 0 makes a plain zero of a negative one.
  return Math.round(number * parts) / parts + 0
}

export type Size = { width: number; height: number }
export type Place = { x: number; y: number; k: number }

/** Free border around a fitted picture, in CSS pixels. */
const BORDER = 8
/** A small picture is not blown up beyond this. */
const LARGEST = 2.5

/** Where a picture stands whole and as large as it may be in the middle of a window. */
export function fitPlace(picture: Size, window: Size): Place {
  const k = Math.min(
    LARGEST,
    Math.max(1, window.width - 2 * BORDER) / picture.width,
    Math.max(1, window.height - 2 * BORDER) / picture.height,
  )
  return { k, x: (window.width - picture.width * k) / 2, y: (window.height - picture.height * k) / 2 }
}

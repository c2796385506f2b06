import type { Size } from './place.ts'

/** What a fitted picture leaves free in its window: a border, and room for the buttons below. In CSS pixels. */
const FREE = { x: 16, y: 64 }

/**
 * What to fit of a picture that may be much longer than its window: all of it if it is readable so, otherwise its upper
 * part, as wide as the window. The window is measured whenever the height is asked for.
 */
export function topOf({ width, height }: Size, seen: () => Size): Size {
  return {
    width,
    get height() {
      const window = seen()
      return Math.min(height, (width * Math.max(1, window.height - FREE.y)) / Math.max(1, window.width - FREE.x))
    },
  }
}

import type { Scene } from '@pausescope/shared'
import { fit, type Size } from '../graph/place.ts'

/** Pictures are drawn for one of two widths, so that resizing the window does not draw a new one at every pixel. */
const WIDTHS = { narrow: 900, wide: 1240 }
/** Room of less than this, in CSS pixels, gets the narrow picture. */
const WIDE_FROM = 1000

/** For which width to draw a picture so that its text is readable when it is fitted into a room this wide. */
export function sceneWidth(room: number): number {
  return room < WIDE_FROM ? WIDTHS.narrow : WIDTHS.wide
}

/** The picture for the width at which its text is largest when it is fitted whole into the room. */
export function largestScene(room: Size, draw: (width: number) => Scene): Scene {
  const [narrow, wide] = [draw(WIDTHS.narrow), draw(WIDTHS.wide)]
  return fit(wide, room).k > fit(narrow, room).k ? wide : narrow
}

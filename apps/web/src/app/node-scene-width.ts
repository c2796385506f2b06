/** A node's picture is scrolled, and its tiles and bands go below each other: it can be as narrow as a phone. */
const WIDTHS = [480, 700, 900, 1240] as const

/** For which width to draw a node so that its text is readable: the widest that is not made smaller by more than a tenth. */
export function nodeSceneWidth(room: number): number {
  return WIDTHS.findLast((width) => width <= room * 1.1) ?? WIDTHS[0]
}

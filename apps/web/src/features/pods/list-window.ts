/** Heights in CSS pixels; the style sheet sets rows to the same. */
export const ROW_HEIGHT = { group: 34, pod: 52 } as const

/** Top of each row, and after the last the height of all. */
export function rowTops(rows: readonly { kind: keyof typeof ROW_HEIGHT }[]): number[] {
  const tops = [0]
  let top = 0
  for (const row of rows) {
    top += ROW_HEIGHT[row.kind]
    tops.push(top)
  }
  return tops
}

/**
 * The rows to draw, `[from, to)`: those that touch the visible part, and some pixels beyond it on both sides so that
 * scrolling shows no blank.
 */
export function visibleRows(tops: readonly number[], scroll: number, height: number, beyond = 400): [number, number] {
  const count = tops.length - 1
  const from = Math.max(0, firstAbove(tops, scroll - beyond) - 1)
  const to = Math.min(count, firstAbove(tops, scroll + height + beyond))
  return [Math.min(from, to), to]
}

/** Where to scroll so that a row is wholly seen; the present place when it is. */
export function scrollToRow(tops: readonly number[], row: number, scroll: number, height: number): number {
  const top = tops[row] ?? 0
  const bottom = tops[row + 1] ?? top
  if (top < scroll) return top
  if (bottom > scroll + height) return bottom - height
  return scroll
}

/** Index of the first top that is at or beyond the offset; the length when there is none. Tops rise. */
function firstAbove(tops: readonly number[], offset: number): number {
  let low = 0
  let high = tops.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((tops[middle] as number) < offset) low = middle + 1
    else high = middle
  }
  return low
}

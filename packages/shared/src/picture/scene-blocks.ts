import type { SceneNode } from './scene.ts'
import { baseline, line } from './scene-parts.ts'
import { type TextStyle, wrapText } from './text-metrics.ts'

/** Something measured that can be painted at any place. */
export type Block = { width: number; height: number; paint: (x: number, y: number) => SceneNode[] }

/** Text in lines below each other; nothing for no text. `leading` is the height of a line. */
export function paragraph(
  text: string,
  width: number,
  style: TextStyle,
  fill: string,
  options: { maxLines?: number; leading?: number } = {},
): Block {
  const lines = text === '' ? [] : wrapText(text, width, style, options.maxLines)
  const leading = options.leading ?? Math.round(style.size * 1.4)
  return {
    width,
    height: lines.length * leading,
    paint: (x, y) =>
      lines.map((fitted, index) => line(fitted, x, y + index * leading + baseline(leading, style), style, fill)),
  }
}

/** Blocks below each other; those without height take no gap. */
export function stack(blocks: readonly Block[], gap: number): Block {
  const shown = blocks.filter(({ height }) => height > 0)
  return {
    width: Math.max(0, ...shown.map(({ width }) => width)),
    height: shown.reduce((sum, { height }) => sum + height, 0) + Math.max(0, shown.length - 1) * gap,
    paint: (x, y) => {
      let top = y
      return shown.flatMap((block) => {
        const nodes = block.paint(x, top)
        top += block.height + gap
        return nodes
      })
    },
  }
}

/** Blocks beside each other, in as many rows as the room needs. */
export function flow(blocks: readonly Block[], room: number, gap: number): Block {
  const rows: Block[][] = []
  let used = Number.POSITIVE_INFINITY
  for (const block of blocks) {
    if (used + gap + block.width > room) {
      rows.push([])
      used = -gap
    }
    rows.at(-1)?.push(block)
    used += gap + block.width
  }
  return {
    ...stack(
      rows.map((row) => besideEachOther(row, gap)),
      gap,
    ),
    width: room,
  }
}

/** Blocks in a row, their upper edges on one line. */
export function besideEachOther(row: readonly Block[], gap: number): Block {
  return {
    width: row.reduce((sum, { width }) => sum + width + gap, -gap),
    height: Math.max(...row.map(({ height }) => height)),
    paint: (x, y) => {
      let left = x
      return row.flatMap((block) => {
        const nodes = block.paint(left, y)
        left += block.width + gap
        return nodes
      })
    },
  }
}

/** One block at the left and one at the right edge of the room, both in the middle of the height. */
export function opposite(left: Block, right: Block, room: number): Block {
  const height = Math.max(left.height, right.height)
  return {
    width: room,
    height,
    paint: (x, y) => [
      ...left.paint(x, y + (height - left.height) / 2),
      ...right.paint(x + room - right.width, y + (height - right.height) / 2),
    ],
  }
}

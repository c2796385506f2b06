import { plus } from './fresh-mark.ts'
import type { SceneNode } from './scene.ts'
import { type Block, paragraph } from './scene-blocks.ts'
import { line, type SceneContext, TYPE } from './scene-parts.ts'
import { textWidth } from './text-metrics.ts'

const SAMPLE = { width: 24, height: 14, text: 32, gap: 18 }
const ROW = 20
/** Less than this is no room for a sentence: it goes below the samples. */
const LEAST_SENTENCE = 260

type Sample = { text: string; paint: (x: number, y: number) => SceneNode[] }

type LegendContext = Pick<SceneContext, 'options' | 'palette' | 'words'>

/** What is in the picture beside what is in every one. */
export type LegendExtras = {
  /** Something is shared beyond the pod. */
  foreign: boolean
  /** Something is new since the moment before. */
  fresh: boolean
}

/**
 * How to read the picture: samples of its lines or marks, and a sentence on what they mean.
 */
export function legend({ foreign, fresh }: LegendExtras, width: number, context: LegendContext): Block {
  const { options, palette, words } = context
  const samples = [
    ...(options.drawing === 'columns' ? lines : boxes)(foreign, context),
    ...(fresh
      ? [{ text: words.legend.fresh, paint: (x: number, y: number) => plus(x + SAMPLE.width / 2, y + 9, palette) }]
      : []),
  ]
  const placed = place(samples, width)
  const { used, row } = placed.at(-1) ?? { used: 0, row: 0 }
  const [left, below] = width - used < LEAST_SENTENCE ? [0, (row + 1) * ROW] : [used, row * ROW]
  const equal = options.drawing === 'columns' ? words.legend.equal : words.nested.legend.equal
  const sentence = paragraph(`${equal} ${words.legend.measured}`, width - left, TYPE.body, palette.ink2, {
    leading: 18,
  })
  return {
    width,
    height: Math.max(18, below + sentence.height),
    paint: (x, y) => [
      ...placed.flatMap(({ text, paint, x: at, row }): SceneNode[] => [
        ...paint(x + at, y + row * ROW),
        line(text, x + at + SAMPLE.text, y + row * ROW + 13.5, TYPE.body, palette.ink2),
      ]),
      ...sentence.paint(x + left, y + below),
    ],
  }
}

/** Beside each other, in as many rows as it takes. `used`: the room in the row up to the next one. */
function place(samples: readonly Sample[], width: number) {
  let [used, row] = [0, 0]
  return samples.map((sample) => {
    const own = SAMPLE.text + textWidth(sample.text, TYPE.body)
    if (used > 0 && used + own > width) {
      used = 0
      row += 1
    }
    const x = used
    used += own + SAMPLE.gap
    return { ...sample, x, row, used }
  })
}

function lines(hasForeign: boolean, { palette, words }: LegendContext): Sample[] {
  const of = (text: string, paint: { stroke: string; strokeWidth: number; dash?: string }): Sample => ({
    text,
    paint: (x, y) => [{ kind: 'path', d: `M${x} ${y + 9}H${x + SAMPLE.width}`, ...paint }],
  })
  const solid = { stroke: palette.types.net.line, strokeWidth: 2.2 }
  return [
    of(words.legend.solid, solid),
    ...(hasForeign ? [of(words.legend.dotted, { ...solid, dash: '1.5 3' })] : []),
    of(words.legend.dashed, { stroke: palette.nodeLine, strokeWidth: 1.3, dash: '4 3.5' }),
  ]
}

function boxes(hasForeign: boolean, { palette, words }: LegendContext): Sample[] {
  const of = (text: string, paint: { fill: string; stroke: string; dash?: string }): Sample => ({
    text,
    paint: (x, y) => [
      {
        kind: 'rect',
        x,
        y: y + (18 - SAMPLE.height) / 2,
        width: SAMPLE.width,
        height: SAMPLE.height,
        rx: 5,
        strokeWidth: 1.3,
        ...paint,
      },
    ],
  })
  const { net, mnt } = palette.types
  return [
    of(words.nested.legend.filled, { fill: net.text, stroke: net.text }),
    of(words.nested.legend.outlined, { fill: palette.surface, stroke: mnt.line }),
    ...(hasForeign ? [of(words.legend.dotted, { fill: palette.surface, stroke: net.line, dash: '1.5 3' })] : []),
    of(words.legend.dashed, { fill: palette.quiet, stroke: palette.nodeLine, dash: '3 2.5' }),
  ]
}

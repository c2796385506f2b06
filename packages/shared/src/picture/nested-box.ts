import type { GraphNamespace } from '../graph/graph-types.ts'
import { freshMark } from './fresh-mark.ts'
import type { Picture, PictureCard } from './picture.ts'
import type { SceneNode } from './scene.ts'
import { type Block, flow, stack } from './scene-blocks.ts'
import { CARD_PAD, cardGround, cardText, MOST_NORMAL, ownRows } from './scene-card.ts'
import { ghostCard } from './scene-ghost.ts'
import { containerLabel, linkLabel } from './scene-labels.ts'
import { isWarnedOf } from './scene-links.ts'
import { baseline, line, type SceneContext, TYPE } from './scene-parts.ts'
import { DASHES } from './scene-pill.ts'
import { textWidth } from './text-metrics.ts'

/** A box at its own height, or at least as high as it is asked to be. */
export type NestedBox = (least?: number) => Block

const MARK = { height: 20, pad: 8, gap: 5, row: 6 }

/** A container: what it is, what is its alone, and a mark for each other namespace it is in, by whose that is. */
export function containerBox(card: PictureCard, picture: Picture, width: number, context: SceneContext): NestedBox {
  const { container } = card
  const alive = picture.cards.filter(({ container: { pid } }) => pid !== null).length
  if (container.pid === null) return (least) => ghostCard(container, width, context, least)
  const size = alive > MOST_NORMAL ? 'small' : 'normal'
  const pad = size === 'small' ? 12 : CARD_PAD
  const room = width - pad * 2
  const top = stack([cardText(card, room, context), ...ownRows(card, size, room, context)], 8)
  const marks = markRows(card, picture, room, context)
  const gap = top.height > 0 && marks.height > 0 ? 21 : 0
  return (least = 0) => {
    const height = Math.max(least, top.height + gap + marks.height + pad * 2 - 4)
    return {
      width,
      height,
      paint: (x, y) => {
        const marksTop = y + height - (pad - 2) - marks.height
        const rule = Math.floor(marksTop - gap / 2) + 0.5
        return [
          {
            kind: 'group',
            ref: { kind: 'container', key: container.key },
            label: containerLabel(container, context),
            children: [
              { kind: 'rect', x, y, width, height, rx: 12, ...cardGround(container, context) },
              ...top.paint(x + pad, y + pad - 2),
              ...(gap === 0 ? [] : [hairLine(x + pad, rule, room, context)]),
              ...marks.paint(x + pad, marksTop),
              ...freshMark(container.key, x + width, y, context),
            ],
          },
        ]
      },
    }
  }
}

function hairLine(x: number, y: number, width: number, { palette }: SceneContext): SceneNode {
  return { kind: 'path', d: `M${x} ${y}H${x + width}`, stroke: palette.panelLine, strokeWidth: 1 }
}

/** `The pod’s` with its marks, `The node’s` with its: a row for each that the container takes part in. */
function markRows({ container, linked }: PictureCard, picture: Picture, room: number, context: SceneContext): Block {
  const { palette, words } = context
  const places = { pod: words.nested.pods, foreign: words.nested.foreign, node: words.nested.nodes }
  const label = Math.ceil(Math.max(...Object.values(places).map((text) => textWidth(text, TYPE.small)))) + 10
  const letters = lettersOf(picture)
  const rows = (['pod', 'foreign', 'node'] as const).flatMap((place): Block[] => {
    const here = linked.filter((namespace) => placeOf(namespace) === place)
    if (here.length === 0) return []
    const marks = flow(
      here.map((namespace) => mark(container, namespace, place, letters.get(namespace.key), context)),
      room - label,
      MARK.gap,
    )
    return [
      {
        width: room,
        height: marks.height,
        paint: (x, y) => [
          line(places[place], x, y + baseline(MARK.height, TYPE.small), TYPE.small, palette.ink3),
          ...marks.paint(x + label, y),
        ],
      },
    ]
  })
  return stack(rows, MARK.row)
}

/** Where a namespace is drawn. One that only one container is in may stand with the pod's: that it has two members is not said. */
function placeOf({ scope }: GraphNamespace): keyof typeof DASHES {
  return scope === 'own' ? 'pod' : scope
}

/** The link of a container to a namespace as a mark: filled for the pod's, dashed for the node's, dotted beyond the pod. */
function mark(
  container: PictureCard['container'],
  namespace: GraphNamespace,
  place: keyof typeof DASHES,
  letter: string | undefined,
  context: SceneContext,
): Block {
  const { palette } = context
  const { type } = namespace.id
  const text = letter === undefined ? type : `${type} ${letter}`
  const width = Math.ceil(textWidth(text, TYPE.port)) + MARK.pad * 2
  const colour = palette.types[type]
  const look = {
    pod: { fill: colour.text, stroke: colour.text, ink: palette.surface },
    foreign: { fill: palette.surface, stroke: colour.line, ink: colour.text, ...DASHES.foreign },
    node: { fill: palette.quiet, stroke: palette.nodeLine, ink: palette.ink2, dash: '3 2.5' },
  }[place]
  const { ink, ...paint } = look
  const halo = { rx: 9, stroke: palette.warn.line, strokeWidth: 2.4 }
  return {
    width,
    height: MARK.height,
    paint: (x, y) => [
      {
        kind: 'group',
        ref: { kind: 'link', container: container.key, namespace: namespace.key },
        label: linkLabel(container, namespace, context),
        children: [
          { kind: 'rect', x, y, width, height: MARK.height, rx: 6, strokeWidth: 1.2, ...paint },
          line(text, x + width / 2, y + baseline(MARK.height, TYPE.port), TYPE.port, ink, 'middle'),
          ...(isWarnedOf(container.key, namespace.key, context)
            ? [{ kind: 'rect' as const, x: x - 3, y: y - 3, width: width + 6, height: MARK.height + 6, ...halo }]
            : []),
        ],
      },
    ],
  }
}

/** A, B, … for namespaces of one type that stand together in the pod's frame or beyond it: their marks must not look alike. */
export function lettersOf({ sections, foreign }: Picture): ReadonlyMap<string, string> {
  const shown = [...sections.flatMap(({ namespaces }) => namespaces), ...foreign]
  const letters = new Map<string, string>()
  for (const { key, id } of shown) {
    const same = shown.filter((other) => other.id.type === id.type)
    const index = same.findIndex((other) => other.key === key)
    if (same.length > 1) letters.set(key, index < 26 ? String.fromCharCode(65 + index) : `${index + 1}`)
  }
  return letters
}

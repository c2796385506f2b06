import type { GraphContainer } from '../graph/graph-types.ts'
import type { SceneNode } from './scene.ts'
import { badges } from './scene-badges.ts'
import { paragraph, stack } from './scene-blocks.ts'
import { CARD_PAD, type CardBlock } from './scene-card.ts'
import {
  type Absence,
  absenceOf,
  absenceText,
  containerLabel,
  kindText,
  restartsText,
  stateText,
} from './scene-labels.ts'
import { hatching, type SceneContext, TYPE } from './scene-parts.ts'

/** Left of the sign's text: its icon. Right of it, and around: the shutter. */
const SIGN = { icon: 34, edge: 18 }
/** Narrower cards have the shutter below the name, not beside it. */
const BESIDE_FROM = 380

/**
 * The card of a container without a process: closed shutters where its namespaces would be, and no links; at least
 * as high as `least`.
 */
export function ghostCard(container: GraphContainer, width: number, context: SceneContext, least = 0): CardBlock {
  const { palette } = context
  const absence = absenceOf(container)
  const inner = width - CARD_PAD * 2
  const beside = width >= BESIDE_FROM
  const shutter = beside ? Math.min(290, Math.round(width * 0.58)) : inner
  const signRoom = shutter - SIGN.icon - SIGN.edge * 2
  const room = beside ? inner - CARD_PAD - shutter : inner
  const about = [kindText(container, context), restartsText(container, context)]
  const text = stack(
    [
      paragraph(container.name, room, TYPE.name, palette.ink2, { maxLines: 2, leading: 20 }),
      paragraph(about.filter((part) => part !== null).join(' · '), room, TYPE.body, palette.ink3, {
        maxLines: 3,
        leading: 17,
      }),
      paragraph(container.image ?? '', room, TYPE.small, palette.ink3, { maxLines: 1, leading: 16 }),
      badges(context.marks.get(container.key) ?? [], palette),
    ],
    2,
  )
  const colour = stateColour(absence, context)
  const sign = stack(
    [
      paragraph(stateText(container, context), signRoom, TYPE.strong, colour, { maxLines: 2, leading: 18 }),
      paragraph(absenceText(container, context), signRoom, TYPE.small, palette.ink3, { maxLines: 2, leading: 15 }),
    ],
    0,
  )
  const window = sign.height + 22
  const height = Math.max(least, (beside ? Math.max(text.height, window) : text.height + 8 + window) + 22)
  const shutterHeight = height - 22 - (beside ? 0 : text.height + 8)
  return {
    width,
    height,
    ports: new Map(),
    paint: (x, y) => {
      const left = x + width - CARD_PAD - shutter
      const shutterTop = y + height - 11 - shutterHeight
      const top = shutterTop + (shutterHeight - sign.height) / 2
      const board = {
        x: left + SIGN.edge / 2 + 3,
        y: top - 5,
        width: shutter - SIGN.edge - 6,
        height: sign.height + 10,
      }
      return [
        {
          kind: 'group',
          ref: { kind: 'container', key: container.key },
          label: containerLabel(container, context),
          children: [
            {
              kind: 'rect',
              x,
              y,
              width,
              height,
              rx: 12,
              fill: palette.background,
              stroke: palette.cardLine,
              strokeWidth: 1.2,
            },
            hatching(left, shutterTop, shutter, shutterHeight, palette.hatch),
            { kind: 'rect', ...board, rx: 6, fill: palette.background },
            ...stateIcon(absence, left + SIGN.edge + 12, top + 9, colour),
            ...sign.paint(left + SIGN.edge + SIGN.icon - 6, top),
            ...text.paint(x + CARD_PAD, beside ? y + (height - text.height) / 2 : y + 11),
          ],
        },
      ]
    },
  }
}

function stateColour(absence: Absence, { palette }: SceneContext): string {
  const { bad, ink2, warn } = palette
  return { waiting: warn.text, finished: ink2, crashed: bad, unknown: ink2 }[absence]
}

/** A circle with a clock's hands, a tick, a cross or a dash. */
function stateIcon(absence: Absence, x: number, y: number, stroke: string): SceneNode[] {
  const sign = {
    waiting: `M${x} ${y - 4}V${y}L${x + 3} ${y + 1.5}`,
    finished: `M${x - 3.5} ${y}L${x - 1} ${y + 2.8}L${x + 3.5} ${y - 2.8}`,
    crashed: `M${x - 3} ${y - 3}L${x + 3} ${y + 3}M${x + 3} ${y - 3}L${x - 3} ${y + 3}`,
    unknown: `M${x - 3} ${y}H${x + 3}`,
  }[absence]
  return [
    { kind: 'circle', cx: x, cy: y, r: 7, stroke, strokeWidth: 1.4 },
    { kind: 'path', d: sign, stroke, strokeWidth: 1.6 },
  ]
}

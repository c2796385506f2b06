import type { GraphNamespace } from './graph-types.ts'
import type { PictureCard } from './picture.ts'
import type { SceneNode } from './scene.ts'
import { absenceText, containerLabel, makerText, stateText, type Vitality, vitalityOf } from './scene-labels.ts'
import {
  type Block,
  badges,
  baseline,
  hatching,
  line,
  paragraph,
  type SceneContext,
  stack,
  TYPE,
} from './scene-parts.ts'
import { ownPill } from './scene-pill.ts'
import { textWidth } from './text-metrics.ts'

/** A container's card and where its links start. */
export type CardBlock = Block & {
  /** Distance from the card's top, by namespace key. */
  ports: ReadonlyMap<string, number>
}

/** Small: for pods of many containers and for narrow pictures; the own namespaces stand in a row below the name. */
export type CardSize = 'normal' | 'small'

const PAD = 16
/** Least room for a container's name beside its pills. */
const NAME_ROOM = 150

/** Whether names and pills fit beside each other. */
export function cardSize(cards: readonly PictureCard[], width: number, context: SceneContext): CardSize {
  const alive = cards.filter(({ container }) => container.pid !== null).length
  const pills = Math.max(
    0,
    ...cards.flatMap(({ own }) => own.map((each) => ownPill(each, false, context, 'cgroup').width)),
  )
  return alive <= 6 && width - pills - PAD * 3 - portRoom(context) >= NAME_ROOM ? 'normal' : 'small'
}

export function measureCard(card: PictureCard, width: number, size: CardSize, context: SceneContext): CardBlock {
  return card.container.pid === null ? ghostCard(card, width, context) : liveCard(card, width, size, context)
}

function liveCard(card: PictureCard, width: number, size: CardSize, context: SceneContext): CardBlock {
  const { palette, words } = context
  const { container } = card
  const small = size === 'small'
  const room = width - PAD * 2 - (card.linked.length > 0 ? portRoom(context) : 0)
  const own = card.own.map((namespace) => ownPill(namespace, small, context, small ? undefined : 'cgroup'))
  const beside = small ? 0 : Math.max(0, ...own.map((pill) => pill.width))
  const nested = nestedBlock(card.nested, room, context)
  const unreadable = unreadableBlock(card, small ? room : Math.max(beside, 170), context)
  const column = small ? flow(own, room, 6) : stack([...own, ...unreadable], 6)
  const nameRoom = small ? room : room - column.width - (column.width > 0 ? PAD : 0)
  const kind = words.kinds[container.kind]
  const restarts = container.restarts > 0 ? [words.restarts(container.restarts)] : []
  const facts = [words.pid(container.pid as number), ...(kind ? [kind] : []), ...restarts].join(' · ')
  const what = kind === words.kinds.sandbox || container.image === null ? [] : [container.image]
  const name = paragraph(container.name, nameRoom, TYPE.name, palette.ink, {
    maxLines: small ? 1 : 2,
    leading: small ? 20 : 21,
  })
  const about = small
    ? [paragraph([facts, ...what].join(' · '), nameRoom, TYPE.small, palette.ink3, { maxLines: 1, leading: 17 })]
    : [
        paragraph(facts, nameRoom, TYPE.body, palette.ink2, { maxLines: 2, leading: 18 }),
        ...what.map((text) => paragraph(text, nameRoom, TYPE.small, palette.ink3, { maxLines: 2, leading: 16 })),
      ]
  const text = stack([name, ...about], small ? 0 : 2)
  const body = small
    ? stack([text, ...(own.length > 0 ? [column] : []), ...unreadable, ...nested], 7)
    : stack([beside2(text, column, room), ...nested], 10)
  const step = small ? 13 : 15
  const pad = small ? 9 : 14
  const height = Math.max(body.height, card.linked.length * step) + pad * 2
  const firstPort = (height - (card.linked.length - 1) * step) / 2
  const ports = new Map(card.linked.map((namespace, index) => [namespace.key, firstPort + index * step]))
  const sandbox = container.kind === 'sandbox'
  return {
    width,
    height,
    ports,
    paint: (x, y) => [
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
            fill: sandbox ? palette.tint : palette.surface,
            stroke: sandbox ? palette.sandboxLine : palette.cardLine,
            strokeWidth: sandbox ? 1.8 : 1.4,
          },
          ...body.paint(x + PAD, y + (height - body.height) / 2),
          ...card.linked.map((namespace) =>
            portLabel(namespace, x + width - 11, y + (ports.get(namespace.key) as number), context),
          ),
          ...badges(context.marks.get(container.key) ?? [], x + PAD + 8, y, palette),
        ],
      },
    ],
  }
}

/** A container without a process: an outline with closed shutters where its namespaces would be. */
function ghostCard({ container }: PictureCard, width: number, context: SceneContext): CardBlock {
  const { palette, words } = context
  const vitality = vitalityOf(container)
  const shutter = Math.min(250, Math.round(width * 0.46))
  const room = width - PAD * 3 - shutter
  const kind = words.kinds[container.kind]
  const about = [kind, container.restarts > 0 ? words.restarts(container.restarts) : null, container.image]
  const text = stack(
    [
      paragraph(container.name, room - 22, TYPE.name, palette.ink2, { maxLines: 2, leading: 20 }),
      paragraph(about.filter((part) => part !== null).join(' · '), room, TYPE.small, palette.ink3, {
        maxLines: 2,
        leading: 16,
      }),
    ],
    2,
  )
  const sign = stack(
    [
      paragraph(stateText(container, context), shutter - 52, TYPE.strong, stateColour(vitality, context), {
        maxLines: 2,
        leading: 17,
      }),
      paragraph(absenceText(container, context), shutter - 52, TYPE.small, palette.ink3, { maxLines: 2, leading: 15 }),
    ],
    1,
  )
  const height = Math.max(text.height, sign.height + 16) + 24
  return {
    width,
    height,
    ports: new Map(),
    paint: (x, y) => {
      const left = x + width - PAD - shutter
      const signTop = y + (height - sign.height) / 2
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
            hatching(left, y + 12, shutter, height - 24, palette.hatch),
            {
              kind: 'rect',
              x: left + 12,
              y: signTop - 5,
              width: shutter - 24,
              height: sign.height + 10,
              rx: 6,
              fill: palette.background,
            },
            ...stateIcon(vitality, left + 25, signTop + 8, context),
            ...sign.paint(left + 38, signTop),
            ...text.paint(x + PAD, y + (height - text.height) / 2),
            ...badges(context.marks.get(container.key) ?? [], x + PAD + 8, y, palette),
          ],
        },
      ]
    },
  }
}

function stateColour(vitality: Vitality, { palette }: SceneContext): string {
  return {
    alive: palette.good,
    waiting: palette.warn.text,
    finished: palette.ink2,
    crashed: palette.bad,
    unknown: palette.ink2,
  }[vitality]
}

/** A circle with a cross, a tick, a clock's hands or a question's dot. */
function stateIcon(vitality: Vitality, x: number, y: number, context: SceneContext): SceneNode[] {
  const stroke = stateColour(vitality, context)
  const sign = {
    alive: '',
    waiting: `M${x} ${y - 4}V${y}L${x + 3} ${y + 1.5}`,
    finished: `M${x - 3.5} ${y}L${x - 1} ${y + 2.8}L${x + 3.5} ${y - 2.8}`,
    crashed: `M${x - 3} ${y - 3}L${x + 3} ${y + 3}M${x + 3} ${y - 3}L${x - 3} ${y + 3}`,
    unknown: `M${x - 3} ${y}H${x + 3}`,
  }[vitality]
  return [
    { kind: 'circle', cx: x, cy: y, r: 7, stroke, strokeWidth: 1.4 },
    { kind: 'path', d: sign, stroke, strokeWidth: 1.6 },
  ]
}

/** Namespaces made inside, below the container with the process that made them. */
function nestedBlock(nested: readonly GraphNamespace[], room: number, context: SceneContext): Block[] {
  if (nested.length === 0) return []
  const makers = new Map<string, GraphNamespace[]>()
  for (const namespace of nested) {
    const maker = makerText(namespace, context)
    makers.set(maker, [...(makers.get(maker) ?? []), namespace])
  }
  return [...makers].map(([maker, namespaces]) => {
    const { palette, words } = context
    const inner = stack(
      [
        paragraph(words.madeInside(maker), room - 18, TYPE.small, palette.ink2, { maxLines: 1, leading: 18 }),
        flow(
          namespaces.map((namespace) => ownPill(namespace, true, context)),
          room - 18,
          6,
        ),
      ],
      3,
    )
    return {
      width: room,
      height: inner.height,
      paint: (x, y) => [
        // A branch from the container to what was made in it.
        {
          kind: 'path',
          d: `M${x + 4} ${y}V${y + inner.height - 18}Q${x + 4} ${y + inner.height - 12} ${x + 10} ${y + inner.height - 12}H${x + 14}`,
          stroke: palette.nodeLine,
          strokeWidth: 1.3,
        },
        ...inner.paint(x + 18, y),
      ],
    }
  })
}

function unreadableBlock({ container }: PictureCard, room: number, { palette, words }: SceneContext): Block[] {
  if (container.unreadable.length === 0) return []
  const text = paragraph(
    words.unreadable(container.unreadable.map(({ type }) => type)),
    room - 20,
    TYPE.small,
    palette.warn.text,
    { leading: 15 },
  )
  return [
    {
      width: room,
      height: text.height + 10,
      paint: (x, y) => [
        {
          kind: 'rect',
          x,
          y,
          width: room,
          height: text.height + 10,
          rx: 7,
          fill: palette.warn.ground,
          stroke: palette.warn.line,
          strokeWidth: 1.2,
        },
        ...text.paint(x + 10, y + 5),
      ],
    },
  ]
}

/** Text at the left, pills at the right edge of the room, both in the middle of the height. */
function beside2(text: Block, column: Block, room: number): Block {
  const height = Math.max(text.height, column.height)
  return {
    width: room,
    height,
    paint: (x, y) => [
      ...text.paint(x, y + (height - text.height) / 2),
      ...column.paint(x + room - column.width, y + (height - column.height) / 2),
    ],
  }
}

/** Blocks in rows as wide as the room. */
function flow(blocks: readonly Block[], room: number, gap: number): Block {
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
  return stack(
    rows.map((row) => ({
      width: room,
      height: Math.max(...row.map(({ height }) => height)),
      paint: (x: number, y: number) => {
        let left = x
        return row.flatMap((block) => {
          const nodes = block.paint(left, y)
          left += block.width + gap
          return nodes
        })
      },
    })),
    gap,
  )
}

/** The type's name beside the start of a link: the line can be followed without its colour. */
function portLabel(namespace: GraphNamespace, x: number, y: number, { palette }: SceneContext): SceneNode {
  const { type } = namespace.id
  const fill = namespace.scope === 'node' ? palette.ink3 : palette.types[type].text
  return line(
    type,
    x,
    y - 7 + baseline(14, TYPE.port),
    { ...TYPE.port, weight: namespace.scope === 'node' ? 400 : 600 },
    fill,
    'end',
  )
}

function portRoom(_context: SceneContext): number {
  return Math.ceil(textWidth('cgroup', TYPE.port)) + 10
}

import type { GraphNamespace } from '../graph/graph-types.ts'
import { freshMark, outline } from './fresh-mark.ts'
import type { PictureCard } from './picture.ts'
import type { SceneNode } from './scene.ts'
import { badges } from './scene-badges.ts'
import { type Block, flow, opposite, paragraph, stack } from './scene-blocks.ts'
import { containerLabel, kindText, makerText, restartsText } from './scene-labels.ts'
import { baseline, line, type SceneContext, TYPE } from './scene-parts.ts'
import { ownPill, SMALL_PILL_ROOM } from './scene-pill.ts'
import { textWidth } from './text-metrics.ts'

/** A container's card and where its links start. */
export type CardBlock = Block & {
  /** Distance from the card's top, by namespace key. */
  ports: ReadonlyMap<string, number>
}

/** Small: for pods of many containers and for narrow pictures; the own namespaces stand in rows below the name. */
export type CardSize = 'normal' | 'small'

export const CARD_PAD = 16
/** Room at a card's right edge for the names of the types its links lead to. */
const PORT_ROOM = Math.ceil(textWidth('cgroup', TYPE.port)) + 10
/** How far what was made inside stands to the right, behind its branch. */
const BRANCH = 20
/** Cards are never narrower. */
const LEAST_WIDTH = 236
/** Least room for a container's name beside its pills. */
const NAME_ROOM = 150
/** More living containers than this are drawn small. */
export const MOST_NORMAL = 6

/**
 * Cards are never narrower: a picture with very many rails, or with findings about what is a container's alone, gets
 * wider than was wished, for each pill has its badge beside it.
 */
export function leastCardWidth(cards: readonly PictureCard[], context: SceneContext): number {
  const marked = (namespaces: readonly GraphNamespace[], indent: number) =>
    namespaces
      .filter(({ key }) => context.marks.has(key))
      .map((namespace) => indent + ownPill(namespace, 'small', context, { room: SMALL_PILL_ROOM }).width)
  const pills = cards.flatMap(({ own, nested }) => [...marked(own, 0), ...marked(nested, BRANCH)])
  return Math.max(LEAST_WIDTH, CARD_PAD * 2 + PORT_ROOM + Math.max(0, ...pills))
}

/** Small when names and pills do not fit beside each other, or when there are many. */
export function cardSize(cards: readonly PictureCard[], width: number, context: SceneContext): CardSize {
  const alive = cards.filter(({ container }) => container.pid !== null)
  const pills = alive.map((card) => ownColumn(card, context).width)
  const room = width - CARD_PAD * 3 - PORT_ROOM - Math.max(0, ...pills)
  return alive.length <= MOST_NORMAL && room >= NAME_ROOM ? 'normal' : 'small'
}

/** The card of a container that has a process. */
export function liveCard(card: PictureCard, width: number, size: CardSize, context: SceneContext): CardBlock {
  const { container, linked } = card
  const room = width - CARD_PAD * 2 - (linked.length > 0 ? PORT_ROOM : 0)
  const body = size === 'small' ? smallBody(card, room, context) : normalBody(card, room, context)
  const { step, pad } = size === 'small' ? { step: 13, pad: 9 } : { step: 15, pad: 14 }
  const height = Math.max(body.height, linked.length * step) + pad * 2
  const firstPort = (height - (linked.length - 1) * step) / 2
  const ports = new Map(linked.map((namespace, index) => [namespace.key, firstPort + index * step]))
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
          { kind: 'rect', x, y, width, height, rx: 12, ...cardGround(container, context) },
          ...body.paint(x + CARD_PAD, y + (height - body.height) / 2),
          ...linked.map((each) => portLabel(each, x + width - 11, y + (ports.get(each.key) as number), context)),
          ...freshMark(container.key, x + width, y, context),
        ],
      },
    ],
  }
}

/** The box of a container: the sandbox's stands out a little. */
export function cardGround({ key, kind }: PictureCard['container'], context: SceneContext) {
  const { palette } = context
  return kind === 'sandbox'
    ? { fill: palette.tint, stroke: palette.sandboxLine, strokeWidth: outline(key, 1.8, context) }
    : { fill: palette.surface, stroke: palette.cardLine, strokeWidth: outline(key, 1.4, context) }
}

/** What is a container's alone, as pills below each other that line up, and what could not be read of it. */
function ownColumn(card: PictureCard, context: SceneContext): Block {
  const own = card.own.map((namespace) => ownPill(namespace, 'normal', context, { alignTo: 'cgroup' }))
  return stack([...own, unreadable(card, Math.max(170, ...own.map(({ width }) => width)), context)], 6)
}

function normalBody(card: PictureCard, room: number, context: SceneContext): Block {
  const { palette } = context
  const { container } = card
  const pills = ownColumn(card, context)
  const nameRoom = room - (pills.width > 0 ? pills.width + CARD_PAD : 0)
  const text = stack(
    [
      paragraph(container.name, nameRoom, TYPE.name, palette.ink, { maxLines: 2, leading: 21 }),
      paragraph(facts(card, context), nameRoom, TYPE.body, palette.ink2, { maxLines: 2, leading: 18 }),
      paragraph(image(card), nameRoom, TYPE.small, palette.ink3, { maxLines: 2, leading: 16 }),
      badges(context.marks.get(container.key) ?? [], palette),
    ],
    2,
  )
  return stack([opposite(text, pills, room), ...nestedBlocks(card.nested, room, context)], 10)
}

function smallBody(card: PictureCard, room: number, context: SceneContext): Block {
  return stack([cardText(card, room, context), ...ownRows(card, 'small', room, context)], 6)
}

/** A container's name, what it is, and the findings about it, below each other. */
export function cardText(card: PictureCard, room: number, context: SceneContext): Block {
  const { palette } = context
  const { container } = card
  const about = [facts(card, context), image(card)].filter((part) => part !== '').join(' · ')
  return stack(
    [
      paragraph(container.name, room, TYPE.name, palette.ink, { maxLines: 2, leading: 20 }),
      paragraph(about, room, TYPE.small, palette.ink3, { maxLines: 2, leading: 16 }),
      badges(context.marks.get(container.key) ?? [], palette),
    ],
    0,
  )
}

/** What is a container's alone in rows of pills, what could not be read, and what was made inside. */
export function ownRows(card: PictureCard, size: CardSize, room: number, context: SceneContext): Block[] {
  const pills = flow(
    card.own.map((namespace) => ownPill(namespace, size, context, { room })),
    room,
    6,
  )
  return [pills, unreadable(card, room, context), ...nestedBlocks(card.nested, room, context)]
}

/** `native sidecar · PID 761 · 2 restarts` */
function facts({ container }: PictureCard, context: SceneContext): string {
  const { words } = context
  const parts = [kindText(container, context), words.pid(container.pid as number), restartsText(container, context)]
  return parts.filter((part) => part !== null).join(' · ')
}

function image({ container }: PictureCard): string {
  return container.image ?? ''
}

/** Namespaces made inside, below the container with the process that made them, each behind a branch. */
function nestedBlocks(nested: readonly GraphNamespace[], room: number, context: SceneContext): Block[] {
  const { palette, words } = context
  const made = new Map<string, GraphNamespace[]>()
  for (const namespace of nested) {
    const maker = makerText(namespace, context)
    made.set(maker, [...(made.get(maker) ?? []), namespace])
  }
  return [...made].map(([maker, namespaces]) => {
    const pills = flow(
      namespaces.map((namespace) => ownPill(namespace, 'small', context, { room: room - BRANCH })),
      room - BRANCH,
      6,
    )
    const text = paragraph(words.madeInside(maker), room - BRANCH, TYPE.small, palette.ink2, {
      maxLines: 2,
      leading: 18,
    })
    const inner = stack([text, pills], 3)
    return {
      width: room,
      height: inner.height,
      paint: (x, y) => {
        const bend = y + text.height + 3 + 11.5
        const d = `M${x + 5} ${y}V${bend - 6}Q${x + 5} ${bend} ${x + 11} ${bend}H${x + BRANCH}`
        return [{ kind: 'path', d, stroke: palette.nodeLine, strokeWidth: 1.3 }, ...inner.paint(x + BRANCH, y)]
      },
    }
  })
}

/** Types whose links could not be read: said where their pills would be. */
function unreadable({ container }: PictureCard, room: number, { palette, words }: SceneContext): Block {
  const types = container.unreadable.map(({ type }) => type)
  if (types.length === 0) return { width: 0, height: 0, paint: () => [] }
  const text = paragraph(words.unreadable(types), room - 20, TYPE.small, palette.warn.text, { leading: 15 })
  const height = text.height + 10
  const { ground: fill, line: stroke } = palette.warn
  return {
    width: room,
    height,
    paint: (x, y) => [
      { kind: 'rect', x, y, width: room, height, rx: 7, fill, stroke, strokeWidth: 1.2 },
      ...text.paint(x + 10, y + 5),
    ],
  }
}

/** The type's name beside the start of a link: the line can be followed without its colour. */
function portLabel(
  { id: { type }, scope }: GraphNamespace,
  x: number,
  y: number,
  { palette }: SceneContext,
): SceneNode {
  const [style, fill] = scope === 'node' ? [TYPE.portQuiet, palette.ink3] : [TYPE.port, palette.types[type].text]
  return line(type, x, y - 7 + baseline(14, style), style, fill, 'end')
}

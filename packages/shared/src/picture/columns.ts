import type { Picture } from './picture.ts'
import type { SceneNode } from './scene.ts'
import { type Block, paragraph } from './scene-blocks.ts'
import { type CardBlock, cardSize, leastCardWidth, liveCard } from './scene-card.ts'
import { cardPlaces, filesColumn, filesRoom } from './scene-files.ts'
import { unscanned } from './scene-frame.ts'
import { ghostCard } from './scene-ghost.ts'
import { type LinkEnds, layRails, paintLinks, routeRoom } from './scene-links.ts'
import { foreignPanel, nodePanel, type PanelBlock, podPanel } from './scene-panel.ts'
import { type Point, type SceneContext, TYPE } from './scene-parts.ts'

/** At this width the panels have the size they were drawn with. */
const FULL = 1176

type Placed<Part> = Part & { dx: number; dy: number }

/**
 * The drawing in three columns of fixed order, each as high as what stands in it: containers, what the pod shares, the
 * node's; and a line from each container to each namespace that is not its own alone. Left of them, where it is wished for,
 * the files that containers share.
 * @param width wished, in pixels.
 */
export function columns(picture: Picture, width: number, context: SceneContext): Block {
  const cardsLeft = filesRoom(context)
  const wished = width - cardsLeft
  const { palette, words, graph } = context
  const middle = [...picture.sections.flatMap(({ namespaces }) => namespaces), ...picture.foreign]
  const room = routeRoom(middle.length, picture.node.length)
  // Narrow pictures take from the panels too, but the names in the cards need the room more. Files take nothing from them.
  const scale = Math.min(1, width / FULL) ** 0.5
  const podWidth = Math.round(276 * scale)
  const nodeWidth = Math.round(262 * scale)
  const cardWidth = Math.max(
    leastCardWidth(picture.cards, context),
    wished - room.gutter - podWidth - room.gap - nodeWidth,
  )
  const podLeft = cardWidth + room.gutter
  const nodeLeft = podLeft + podWidth + room.gap

  const heading = paragraph(
    graph.observation.scanned ? words.columns.own : words.columns.unscanned,
    cardWidth,
    TYPE.column,
    palette.ink,
    { leading: 18, maxLines: 2 },
  )
  const top = Math.max(heading.height + 8, room.above + 8)
  const cards = placeCards(picture, cardWidth, context)
  const panels = placePanels(picture, { podLeft, podWidth, nodeLeft, nodeWidth }, context)
  const files = cardsLeft > 0 ? filesColumn(cardPlaces(cards, top), top, context) : null
  return {
    width: cardsLeft + nodeLeft + nodeWidth,
    height: Math.max(top + Math.max(bottomOf(cards), bottomOf(panels)), files?.height ?? 0),
    paint: (start, above) => {
      const left = start + cardsLeft
      const y = above + top
      const pills = panels.flatMap(({ pills, dx, dy }) =>
        pills.map((pill) => ({ ...pill, x: left + dx + pill.x, y: y + dy + pill.y })),
      )
      const ends = new Map(
        pills.map(({ namespace, block, x, y }): [string, Point] => [namespace.key, [x, onPixel(y + block.height / 2)]]),
      )
      const links = cards.flatMap(({ container, ports, dy }) =>
        [...ports].flatMap(([key, port]): LinkEnds[] => {
          const to = ends.get(key)
          const namespace = context.namespaces.get(key)
          return to && namespace ? [{ container, namespace, from: [left + cardWidth, onPixel(y + dy + port)], to }] : []
        }),
      )
      const routes = layRails(middle, picture.node, { x: left + cardWidth, top: y, panelWidth: podWidth })
      return [
        ...(files?.paint(start, above) ?? []),
        ...heading.paint(left, y - 8 - heading.height),
        ...panels.flatMap(({ paint, dx, dy }) => paint(left + dx, y + dy)),
        ...cards.flatMap(({ paint, dy }): SceneNode[] => paint(left, y + dy)),
        ...pills.flatMap(({ block, x, y }) => block.paint(x, y)),
        ...paintLinks(links, routes, context),
      ]
    },
  }
}

/** The cards below each other. */
function placeCards(picture: Picture, width: number, context: SceneContext) {
  const size = cardSize(picture.cards, width, context)
  const gap = size === 'small' ? 8 : 14
  let dy = 0
  return picture.cards.map((card) => {
    const { container } = card
    const block: CardBlock =
      container.pid === null ? ghostCard(container, width, context) : liveCard(card, width, size, context)
    const placed = { ...block, container, dx: 0, dy }
    dy += block.height + gap
    return placed
  })
}

/** The panels; a notice in their place when nothing was scanned. */
function placePanels(
  picture: Picture,
  { podLeft, podWidth, nodeLeft, nodeWidth }: Record<'podLeft' | 'podWidth' | 'nodeLeft' | 'nodeWidth', number>,
  context: SceneContext,
): Placed<PanelBlock>[] {
  if (!context.graph.observation.scanned) {
    return [{ ...unscanned(nodeLeft + nodeWidth - podLeft, context), pills: [], dx: podLeft, dy: 0 }]
  }
  const pod = podPanel(picture, podWidth, context)
  const foreign = foreignPanel(picture, podWidth, context)
  return [
    { ...pod, dx: podLeft, dy: 0 },
    ...(foreign ? [{ ...foreign, dx: podLeft, dy: pod.height + 16 }] : []),
    { ...nodePanel(picture, nodeWidth, context), dx: nodeLeft, dy: 0 },
  ]
}

function bottomOf(parts: readonly Placed<Block>[]): number {
  return Math.max(0, ...parts.map(({ dy, height }) => dy + height))
}

/** Lines of one pixel are sharp, and as dark as each other, when they lie on pixels. */
function onPixel(y: number): number {
  return Math.floor(y) + 0.5
}

import type { Picture } from './picture.ts'
import type { SceneNode } from './scene.ts'
import { paragraph } from './scene-blocks.ts'
import { cardSize, liveCard } from './scene-card.ts'
import { footer, header, unscanned } from './scene-frame.ts'
import { ghostCard } from './scene-ghost.ts'
import { type LinkEnds, layRails, paintLinks, routeRoom } from './scene-links.ts'
import { foreignPanel, nodePanel, type PanelBlock, podPanel } from './scene-panel.ts'
import { type Point, type SceneContext, TYPE } from './scene-parts.ts'

const MARGIN = 32
const TOP = 24

/** Cards are never narrower: a picture with very many rails gets wider than was wished. */
const LEAST_CARD = 236

/** Places everything: three columns of fixed order, each as high as what stands in it. */
export function layOut(
  picture: Picture,
  wished: number,
  context: SceneContext,
): { width: number; height: number; children: SceneNode[] } {
  const { palette, words, graph } = context
  const middle = [...picture.sections.flatMap(({ namespaces }) => namespaces), ...picture.foreign]
  const room = routeRoom(middle.length, picture.node.length)
  // Narrow pictures take from the panels too, but the names in the cards need the room more.
  const scale = Math.min(1, wished / 1240) ** 0.5
  const podWidth = Math.round(276 * scale)
  const nodeWidth = Math.round(262 * scale)
  const cardWidth = Math.max(LEAST_CARD, wished - MARGIN * 2 - room.gutter - podWidth - room.gap - nodeWidth)
  const cardEdge = MARGIN + cardWidth
  const podLeft = cardEdge + room.gutter
  const nodeLeft = podLeft + podWidth + room.gap
  const width = nodeLeft + nodeWidth + MARGIN
  const inner = width - MARGIN * 2

  const head = header(inner, context)
  const heading = paragraph(
    graph.observation.scanned ? words.columns.own : words.columns.unscanned,
    cardWidth,
    TYPE.column,
    palette.ink,
    { leading: 18, maxLines: 2 },
  )
  const top = TOP + head.height + 18 + Math.max(heading.height + 8, room.above + 8)
  const cards = placeCards(picture, { top, width: cardWidth }, context)
  const panels = placePanels(picture, { top, podLeft, podWidth, nodeLeft, nodeWidth }, context)
  const links = cards.starts.flatMap(({ container, namespace, y }): LinkEnds[] => {
    const to = panels.ends.get(namespace)
    const [from, target] = [context.containers.get(container), context.namespaces.get(namespace)]
    return to && from && target ? [{ container: from, namespace: target, from: [cardEdge, y], to }] : []
  })
  const routes = layRails(middle, picture.node, { x: cardEdge, top, panelWidth: podWidth })
  const foot = footer(inner, picture.foreign.length > 0, context)
  const footTop = Math.max(cards.bottom, panels.bottom) + 24
  return {
    width,
    height: Math.ceil(footTop + foot.height + TOP),
    children: [
      ...head.paint(MARGIN, TOP),
      ...heading.paint(MARGIN, top - 8 - heading.height),
      ...panels.grounds,
      ...cards.nodes,
      ...panels.pills,
      ...paintLinks(links, routes, context),
      ...foot.paint(MARGIN, footTop),
    ],
  }
}

/** The cards below each other, and where links start. */
function placeCards(picture: Picture, place: { top: number; width: number }, context: SceneContext) {
  const size = cardSize(picture.cards, place.width, context)
  const gap = size === 'small' ? 8 : 14
  const nodes: SceneNode[] = []
  const starts: { container: string; namespace: string; y: number }[] = []
  let y = place.top
  for (const card of picture.cards) {
    const { container } = card
    const block =
      container.pid === null ? ghostCard(container, place.width, context) : liveCard(card, place.width, size, context)
    nodes.push(...block.paint(MARGIN, y))
    for (const [namespace, port] of block.ports)
      starts.push({ container: container.key, namespace, y: onPixel(y + port) })
    y += block.height + gap
  }
  return { nodes, starts, bottom: y - gap }
}

/** The panels, and where links end; a notice in their place when nothing was scanned. */
function placePanels(
  picture: Picture,
  place: { top: number; podLeft: number; podWidth: number; nodeLeft: number; nodeWidth: number },
  context: SceneContext,
) {
  const { top, podLeft, podWidth, nodeLeft, nodeWidth } = place
  const grounds: SceneNode[] = []
  const pills: SceneNode[] = []
  const ends = new Map<string, Point>()
  const add = (panel: PanelBlock, x: number, y: number): number => {
    grounds.push(...panel.paint(x, y))
    for (const { namespace, block, ...at } of panel.pills) {
      pills.push(...block.paint(x + at.x, y + at.y))
      ends.set(namespace.key, [x + at.x, onPixel(y + at.y + block.height / 2)])
    }
    return y + panel.height
  }
  if (!context.graph.observation.scanned) {
    const notice = unscanned(nodeLeft + nodeWidth - podLeft, context)
    return { grounds: notice.paint(podLeft, top), pills, ends, bottom: top + notice.height }
  }
  let bottom = add(podPanel(picture, podWidth, context), podLeft, top)
  const foreign = foreignPanel(picture, podWidth, context)
  if (foreign) bottom = add(foreign, podLeft, bottom + 16)
  return { grounds, pills, ends, bottom: Math.max(bottom, add(nodePanel(picture, nodeWidth, context), nodeLeft, top)) }
}

/** Lines of one pixel are sharp, and as dark as each other, when they lie on pixels. */
function onPixel(y: number): number {
  return Math.floor(y) + 0.5
}

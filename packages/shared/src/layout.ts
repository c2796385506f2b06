import type { Picture } from './picture.ts'
import type { SceneNode } from './scene.ts'
import { cardSize, measureCard } from './scene-card.ts'
import { footer, header, unscanned } from './scene-frame.ts'
import { type LinkEnds, paintLinks, planRoutes, RAILS } from './scene-links.ts'
import { foreignPanel, nodePanel, type PanelBlock, podPanel } from './scene-panel.ts'
import { baseline, line, type SceneContext, TYPE } from './scene-parts.ts'

const MARGIN = 32

/** Places everything: three columns of fixed order, each as high as what stands in it. */
export function layOut(
  picture: Picture,
  width: number,
  context: SceneContext,
): { height: number; children: SceneNode[] } {
  const { palette, words, graph } = context
  const inner = width - MARGIN * 2
  const narrow = Math.min(1, (width - 500) / 740)
  const podWidth = Math.round(276 * narrow ** 0.35)
  const nodeWidth = Math.round(262 * narrow ** 0.35)
  const { scanned } = graph.observation

  const head = header(inner, context)
  const middle = [...picture.sections.flatMap(({ namespaces }) => namespaces), ...picture.foreign]
  const top = MARGIN - 8 + head.height + 18 + Math.max(26, picture.node.length * RAILS.node + 20)
  // Routes need to know where the cards end, and the cards how much the routes need: ask once for the size alone.
  const size = planRoutes(middle, picture.node, { x: 0, top, panelWidth: podWidth })
  const cardWidth = inner - size.gutter - podWidth - size.gap - nodeWidth
  const cardEdge = MARGIN + cardWidth
  const routes = planRoutes(middle, picture.node, { x: cardEdge, top, panelWidth: podWidth })
  const podLeft = cardEdge + routes.gutter
  const nodeLeft = podLeft + podWidth + routes.gap

  const look = cardSize(picture.cards, cardWidth, context)
  const links: LinkEnds[] = []
  const cards: SceneNode[] = []
  const starts: { container: string; namespace: string; y: number }[] = []
  let cardTop = top
  for (const card of picture.cards) {
    const block = measureCard(card, cardWidth, look, context)
    cards.push(...block.paint(MARGIN, cardTop))
    for (const [namespace, y] of block.ports) starts.push({ container: card.container.key, namespace, y: cardTop + y })
    cardTop += block.height + (look === 'small' ? 8 : 14)
  }
  const cardsBottom = cardTop - (look === 'small' ? 8 : 14)

  const panels: SceneNode[] = []
  const pills: SceneNode[] = []
  const ends = new Map<string, readonly [number, number]>()
  const place = (panel: PanelBlock, x: number, y: number) => {
    panels.push(...panel.paint(x, y))
    for (const { namespace, block, ...at } of panel.pills) {
      pills.push(...block.paint(x + at.x, y + at.y))
      ends.set(namespace.key, [x + at.x, y + at.y + block.height / 2])
    }
    return y + panel.height
  }
  let panelsBottom = top
  if (scanned) {
    panelsBottom = place(podPanel(picture, podWidth, context), podLeft, top)
    const foreign = foreignPanel(picture, podWidth, context)
    if (foreign) panelsBottom = place(foreign, podLeft, panelsBottom + 16)
    panelsBottom = Math.max(panelsBottom, place(nodePanel(picture, nodeWidth, context), nodeLeft, top))
  } else {
    const notice = unscanned(podWidth + routes.gap + nodeWidth, context)
    panels.push(...notice.paint(podLeft, top))
    panelsBottom = top + notice.height
  }
  for (const { container, namespace, y } of starts) {
    const to = ends.get(namespace)
    const [from, target] = [context.containers.get(container), context.namespaces.get(namespace)]
    if (to && from && target) links.push({ container: from, namespace: target, from: [cardEdge, y], to })
  }

  const foot = footer(inner, picture.foreign.length > 0, context)
  const footTop = Math.max(cardsBottom, panelsBottom) + 24
  return {
    height: Math.ceil(footTop + foot.height + MARGIN - 8),
    children: [
      ...head.paint(MARGIN, MARGIN - 8),
      line(words.columns.own, MARGIN, top - 26 + baseline(18, TYPE.column), TYPE.column, palette.ink),
      ...panels,
      ...cards,
      ...pills,
      ...paintLinks(links, routes, context),
      ...foot.paint(MARGIN, footTop),
    ],
  }
}

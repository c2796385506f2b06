import type { GraphContainer, GraphNamespace } from './graph-types.ts'
import type { SceneGroup, SceneNode } from './scene.ts'
import { linkLabel } from './scene-labels.ts'
import { type Point, roundedLine, type SceneContext } from './scene-parts.ts'
import { DASHES } from './scene-pill.ts'

/** A link's two ends: the right edge of a card and the left edge of a pill. */
export type LinkEnds = { container: GraphContainer; namespace: GraphNamespace; from: Point; to: Point }

/** Room links need: the rails of the pod's namespaces are wide apart, the node's run as one quiet ribbon. */
export const RAILS = { pod: 13, node: 6, margin: 15, radius: 9 }

/**
 * Where the lines run, as on the map of an underground: each namespace has one vertical rail between the cards and
 * the panels, and a link is a short way to the rail, along it, and to the namespace. Thirty links to one namespace
 * are one line with thirty stops. The node's rails lie beside each other in a ribbon that passes above the pod's
 * panel; their order is such that they never cross each other.
 */
export type Routes = {
  /** x of the rail right of the cards, by namespace key. */
  rail: ReadonlyMap<string, number>
  /** The node's only: y of the lane above the pod's panel, x of the rail left of the node's panel, radius of its bends. */
  lane: ReadonlyMap<string, { y: number; x: number; radius: number }>
  /** Room right of the cards, between the panels, and above the panels. */
  gutter: number
  gap: number
  above: number
}

/**
 * @param x right edge of the cards
 * @param top top edge of the panels
 * @param panelsGap left edge of the room between the panels, relative to the end of the gutter
 */
export function planRoutes(
  middle: readonly GraphNamespace[],
  node: readonly GraphNamespace[],
  place: { x: number; top: number; panelWidth: number },
): Routes {
  const ribbon = node.length * RAILS.node
  const railStart = place.x + RAILS.margin + (node.length > 0 ? ribbon + 6 : 0)
  const gutter = railStart - place.x + middle.length * RAILS.pod + RAILS.margin
  const gapStart = place.x + gutter + place.panelWidth + RAILS.margin
  const rail = new Map<string, number>()
  const lane = new Map<string, { y: number; x: number; radius: number }>()
  // The uppermost of the node's namespaces has the outer lane; bends keep one centre.
  for (const [index, { key }] of node.entries()) {
    const inner = node.length - 1 - index
    rail.set(key, place.x + RAILS.margin + index * RAILS.node)
    lane.set(key, {
      y: place.top - 13 - inner * RAILS.node,
      x: gapStart + inner * RAILS.node,
      radius: RAILS.radius + inner * RAILS.node,
    })
  }
  for (const [index, { key }] of middle.entries()) rail.set(key, railStart + index * RAILS.pod)
  return {
    rail,
    lane,
    gutter,
    gap: RAILS.margin * 2 + ribbon,
    above: node.length === 0 ? 0 : 13 + ribbon,
  }
}

/** All links: the node's below, then the ground that lets the pod's pass over them, then the pod's. */
export function paintLinks(links: readonly LinkEnds[], routes: Routes, context: SceneContext): SceneNode[] {
  const isNode = ({ namespace }: LinkEnds) => namespace.scope === 'node'
  const quiet = links.filter(isNode)
  const loud = links.filter((link) => !isNode(link))
  const bridge = loud.map((link) => route(link, routes)).join('')
  return [
    ...quiet.map((link) => paintLink(link, routes, context)),
    ...(bridge && quiet.length > 0
      ? [{ kind: 'path', d: bridge, stroke: context.palette.background, strokeWidth: 6 } as const]
      : []),
    ...loud.map((link) => paintLink(link, routes, context)),
  ]
}

function paintLink(link: LinkEnds, routes: Routes, context: SceneContext): SceneGroup {
  const { palette } = context
  const { container, namespace, from } = link
  const d = route(link, routes)
  const node = namespace.scope === 'node'
  const stroke = node ? palette.nodeLine : palette.types[namespace.id.type].line
  const [cx, cy] = from
  return {
    kind: 'group',
    ref: { kind: 'link', container: container.key, namespace: namespace.key },
    label: linkLabel(container, namespace, context),
    children: [
      {
        kind: 'path',
        d,
        stroke,
        strokeWidth: node ? 1.2 : 2.2,
        ...(namespace.scope === 'own' ? {} : DASHES[namespace.scope]),
      },
      node
        ? { kind: 'circle', cx, cy, r: 3, fill: palette.background, stroke, strokeWidth: 1.2 }
        : { kind: 'circle', cx, cy, r: 4, fill: stroke },
    ],
  }
}

/** From the namespace to the container, so that the dashes of links that run together fall on each other. */
function route({ namespace, from, to }: LinkEnds, { rail, lane }: Routes): string {
  const x = rail.get(namespace.key) as number
  const above = lane.get(namespace.key)
  const points: Point[] = above
    ? [to, [above.x, to[1]], [above.x, above.y], [x, above.y], [x, from[1]], from]
    : [to, [x, to[1]], [x, from[1]], from]
  const { radius } = RAILS
  return roundedLine(points, above ? [radius, above.radius, above.radius, radius] : [radius, radius])
}

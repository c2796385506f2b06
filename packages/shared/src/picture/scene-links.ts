import type { GraphContainer, GraphNamespace } from '../graph/graph-types.ts'
import type { SceneGroup, SceneNode } from './scene.ts'
import { linkLabel } from './scene-labels.ts'
import { type Point, roundedLine, type SceneContext } from './scene-parts.ts'
import { DASHES } from './scene-pill.ts'

/** A link's two ends: the right edge of a card and the left edge of a pill. */
export type LinkEnds = { container: GraphContainer; namespace: GraphNamespace; from: Point; to: Point }

/** Pixels between rails, and around them. The rails of the pod's namespaces are wide apart; the node's are one quiet ribbon. */
const RAIL = { pod: 13, node: 6, margin: 15, apart: 8, above: 13, radius: 9 }

/**
 * Where the lines run, as on the map of an underground: each namespace has one upright rail between the cards and
 * the panels, and a link is a short way to the rail, along it, and to the namespace. Thirty links to one namespace
 * are one line with thirty stops. The node's rails lie beside each other in a ribbon that passes above the pod's
 * panel; their order is such that they never cross each other.
 */
export type Routes = {
  /** x of the rail right of the cards, by namespace key. */
  rail: ReadonlyMap<string, number>
  /** The node's only: y of the lane above the pod's panel, x of the rail left of the node's panel, radius of its bends. */
  lane: ReadonlyMap<string, { y: number; x: number; radius: number }>
  /** x where the pod's panel begins: links pass under no line from there on. */
  panelEdge: number
}

/** Room the routes need: right of the cards, between the panels, above the panels. */
export function routeRoom(pod: number, node: number): { gutter: number; gap: number; above: number } {
  const ribbon = node * RAIL.node
  return {
    gutter: RAIL.margin * 2 + ribbon + (node > 0 ? RAIL.apart : 0) + pod * RAIL.pod,
    gap: RAIL.margin * 2 + ribbon,
    above: node === 0 ? 0 : RAIL.above + ribbon,
  }
}

/**
 * Lays the rails.
 * @param pod what stands in the middle, from the top
 * @param node what stands at the right, from the top
 * @param place the right edge of the cards, the top of the panels, the width of the middle panel
 */
export function layRails(
  pod: readonly GraphNamespace[],
  node: readonly GraphNamespace[],
  place: { x: number; top: number; panelWidth: number },
): Routes {
  const { gutter } = routeRoom(pod.length, node.length)
  const panelEdge = place.x + gutter
  const podStart = panelEdge - RAIL.margin - pod.length * RAIL.pod + RAIL.pod / 2
  const gapStart = panelEdge + place.panelWidth + RAIL.margin
  const rail = new Map(pod.map(({ key }, index) => [key, podStart + index * RAIL.pod]))
  const lane = new Map<string, { y: number; x: number; radius: number }>()
  for (const [index, { key }] of node.entries()) {
    // The uppermost of the node's namespaces has the outermost lane, and the bends of a ribbon have one centre.
    const inner = (node.length - 1 - index) * RAIL.node
    rail.set(key, place.x + RAIL.margin + index * RAIL.node + 0.5)
    lane.set(key, { y: place.top - RAIL.above - inner + 0.5, x: gapStart + inner + 0.5, radius: RAIL.radius + inner })
  }
  return { rail, lane, panelEdge }
}

/** All links: the node's below, then a strip of ground that lets the pod's pass over them, then the pod's. */
export function paintLinks(links: readonly LinkEnds[], routes: Routes, context: SceneContext): SceneNode[] {
  const isNodes = ({ namespace }: LinkEnds) => namespace.scope === 'node'
  const quiet = links.filter(isNodes)
  const loud = links.filter((link) => !isNodes(link))
  const bridges = loud.map((link) => route({ ...link, to: [routes.panelEdge - 2, link.to[1]] }, routes))
  const ground = { kind: 'path', d: bridges.join(''), stroke: context.palette.background, strokeWidth: 6 } as const
  return [
    ...quiet.map((link) => paintLink(link, routes, context)),
    ...(quiet.length > 0 && loud.length > 0 && !context.options.transparent ? [ground] : []),
    ...loud.map((link) => paintLink(link, routes, context)),
  ]
}

function paintLink(link: LinkEnds, routes: Routes, context: SceneContext): SceneGroup {
  const { palette, options } = context
  const { container, namespace, from } = link
  const [cx, cy] = from
  const d = route(link, routes)
  const nodes = namespace.scope === 'node'
  const stroke = nodes ? palette.nodeLine : palette.types[namespace.id.type].line
  const dash = namespace.scope === 'own' ? {} : DASHES[namespace.scope]
  const halo = { kind: 'path', d, stroke: palette.warn.line, strokeWidth: 7, strokeOpacity: 0.4 } as const
  return {
    kind: 'group',
    ref: { kind: 'link', container: container.key, namespace: namespace.key },
    label: linkLabel(container, namespace, context),
    children: [
      ...(isWarnedOf(container.key, namespace.key, context) ? [halo] : []),
      { kind: 'path', d, stroke, strokeWidth: nodes ? 1 : 2.2, ...dash },
      nodes
        ? {
            kind: 'circle',
            cx,
            cy,
            r: 3,
            fill: options.transparent ? palette.surface : palette.background,
            stroke,
            strokeWidth: 1.2,
          }
        : { kind: 'circle', cx, cy, r: 4, fill: stroke },
    ],
  }
}

/** Does a warning speak of this container in this namespace? */
export function isWarnedOf(container: string, namespace: string, { graph }: SceneContext): boolean {
  return graph.findings.some(
    ({ severity, about }) => severity === 'warning' && about.includes(container) && about.includes(namespace),
  )
}

/** From the namespace to the container, so that the dashes of links that run together fall on each other. */
function route({ namespace, from, to }: LinkEnds, { rail, lane }: Routes): string {
  const x = rail.get(namespace.key) as number
  const above = lane.get(namespace.key)
  const { radius } = RAIL
  if (!above) return roundedLine([to, [x, to[1]], [x, from[1]], from], [radius, radius])
  const points: Point[] = [to, [above.x, to[1]], [above.x, above.y], [x, above.y], [x, from[1]], from]
  return roundedLine(points, [radius, above.radius, above.radius, radius])
}

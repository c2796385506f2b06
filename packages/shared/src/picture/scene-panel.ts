import type { GraphNamespace } from '../graph/graph-types.ts'
import type { Picture, PictureSection } from './picture.ts'
import type { SceneNode } from './scene.ts'
import { type Block, paragraph } from './scene-blocks.ts'
import { holderNote, holderText, isNodeKnown, outsideHolderText } from './scene-labels.ts'
import { baseline, line, type SceneContext, TYPE } from './scene-parts.ts'
import { DASHES, panelPill, pillTextRoom } from './scene-pill.ts'
import { fitText } from './text-metrics.ts'

/** A panel's ground and texts; its pills are painted apart, because links run between. */
export type PanelBlock = Block & {
  /** The pills' places relative to the panel's corner, from the top. */
  pills: readonly { namespace: GraphNamespace; x: number; y: number; block: Block }[]
}

type Look = keyof typeof DASHES
/** A panel's content from the top: texts, and pills of namespaces; `before` is the space above. */
type Part = { block: Block; namespace: GraphNamespace | null; before: number }

const PAD = 16
/** More pins of one namespace than this are not listed in the picture. */
const MOST_PINS = 2

/** What the pod's containers share, in sections by what holds it. */
export function podPanel(picture: Picture, width: number, context: SceneContext): PanelBlock {
  const parts = picture.sections.flatMap((section, index) => [
    ...(index === 0 ? [] : [rule(width, context)]),
    ...sectionParts(section, width, context),
  ])
  const shown = parts.length > 0 ? parts : [note(nothingShared(context), width, context)]
  return panel(context.words.columns.pod, shown, width, 'pod', context)
}

/** Why nothing is drawn that the pod's containers share. */
export function nothingShared({ graph, words }: SceneContext): string {
  if (graph.isolation) return words.sharedInside(graph.isolation.runtime)
  return graph.containers.some(({ pid }) => pid !== null) ? words.nothingShared : words.nothingAlive
}

function sectionParts({ holder, namespaces }: PictureSection, width: number, context: SceneContext): Part[] {
  const { palette } = context
  const heading = paragraph(holderText(holder, context), width - PAD * 2, TYPE.strong, palette.ink2, {
    leading: 17,
    maxLines: 3,
  })
  const said = holderNote(holder, context)
  return [
    { block: heading, namespace: null, before: 6 },
    ...namespaces.map((namespace) => pill(namespace, width, 'pod', context)),
    ...(said ? [note(said, width, context, 10)] : []),
  ]
}

/** What reaches beyond the pod without being the node's; null when there is nothing of that kind. */
export function foreignPanel(picture: Picture, width: number, context: SceneContext): PanelBlock | null {
  if (picture.foreign.length === 0) return null
  const pills = picture.foreign.map((namespace) => pill(namespace, width, 'foreign', context))
  const said = note(foreignNote(picture, context), width, context)
  return panel(context.words.columns.foreign, [said, ...pills], width, 'foreign', context)
}

/** What it means that a namespace reaches beyond the pod. */
export function foreignNote({ foreign }: Picture, context: SceneContext): string {
  const isKnown = foreign.every(({ id }) => isNodeKnown(id.type, context))
  return isKnown ? context.words.foreignNote : context.words.foreignNoteUnsure
}

/** The node's namespaces that a container of the pod is in, and who else is. */
export function nodePanel(picture: Picture, width: number, context: SceneContext): PanelBlock {
  const pills = picture.node.map((namespace) => pill(namespace, width, 'node', context))
  const said = note(nodeNote(picture, context), width, context)
  return panel(context.words.columns.node, [said, ...pills], width, 'node', context)
}

/** Whose the node's namespaces are, or why none is drawn. */
export function nodeNote(picture: Picture, { graph, words }: SceneContext): string {
  const { node, baseline } = graph.observation
  if (Object.keys(baseline).length === 0) return words.nodeUnknown
  if (picture.node.length === 0) return words.nothingOfNode
  const name = node.hostname ?? node.name
  return graph.gaps.some(({ code }) => code === 'baseline-lent') ? words.nodeNoteLent(name) : words.nodeNote(name)
}

function note(text: string, width: number, { palette }: SceneContext, before = 5): Part {
  return { block: paragraph(text, width - PAD * 2, TYPE.small, palette.ink3, { maxLines: 4 }), namespace: null, before }
}

/** A hair line between two sections. */
function rule(width: number, { palette }: SceneContext): Part {
  const room = width - PAD * 2
  const paint = (x: number, y: number): SceneNode[] => [
    { kind: 'path', d: `M${x} ${y + 0.5}H${x + room}`, stroke: palette.panelLine, strokeWidth: 1 },
  ]
  return { block: { width: room, height: 8, paint }, namespace: null, before: 12 }
}

function pill(namespace: GraphNamespace, width: number, look: Look, context: SceneContext): Part {
  return { block: toldPill(namespace, width - PAD * 2, look, context), namespace, before: 10 }
}

/** A namespace with all that is to be said of it. */
export function toldPill(
  namespace: GraphNamespace,
  width: number,
  look: Look,
  context: SceneContext,
  options: { letter?: string | undefined; least?: number } = {},
): Block {
  const { palette, words } = context
  const room = pillTextRoom(width)
  const { holder } = namespace
  const told = toldOf(namespace, look, context)
  const pins = holder === null ? [] : holder.kind === 'pin' ? holder.paths : holder.pins
  const lines = holder?.kind !== 'pin' && pins.length > 0 ? [...told, words.alsoPinned] : told
  const details = [
    ...lines.map((text) => paragraph(text, room, TYPE.small, palette.ink3, { maxLines: 3, leading: 15 })),
    ...pins.slice(0, MOST_PINS).map((path) => pinLine(path, room, context)),
  ]
  return panelPill(namespace, width, details, look, context, options)
}

/** Facts, then who else is in it: others of the node, or not all of the pod. */
function toldOf(namespace: GraphNamespace, look: Look, context: SceneContext): string[] {
  const { graph, words } = context
  const { census, facts, id, members } = namespace
  const known = facts.map((fact) => words.fact(id.type, fact))
  if (look === 'pod') {
    const alive = graph.containers.filter(({ pid }) => pid !== null).length
    return members.length < alive ? [...known, words.someMembers(members.length, alive)] : known
  }
  const outside = census?.outside
  const others = outside && outside.processes > 0 ? words.others(outside.processes, outside.podCount) : []
  return [...(look === 'foreign' ? [outsideHolderText(namespace, context)] : []), ...known, ...others]
}

/** A path on one line: its start says what it is, its end which. */
function pinLine(path: string, room: number, { palette }: SceneContext): Block {
  const fitted = fitText(path, room, TYPE.path)
  return {
    width: room,
    height: 15,
    paint: (x, y) => [line(fitted, x, y + baseline(15, TYPE.path), TYPE.path, palette.ink3)],
  }
}

function panel(heading: string, parts: readonly Part[], width: number, look: Look, context: SceneContext): PanelBlock {
  const title = paragraph(heading, width - PAD * 2, TYPE.column, context.palette.ink, { leading: 18 })
  const pills: { namespace: GraphNamespace; x: number; y: number; block: Block }[] = []
  const texts = [{ y: 14, block: title }]
  let y = 14 + title.height
  for (const { block, namespace, before } of parts) {
    y += before
    if (namespace === null) texts.push({ y, block })
    else pills.push({ namespace, x: PAD, y, block })
    y += block.height
  }
  const height = y + PAD
  return {
    width,
    height,
    pills,
    paint: (left, top) => [
      panelGround(left, top, width, height, look, context),
      ...texts.flatMap((text) => text.block.paint(left + PAD, top + text.y)),
    ],
  }
}

/** The box of what is the pod's, the node's, or reaches beyond the pod. */
export function panelGround(
  x: number,
  y: number,
  width: number,
  height: number,
  look: Look,
  { palette }: SceneContext,
): SceneNode {
  const paint = {
    pod: { fill: palette.tint, stroke: palette.panelLine },
    foreign: { fill: palette.surface, stroke: palette.nodeLine, ...DASHES.foreign },
    node: { fill: palette.quiet, stroke: palette.nodeLine, dash: '6 5' },
  }[look]
  return { kind: 'rect', x, y, width, height, rx: 14, strokeWidth: 1.3, ...paint }
}

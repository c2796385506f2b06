import type { GraphNamespace } from './graph-types.ts'
import type { Picture } from './picture.ts'
import type { SceneNode } from './scene.ts'
import { holderNote, holderText } from './scene-labels.ts'
import { type Block, paragraph, type SceneContext, TYPE } from './scene-parts.ts'
import { DASHES, panelPill } from './scene-pill.ts'

/** A panel of namespaces; the pills are painted apart from their ground, because links run between. */
export type PanelBlock = Block & {
  /** Place of each pill relative to the panel's corner, in order from the top. */
  pills: readonly { namespace: GraphNamespace; x: number; y: number; block: Block }[]
}

type Look = 'pod' | 'node' | 'foreign'
type Part = { text: Block } | { namespace: GraphNamespace; details: readonly string[] }

const PAD = 16

/** What the pod's containers share, in sections by what holds it. */
export function podPanel(picture: Picture, width: number, context: SceneContext): PanelBlock {
  const { palette, words, graph } = context
  const alive = graph.containers.filter(({ pid }) => pid !== null).length
  const room = width - PAD * 2
  const parts: Part[] = [{ text: title(words.columns.pod, room, context) }]
  for (const { holder, namespaces } of picture.sections) {
    parts.push({ text: paragraph(holderText(holder, context), room, TYPE.strong, palette.ink2, { maxLines: 3 }) })
    for (const namespace of namespaces) {
      const some = namespace.members.length < alive ? [words.someMembers(namespace.members.length, alive)] : []
      const pins = holder && 'pins' in holder ? pinsOf(namespace) : pinsOf(namespace)
      parts.push({ namespace, details: [...namespace.facts, ...some, ...pins.map(words.pinnedAt)] })
    }
    const note = holderNote(holder, context)
    if (note) parts.push({ text: paragraph(note, room, TYPE.small, palette.ink3) })
  }
  if (picture.sections.length === 0) {
    const nothing = alive === 0 ? words.nothingAlive : words.nothingShared
    parts.push({ text: paragraph(nothing, room, TYPE.small, palette.ink3) })
  }
  return panel(parts, width, 'pod', context)
}

/** What reaches beyond the pod without being the node's; null when there is nothing of that kind. */
export function foreignPanel(picture: Picture, width: number, context: SceneContext): PanelBlock | null {
  if (picture.foreign.length === 0) return null
  const { palette, words } = context
  const room = width - PAD * 2
  const parts: Part[] = [
    { text: title(words.columns.foreign, room, context) },
    { text: paragraph(words.foreignNote, room, TYPE.small, palette.ink3) },
    ...picture.foreign.map((namespace) => ({
      namespace,
      details: [holderText(namespace.holder, context), ...namespace.facts, ...others(namespace, context)],
    })),
  ]
  return panel(parts, width, 'foreign', context)
}

/** The node's namespaces that a container of the pod is in, and who else is. */
export function nodePanel(picture: Picture, width: number, context: SceneContext): PanelBlock {
  const { palette, words, graph } = context
  const room = width - PAD * 2
  const { hostname, name } = graph.observation.node
  const note = picture.node.length === 0 ? words.nothingOfNode : words.nodeNote(hostname ?? name)
  const parts: Part[] = [
    { text: title(words.columns.node, room, context) },
    { text: paragraph(note, room, TYPE.small, palette.ink3, { maxLines: 4 }) },
    ...picture.node.map((namespace) => ({ namespace, details: [...namespace.facts, ...others(namespace, context)] })),
  ]
  return panel(parts, width, 'node', context)
}

function title(text: string, room: number, { palette }: SceneContext): Block {
  return paragraph(text, room, TYPE.column, palette.ink, { leading: 18 })
}

function others({ census }: GraphNamespace, { words }: SceneContext): string[] {
  if (!census || census.outside.processes === 0) return []
  return [words.others(census.outside.processes, census.outside.podCount)]
}

function pinsOf({ holder }: GraphNamespace): readonly string[] {
  if (holder === null) return []
  return holder.kind === 'pin' ? holder.paths : holder.pins
}

function panel(parts: readonly Part[], width: number, look: Look, context: SceneContext): PanelBlock {
  const pills: { namespace: GraphNamespace; x: number; y: number; block: Block }[] = []
  const texts: { y: number; block: Block }[] = []
  let y = 14
  let before: 'none' | 'text' | 'pill' = 'none'
  for (const part of parts) {
    if ('text' in part) {
      if (before === 'pill') y += 12
      if (before === 'text') y += 5
      texts.push({ y, block: part.text })
      y += part.text.height
      before = 'text'
    } else {
      y += before === 'pill' ? 10 : 11
      const block = panelPill(part.namespace, width - PAD * 2, part.details, look, context)
      pills.push({ namespace: part.namespace, x: PAD, y, block })
      y += block.height
      before = 'pill'
    }
  }
  const height = y + PAD
  return {
    width,
    height,
    pills,
    paint: (left, top) => [
      ground(left, top, width, height, look, context),
      ...texts.flatMap((text) => text.block.paint(left + PAD, top + text.y)),
    ],
  }
}

function ground(x: number, y: number, width: number, height: number, look: Look, { palette }: SceneContext): SceneNode {
  const paint = {
    pod: { fill: palette.tint, stroke: palette.panelLine },
    foreign: { fill: palette.surface, stroke: palette.nodeLine },
    node: { fill: palette.quiet, stroke: palette.nodeLine },
  }[look]
  return {
    kind: 'rect',
    x,
    y,
    width,
    height,
    rx: 14,
    strokeWidth: 1.3,
    ...paint,
    ...(look === 'node' ? { dash: '6 5' } : DASHES[look]),
  }
}

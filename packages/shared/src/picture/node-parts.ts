import type { NodeGraph, NodeGraphPod, NodeMark } from '../graph/node-graph-types.ts'
import type { NamespaceType } from '../model/namespace-type.ts'
import { type Palette, TAG_OPACITY } from './palette.ts'
import type { NodePictureOptions } from './picture-options.ts'
import type { SceneNode, SceneRef } from './scene.ts'
import { type Block, besideEachOther, paragraph, stack } from './scene-blocks.ts'
import { baseline, line, type Mark, TYPE } from './scene-parts.ts'
import { DASHES, leftPart, strokeIcon } from './scene-pill.ts'
import { fitText } from './text-metrics.ts'
import type { NodeWords } from './words/node-en.ts'

/** What every part of a node's picture is drawn with. */
export type NodeContext = {
  graph: NodeGraph
  options: NodePictureOptions
  palette: Palette
  words: NodeWords
  /** The findings about a pod, by its key. */
  badges: ReadonlyMap<string, readonly Mark[]>
}

/** The order of the pod's picture: what a pod is known for comes first. */
export const NODE_TYPE_ORDER: readonly NamespaceType[] = ['net', 'uts', 'ipc', 'pid', 'user', 'mnt', 'cgroup', 'time']

type Look = { fill: string; stroke: string; strokeWidth: number; dash?: string; ink: string }

/** Filled: one for the pod. Outlined: one for each container. Dashed: the node's. Dotted: beyond the pod. */
function markLook(scope: NodeMark[number], type: NamespaceType, palette: Palette): Look {
  const colour = palette.types[type].line
  switch (scope) {
    case 'pod':
      return { fill: colour, stroke: colour, strokeWidth: 1.2, ink: palette.surface }
    case 'own':
      return { fill: palette.surface, stroke: colour, strokeWidth: 1.4, ink: palette.types[type].text }
    case 'foreign':
      return {
        fill: palette.surface,
        stroke: colour,
        strokeWidth: 1.6,
        ink: palette.types[type].text,
        ...DASHES.foreign,
      }
    case 'node':
      return { fill: palette.quiet, stroke: palette.nodeLine, strokeWidth: 1.2, ink: palette.ink3, dash: '3 2.5' }
  }
}

/** The mark of one type: as many parts as there are places, a short line when there is none. */
export function paintMark(
  type: NamespaceType,
  mark: NodeMark,
  box: { x: number; y: number; width: number; height: number },
  icon: number,
  palette: Palette,
): SceneNode[] {
  const { x, y, width, height } = box
  if (mark.length === 0) {
    const middle = Math.floor(y + height / 2) + 0.5
    return [
      {
        kind: 'path',
        d: `M${x + width / 4} ${middle}H${x + (width * 3) / 4}`,
        stroke: palette.nodeLine,
        strokeWidth: 1,
      },
    ]
  }
  const part = (width - (mark.length - 1) * 2) / mark.length
  const shapes = mark.map((scope, index): SceneNode => {
    const { ink: _, ...paint } = markLook(scope, type, palette)
    return { kind: 'rect', x: x + index * (part + 2), y, width: part, height, rx: Math.min(4, height / 4), ...paint }
  })
  if (icon === 0 || mark.length > 1) return shapes
  const { ink } = markLook(mark[0] as NodeMark[number], type, palette)
  return [...shapes, strokeIcon(type, x + (width - icon) / 2, y + (height - icon) / 2, icon, ink)]
}

const TAG = { width: 62, icon: 15, pad: 10 }

/** A block with a frame around it, which can be made higher: in a row all frames are as high as the highest. */
export type Framed = Block & { higher: (height: number) => Framed }

function framed(width: number, height: number, paint: (x: number, y: number, height: number) => SceneNode[]): Framed {
  return {
    width,
    height,
    paint: (x, y) => paint(x, y, height),
    higher: (wished) => framed(width, Math.max(height, wished), paint),
  }
}

/** A namespace with what is told of it: its type at the left, inode and lines at the right. */
export function nodePill(
  {
    type,
    inode,
    told,
    look,
    ref,
    label,
  }: {
    type: NamespaceType
    /** Null: not known. */
    inode: number | null
    told: readonly string[]
    look: 'node' | 'pod' | 'foreign'
    ref: SceneRef | null
    label: string
  },
  width: number,
  palette: Palette,
): Framed {
  const room = width - TAG.width - TAG.pad * 2
  const number = inode === null ? [] : [oneLine(String(inode), room, TYPE.inode, palette.ink, 18)]
  const text = stack([...number, ...told.map((each) => oneLine(each, room, TYPE.small, palette.ink3, 16))], 0)
  const quiet = look === 'node'
  const stroke = quiet ? palette.nodeLine : palette.types[type].line
  const ink = quiet ? palette.ink2 : palette.types[type].text
  return framed(width, Math.max(46, text.height + 14), (x, y, height) => {
    const top = y + (height - TAG.icon - 16) / 2
    const fill = quiet ? palette.quiet : palette.surface
    return [
      {
        kind: 'group',
        ref,
        label,
        children: [
          { kind: 'rect', x, y, width, height, rx: 9, fill, stroke, strokeWidth: 1.3, ...DASHES[look] },
          { kind: 'path', d: leftPart(x, y, TAG.width, height, 9), fill: stroke, fillOpacity: TAG_OPACITY },
          strokeIcon(type, x + (TAG.width - TAG.icon) / 2, top, TAG.icon, ink),
          line(type, x + TAG.width / 2, top + TAG.icon + baseline(17, TYPE.tag), TYPE.tag, ink, 'middle'),
          ...text.paint(x + TAG.width + TAG.pad, y + (height - text.height) / 2),
        ],
      },
    ]
  })
}

/** A text on one line, shortened in the middle. */
function oneLine(
  text: string,
  width: number,
  style: (typeof TYPE)[keyof typeof TYPE],
  fill: string,
  leading: number,
): Block {
  const fitted = fitText(text, width, style)
  return { width, height: leading, paint: (x, y) => [line(fitted, x, y + baseline(leading, style), style, fill)] }
}

/** Blocks of one width in columns, row by row; each row, and each frame in it, as high as its highest. */
export function grid(blocks: readonly (Block | Framed)[], columns: number, gap: { x: number; y: number }): Block {
  const rows: Block[] = []
  for (let start = 0; start < blocks.length; start += columns) {
    const row = blocks.slice(start, start + columns)
    const height = Math.max(...row.map((block) => block.height))
    rows.push(
      besideEachOther(
        row.map((block) => ('higher' in block ? block.higher(height) : block)),
        gap.x,
      ),
    )
  }
  return stack(rows, gap.y)
}

/** A band, and whether it is small enough for half of the width. */
export type BandDraft = { isSmall: (half: number) => boolean; draw: (width: number) => Framed }

/** Bands below each other, two small ones that follow each other in one row. */
export function bandRows(drafts: readonly BandDraft[], width: number): Block[] {
  const gap = 14
  const half = Math.floor((width - gap) / 2)
  const hasRoom = half >= LEAST_HALF
  const rows: BandDraft[][] = []
  for (const draft of drafts) {
    const last = rows.at(-1)
    const isBeside = hasRoom && last?.length === 1 && last.every((each) => each.isSmall(half)) && draft.isSmall(half)
    if (isBeside) last.push(draft)
    else rows.push([draft])
  }
  return rows.map((row) =>
    grid(
      row.map((draft) => draft.draw(row.length === 1 ? width : half)),
      2,
      { x: gap, y: 0 },
    ),
  )
}

const BAND_PAD = 16
/** Narrower bands stand below each other. */
const LEAST_HALF = 300

export type BandLook = 'node' | 'pod' | 'plain' | 'warn'

/** A band of the picture: a ground with a heading, a word at its right, a note, and blocks below each other. */
export function band(
  head: { title: string; aside?: string; note: string },
  content: readonly Block[],
  width: number,
  look: BandLook,
  palette: Palette,
): Framed {
  const room = bandRoom(width)
  const aside = head.aside ?? ''
  const asideRoom = aside === '' ? 0 : 110
  const title = paragraph(head.title, room - asideRoom, TYPE.column, palette.ink, { leading: 18, maxLines: 3 })
  const note = paragraph(head.note, room, TYPE.small, palette.ink3, { leading: 16, maxLines: 4 })
  const body = stack([title, note, ...content.map((block) => below(block, 6))], 4)
  return framed(width, body.height + BAND_PAD * 2 - 4, (x, y, height) => [
    { kind: 'rect', x, y, width, height, rx: 14, strokeWidth: 1.3, ...bandPaint(look, palette) },
    ...body.paint(x + BAND_PAD, y + BAND_PAD - 2),
    ...(aside === ''
      ? []
      : [
          line(aside, x + width - BAND_PAD, y + BAND_PAD - 2 + baseline(18, TYPE.body), TYPE.body, palette.ink2, 'end'),
        ]),
  ])
}

/** How wide the content of a band may be. */
export function bandRoom(width: number): number {
  return width - BAND_PAD * 2
}

/** The same block with room above it. */
function below(block: Block, space: number): Block {
  if (block.height === 0) return block
  return { width: block.width, height: block.height + space, paint: (x, y) => block.paint(x, y + space) }
}

function bandPaint(look: BandLook, palette: Palette): { fill: string; stroke: string; dash?: string } {
  switch (look) {
    case 'node':
      return { fill: palette.quiet, stroke: palette.nodeLine, dash: '6 5' }
    case 'pod':
      return { fill: palette.tint, stroke: palette.panelLine }
    case 'plain':
      return { fill: palette.surface, stroke: palette.cardLine }
    case 'warn':
      return { fill: palette.warn.ground, stroke: palette.warn.line }
  }
}

/** `net, uts and ipc: the pod's`, for the accessible name of a tile. */
export function placesOf(marks: NodeGraphPod['marks']): [NamespaceType[], NodeMark][] {
  const places = new Map<string, [NamespaceType[], NodeMark]>()
  for (const type of NODE_TYPE_ORDER) {
    const mark = marks[type]
    if (mark.length === 0) continue
    const found = places.get(mark.join())
    if (found) found[0].push(type)
    else places.set(mark.join(), [[type], mark])
  }
  return [...places.values()]
}

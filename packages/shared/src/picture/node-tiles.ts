import type { NodeGraphPod, NodeGroup } from '../graph/node-graph-types.ts'
import {
  type BandDraft,
  type BandLook,
  band,
  bandRoom,
  type Framed,
  grid,
  NODE_TYPE_ORDER,
  type NodeContext,
  paintMark,
  placesOf,
} from './node-parts.ts'
import { groupNote, groupTitle, placeText, podLabel, podStatus } from './node-told.ts'
import type { SceneNode } from './scene.ts'
import { badges } from './scene-badges.ts'
import { type Block, flow } from './scene-blocks.ts'
import { baseline, line, TYPE } from './scene-parts.ts'
import { strokeIcon } from './scene-pill.ts'
import { fitText, textWidth } from './text-metrics.ts'

/** How much of a pod is drawn: by how many there are, so that all of them can be taken in. */
export type TileSize = 'normal' | 'dense' | 'tiny'

const SIZES = {
  normal: { height: 76, least: 236, gap: 10, mark: { width: 23, height: 20, icon: 13, gap: 4 } },
  dense: { height: 43, least: 168, gap: 7, mark: { width: 14, height: 10, icon: 0, gap: 4 } },
  tiny: { height: 24, least: 132, gap: 5, mark: null },
} as const

export function tileSize(pods: number): TileSize {
  return pods <= 40 ? 'normal' : pods <= 200 ? 'dense' : 'tiny'
}

/** The groups of pods. */
export function groupBands(groups: readonly NodeGroup[], size: TileSize, context: NodeContext): BandDraft[] {
  return groups.map((group) => ({
    isSmall: (half) => group.pods.length <= columnsOf(half, size) * 2,
    draw: (width) => groupBand(group, width, size, context),
  }))
}

function columnsOf(width: number, size: TileSize): number {
  const { least, gap } = SIZES[size]
  return Math.max(1, Math.floor((bandRoom(width) + gap) / (least + gap)))
}

const LOOKS: Record<NodeGroup['kind'], BandLook> = {
  node: 'node',
  pattern: 'pod',
  isolated: 'plain',
  unnamed: 'plain',
  container: 'plain',
  unread: 'warn',
  silent: 'plain',
}

function groupBand(group: NodeGroup, width: number, size: TileSize, context: NodeContext): Framed {
  const { palette, words } = context
  const { gap } = SIZES[size]
  const columns = columnsOf(width, size)
  const tileWidth = Math.floor((bandRoom(width) + gap) / columns) - gap
  const tiles = group.pods.map((pod) => tile(pod, tileWidth, size, context))
  const head = {
    title: groupTitle(group, NODE_TYPE_ORDER, words),
    aside:
      group.kind === 'container' ? words.group.containers(group.pods.length) : words.subtitle.pods(group.pods.length),
    note: groupNote(group, NODE_TYPE_ORDER, words),
  }
  const isKnown = NODE_TYPE_ORDER.some((type) => group.marks[type].length > 0)
  // Small tiles have no icons: the head tells which mark is which.
  const named = isKnown && size !== 'normal' ? [namedMarks(group, bandRoom(width), context)] : []
  return band(head, [...named, grid(tiles, columns, { x: gap, y: gap })], width, LOOKS[group.kind], palette)
}

/** The eight marks of a group with their names, in the order the tiles have them. */
function namedMarks({ marks }: NodeGroup, room: number, { palette }: NodeContext): Block {
  const mark = { width: 18, height: 12 }
  const blocks = NODE_TYPE_ORDER.map((type): Block => {
    const icon = 13
    const width = mark.width + 5 + icon + 4 + Math.ceil(textWidth(type, TYPE.tagSmall)) + 10
    return {
      width,
      height: 18,
      paint: (x, y) => [
        ...paintMark(type, marks[type], { x, y: y + 3, ...mark }, 0, palette),
        strokeIcon(type, x + mark.width + 5, y + 2.5, icon, palette.types[type].text),
        line(type, x + mark.width + 9 + icon, y + baseline(18, TYPE.tagSmall), TYPE.tagSmall, palette.types[type].text),
      ],
    }
  })
  return flow(blocks, room, 4)
}

function tile(pod: NodeGraphPod, width: number, size: TileSize, context: NodeContext): Block {
  const { palette } = context
  const { height } = SIZES[size]
  const marks = context.badges.get(pod.key) ?? []
  const signs = badges(marks, palette)
  return {
    width,
    height,
    paint: (x, y) => [
      {
        kind: 'group',
        ref: { kind: 'pod', key: pod.key },
        label: tileLabel(pod, context),
        children: [
          {
            kind: 'rect',
            x,
            y,
            width,
            height,
            rx: size === 'tiny' ? 5 : 8,
            fill: palette.surface,
            stroke: palette.cardLine,
            strokeWidth: 1.2,
          },
          ...inside(pod, { x, y, width, taken: signs.width }, size, context),
          ...signs.paint(x + width - signs.width - 1, y + (size === 'tiny' ? 2 : 4)),
        ],
      },
    ],
  }
}

function inside(
  pod: NodeGraphPod,
  { x, y, width, taken }: { x: number; y: number; width: number; taken: number },
  size: TileSize,
  { palette, words }: NodeContext,
): SceneNode[] {
  const pad = size === 'normal' ? 12 : 8
  const room = width - pad * 2 - (taken === 0 ? 0 : taken - pad + 4)
  if (size === 'tiny') {
    return [line(fitText(pod.name, room, TYPE.small), x + pad, y + baseline(24, TYPE.small), TYPE.small, palette.ink)]
  }
  const { mark } = SIZES[size]
  const paintMarks = (top: number) => {
    if (pod.isolation) {
      const said = fitText(words.behind(pod.isolation.runtime), width - pad * 2, TYPE.small)
      return [line(said, x + pad, top + baseline(mark.height, TYPE.small), TYPE.small, palette.ink3)]
    }
    return NODE_TYPE_ORDER.flatMap((type, index) => {
      const left = x + pad + index * (mark.width + mark.gap)
      return paintMark(type, pod.marks[type], { x: left, y: top, ...mark }, mark.icon, palette)
    })
  }
  if (size === 'dense') {
    const name = fitText(pod.name, room, TYPE.small)
    return [line(name, x + pad, y + 4 + baseline(20, TYPE.small), TYPE.small, palette.ink), ...paintMarks(y + 26)]
  }
  const status = podStatus(pod, words, (text) => textWidth(text, TYPE.small) <= width - pad * 2)
  return [
    line(fitText(pod.name, room, TYPE.strong), x + pad, y + 6 + baseline(18, TYPE.strong), TYPE.strong, palette.ink),
    line(
      fitText(status, width - pad * 2, TYPE.small),
      x + pad,
      y + 25 + baseline(15, TYPE.small),
      TYPE.small,
      palette.ink3,
    ),
    ...paintMarks(y + 48),
  ]
}

function tileLabel(pod: NodeGraphPod, { badges, words }: NodeContext): string {
  const { label } = words
  const places = placesOf(pod.marks).map(([types, mark]) => label.marks(types, placeText(mark, words)))
  const inside = pod.inside.length > 0 ? [label.inside(pod.inside)] : []
  const findings = (badges.get(pod.key) ?? []).map(({ number }) => label.finding(number))
  return [...podLabel(pod, words), ...places, ...inside, ...findings].join(', ')
}

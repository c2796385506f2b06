import type { GraphContainer, GraphNamespace, PodGraph } from './graph-types.ts'
import type { Palette } from './palette.ts'
import type { SceneNode, ScenePath, SceneText } from './scene.ts'
import type { SceneWords } from './scene-words.ts'
import { type FittedText, type TextStyle, wrapText } from './text-metrics.ts'

/** What every part of the picture is drawn with. */
export type SceneContext = {
  graph: PodGraph
  palette: Palette
  words: SceneWords
  containers: ReadonlyMap<string, GraphContainer>
  namespaces: ReadonlyMap<string, GraphNamespace>
  /** Numbers of the findings about a container or namespace, in order. */
  marks: ReadonlyMap<string, readonly Mark[]>
}

/** A finding's number, shown as a badge where it belongs and before its text below the picture. */
export type Mark = { number: number; severity: 'note' | 'warning' }

/** Something measured that can be painted at any place. */
export type Block = { width: number; height: number; paint: (x: number, y: number) => SceneNode[] }

/** The type scale. */
export const TYPE = {
  title: { size: 22, weight: 680, family: 'sans' },
  subtitle: { size: 13, weight: 400, family: 'sans' },
  column: { size: 14, weight: 650, family: 'sans' },
  name: { size: 15.5, weight: 650, family: 'sans' },
  strong: { size: 12.5, weight: 600, family: 'sans' },
  body: { size: 12.5, weight: 400, family: 'sans' },
  small: { size: 11.5, weight: 400, family: 'sans' },
  tag: { size: 12.5, weight: 650, family: 'sans' },
  tagSmall: { size: 11, weight: 650, family: 'sans' },
  inode: { size: 12.5, weight: 500, family: 'mono' },
  inodeSmall: { size: 11, weight: 500, family: 'mono' },
  port: { size: 11, weight: 600, family: 'sans' },
  badge: { size: 10.5, weight: 700, family: 'sans' },
} as const satisfies Record<string, TextStyle>

/** One line of text with its baseline at y. */
export function line(
  fitted: FittedText | string,
  x: number,
  y: number,
  style: TextStyle,
  fill: string,
  anchor: SceneText['anchor'] = 'start',
): SceneText {
  const { text, full } = typeof fitted === 'string' ? { text: fitted, full: undefined } : fitted
  return { kind: 'text', x, y, text, ...style, fill, anchor, ...(full === undefined ? {} : { full }) }
}

/** Text in lines below each other. */
export function paragraph(
  text: string,
  width: number,
  style: TextStyle,
  fill: string,
  options: { maxLines?: number; leading?: number } = {},
): Block {
  const lines = wrapText(text, width, style, options.maxLines)
  const leading = options.leading ?? Math.round(style.size * 1.4)
  return {
    width,
    height: lines.length * leading,
    paint: (x, y) =>
      lines.map((fitted, index) => line(fitted, x, y + index * leading + baseline(leading, style), style, fill)),
  }
}

/** Distance from the top of a line to its baseline that puts small letters and capitals optically in the middle. */
export function baseline(lineHeight: number, style: TextStyle): number {
  return Math.round((lineHeight / 2 + style.size * 0.36) * 2) / 2
}

/** Blocks below each other. */
export function stack(blocks: readonly Block[], gap: number): Block {
  return {
    width: Math.max(0, ...blocks.map(({ width }) => width)),
    height: blocks.reduce((sum, { height }) => sum + height, 0) + Math.max(0, blocks.length - 1) * gap,
    paint: (x, y) => {
      let top = y
      return blocks.flatMap((block) => {
        const nodes = block.paint(x, top)
        top += block.height + gap
        return nodes
      })
    },
  }
}

/** A line along points with round corners. `radii` are wished for; a short leg makes them smaller. */
export function roundedLine(points: readonly Point[], radii: readonly number[]): string {
  const first = points[0] as Point
  const parts = [`M${at(first)}`]
  for (let index = 1; index < points.length - 1; index++) {
    const [before, corner, after] = points.slice(index - 1, index + 2) as [Point, Point, Point]
    const legs = [
      distance(before, corner) / (index === 1 ? 1 : 2),
      distance(corner, after) / (index === points.length - 2 ? 1 : 2),
    ]
    const radius = Math.min(radii[index - 1] ?? 0, ...legs)
    parts.push(`L${at(toward(corner, before, radius))}`, `Q${at(corner)} ${at(toward(corner, after, radius))}`)
  }
  parts.push(`L${at(points.at(-1) as Point)}`)
  return parts.join('')
}

export type Point = readonly [x: number, y: number]

function toward(from: Point, to: Point, length: number): Point {
  const whole = distance(from, to)
  if (whole === 0) return from
  return [from[0] + ((to[0] - from[0]) * length) / whole, from[1] + ((to[1] - from[1]) * length) / whole]
}

function distance(a: Point, b: Point): number {
  return Math.hypot(a[0] - b[0], a[1] - b[1])
}

function at([x, y]: Point): string {
  return `${Math.round(x * 100) / 100} ${Math.round(y * 100) / 100}`
}

/** Slanted lines that fill a box: nothing lives here. */
export function hatching(x: number, y: number, width: number, height: number, stroke: string): ScenePath {
  const step = 8
  const parts: string[] = []
  for (let start = step / 2; start < width + height; start += step) {
    const from: Point = start <= height ? [x, y + start] : [x + start - height, y + height]
    const to: Point = start <= width ? [x + start, y] : [x + width, y + start - width]
    parts.push(`M${at(from)}L${at(to)}`)
  }
  return { kind: 'path', d: parts.join(''), stroke, strokeWidth: 1 }
}

/** Round badges with the numbers of findings, the first at x, the next to the left of it. */
export function badges(marks: readonly Mark[], x: number, y: number, palette: Palette): SceneNode[] {
  return marks.flatMap(({ number, severity }, index) => {
    const { ground, line: stroke, text } = severity === 'warning' ? palette.warn : palette.note
    const cx = x - index * 21
    return [
      { kind: 'circle', cx, cy: y, r: 9, fill: ground, stroke, strokeWidth: 1.4 } as const,
      line(String(number), cx, y + 3.75, TYPE.badge, text, 'middle'),
    ]
  })
}

import type { GraphContainer, GraphNamespace, PodGraph } from '../graph/graph-types.ts'
import type { Palette } from './palette.ts'
import type { PictureOptions } from './picture-options.ts'
import type { ScenePath, SceneText } from './scene.ts'
import type { FittedText, TextStyle } from './text-metrics.ts'
import type { PictureWords } from './words/en.ts'

/** What every part of the picture is drawn with. */
export type SceneContext = {
  graph: PodGraph
  palette: Palette
  words: PictureWords
  options: PictureOptions
  containers: ReadonlyMap<string, GraphContainer>
  namespaces: ReadonlyMap<string, GraphNamespace>
  /** The findings about a container or namespace, in order. */
  marks: ReadonlyMap<string, readonly Mark[]>
  /** Keys of the containers and namespaces that are new since the moment before. */
  fresh: ReadonlySet<string>
}

/** A finding's number, shown as a badge where it belongs and before its text below the picture. */
export type Mark = { number: number; severity: 'note' | 'warning' }

/** The type scale. */
export const TYPE = {
  title: { size: 22, weight: 680, family: 'sans' },
  subtitle: { size: 13, weight: 400, family: 'sans' },
  column: { size: 14, weight: 650, family: 'sans' },
  name: { size: 15.5, weight: 650, family: 'sans' },
  strong: { size: 12.5, weight: 600, family: 'sans' },
  body: { size: 12.5, weight: 400, family: 'sans' },
  small: { size: 11.5, weight: 400, family: 'sans' },
  path: { size: 10.5, weight: 400, family: 'mono' },
  tag: { size: 12.5, weight: 650, family: 'sans' },
  tagSmall: { size: 11, weight: 650, family: 'sans' },
  inode: { size: 12.5, weight: 400, family: 'mono' },
  inodeSmall: { size: 11, weight: 400, family: 'mono' },
  port: { size: 11, weight: 600, family: 'sans' },
  portQuiet: { size: 11, weight: 400, family: 'sans' },
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

/** Distance from the top of a line to its baseline that puts small letters and capitals optically in the middle. */
export function baseline(lineHeight: number, style: TextStyle): number {
  return Math.round((lineHeight / 2 + style.size * 0.36) * 2) / 2
}

/** A line along points with round corners. `radii` are wished for; a short leg makes them smaller. */
export function roundedLine(points: readonly Point[], radii: readonly number[]): string {
  const parts = [`M${at(points[0] as Point)}`]
  const last = points.length - 1
  for (let index = 1; index < last; index++) {
    const [before, corner, after] = points.slice(index - 1, index + 2) as [Point, Point, Point]
    // A leg between two corners is shared by both.
    const into = distance(before, corner) / (index === 1 ? 1 : 2)
    const out = distance(corner, after) / (index === last - 1 ? 1 : 2)
    const radius = Math.min(radii[index - 1] ?? 0, into, out)
    parts.push(`L${at(toward(corner, before, radius))}`, `Q${at(corner)} ${at(toward(corner, after, radius))}`)
  }
  return `${parts.join('')}L${at(points[last] as Point)}`
}

export type Point = readonly [x: number, y: number]

function toward(from: Point, to: Point, length: number): Point {
  const whole = distance(from, to)
  if (whole === 0) return from
  return [from[0] + ((to[0] - from[0]) * length) / whole, from[1] + ((to[1] - from[1]) * length) / whole]
}

function distance(a: Point, b: Point): number {
  return Math.abs(a[0] - b[0]) + Math.abs(a[1] - b[1])
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

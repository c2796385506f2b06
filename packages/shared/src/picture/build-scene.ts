import type { PodGraph } from '../graph/graph-types.ts'
import { columns } from './columns.ts'
import { nested } from './nested.ts'
import { PALETTES } from './palette.ts'
import { arrange, type Picture } from './picture.ts'
import { type Drawing, PICTURE_DEFAULTS, PICTURE_WIDTH, type PictureOptions } from './picture-options.ts'
import type { Scene } from './scene.ts'
import { type Block, stack } from './scene-blocks.ts'
import { describe } from './scene-describe.ts'
import { footer, header } from './scene-frame.ts'
import type { Mark, SceneContext } from './scene-parts.ts'
import { visibleText } from './visible-text.ts'
import { type PictureWords, pictureWords } from './words/en.ts'

const MARGIN = 32
const TOP = 24

const NOTHING: ReadonlySet<string> = new Set()

/** Each drawing as a block; it may come out wider than wished. */
const DRAW: Record<Drawing, (picture: Picture, wished: number, context: SceneContext) => Block> = { columns, nested }

/**
 * Draws a pod, in the drawing that was chosen: its containers with what is theirs alone, what they share with what holds
 * it, and what is the node's. The same graph and options give the same scene, to the byte.
 * @param wished what is left out has its default; a width beyond what is possible is taken as the nearest that is.
 * @param words the picture's own, in the language of the graph's sentences.
 * @param fresh keys of what is new since the moment before, and marked so.
 */
export function buildScene(
  graph: PodGraph,
  wished: Partial<PictureOptions> = {},
  words: PictureWords = pictureWords,
  fresh: ReadonlySet<string> = NOTHING,
): Scene {
  const options = { ...PICTURE_DEFAULTS, ...wished }
  const context: SceneContext = {
    graph,
    options,
    palette: PALETTES[options.theme],
    words,
    containers: new Map(graph.containers.map((container) => [container.key, container])),
    namespaces: new Map(graph.namespaces.map((namespace) => [namespace.key, namespace])),
    marks: marksOf(graph),
    fresh,
  }
  const { palette } = context
  const picture = arrange(graph)
  const width = Math.round(Math.min(PICTURE_WIDTH.most, Math.max(PICTURE_WIDTH.least, options.width)))
  const drawing = DRAW[options.drawing](picture, width - MARGIN * 2, context)
  const framed = stack(
    [header(drawing.width, context), stack([drawing, footer(picture, drawing.width, context)], 24)],
    18,
  )
  const { pod } = graph.observation
  return {
    width: drawing.width + MARGIN * 2,
    height: Math.ceil(framed.height + TOP * 2),
    background: options.transparent ? null : palette.background,
    title: visibleText(words.title(`${pod.namespace}/${pod.name}`)),
    description: visibleText(describe(picture, context)),
    children: framed.paint(MARGIN, TOP),
  }
}

function marksOf(graph: PodGraph): ReadonlyMap<string, readonly Mark[]> {
  const marks = new Map<string, Mark[]>()
  for (const [index, { about, severity }] of graph.findings.entries()) {
    for (const key of about) marks.set(key, [...(marks.get(key) ?? []), { number: index + 1, severity }])
  }
  return marks
}

import type { PodGraph } from '../graph/graph-types.ts'
import type { Theme } from '../model/theme.ts'
import { layOut } from './layout.ts'
import { PALETTES } from './palette.ts'
import { arrange } from './picture.ts'
import type { Scene } from './scene.ts'
import { describe } from './scene-describe.ts'
import type { Mark, SceneContext } from './scene-parts.ts'
import { sceneWords } from './scene-words.ts'
import { visibleText } from './visible-text.ts'

export type SceneOptions = {
  theme: Theme
  /** Wished width in pixels; from 900 to 1400, 1240 when nothing is said; very many rails make the picture wider. */
  width?: number
}

/**
 * Draws a pod: containers at the left with what is theirs alone, what the pod shares in the middle with what holds
 * it, the node's at the right. The same graph gives the same scene, to the byte.
 */
export function buildScene(graph: PodGraph, options: SceneOptions): Scene {
  const context: SceneContext = {
    graph,
    palette: PALETTES[options.theme],
    words: sceneWords,
    containers: new Map(graph.containers.map((container) => [container.key, container])),
    namespaces: new Map(graph.namespaces.map((namespace) => [namespace.key, namespace])),
    marks: marksOf(graph),
  }
  const picture = arrange(graph)
  const width = Math.round(Math.min(1400, Math.max(900, options.width ?? 1240)))
  const { pod } = graph.observation
  return {
    ...layOut(picture, width, context),
    background: context.palette.background,
    title: visibleText(sceneWords.title(`${pod.namespace}/${pod.name}`)),
    description: visibleText(describe(picture, context)),
  }
}

function marksOf(graph: PodGraph): ReadonlyMap<string, readonly Mark[]> {
  const marks = new Map<string, Mark[]>()
  for (const [index, { about, severity }] of graph.findings.entries()) {
    for (const key of about) marks.set(key, [...(marks.get(key) ?? []), { number: index + 1, severity }])
  }
  return marks
}

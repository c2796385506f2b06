import type { PodGraph, Spotlight, StoryScene } from '@pausescope/shared'
import type { InsideText } from '../../i18n/use-inside-text.ts'

/** What is said of a step: a heading, and a sentence or two that are true of this pod. */
export function storyText(
  graph: PodGraph,
  scene: StoryScene,
  spotlight: Spotlight | null,
  t: InsideText,
): { title: string; text: string } {
  const { titles } = t.story
  if (!graph.observation.scanned)
    return { title: titles.whole(graph.containers.length, 0), text: t.story.texts.notRead }
  const title = scene.step === 'whole' ? titles.whole(graph.containers.length, scene.namespaces) : titles[scene.step]
  // Where the spotlight finds nothing, the pod may well have something.
  const hidden = scene.step !== 'whole' && scene.namespaces === 0 ? nameOf(spotlight, graph) : null
  return { title, text: hidden === null ? textOf(graph, scene, t) : t.story.texts.notInSpotlight(hidden) }
}

function nameOf(spotlight: Spotlight | null, { containers }: PodGraph): string | null {
  if (spotlight?.kind === 'container') return containers.find(({ key }) => key === spotlight.key)?.name ?? spotlight.key
  return spotlight?.type ?? null
}

function textOf({ isolation }: PodGraph, { step, namespaces, pause }: StoryScene, t: InsideText): string {
  const { texts } = t.story
  const some = namespaces > 0
  // What the containers share and have for themselves is inside, where the node does not see it.
  if (isolation && step !== 'node') return t.details.isolated(isolation.runtime)
  switch (step) {
    case 'whole':
      return texts.whole
    case 'sandbox':
      if (!some) return texts.noSandbox
      return pause === null ? texts.pins : texts.pause(pause)
    case 'shared':
      return some ? texts.shared : texts.noShared
    case 'own':
      return some ? texts.own : texts.noOwn
    case 'node':
      return some ? texts.node : texts.noNode
  }
}

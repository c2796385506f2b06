import {
  buildGraph,
  buildScene,
  type Observation,
  type PodGraph,
  type SceneRef,
  type Spotlight,
  type StoryStep,
  storyScene,
  type Theme,
  traceOf,
} from '@pausescope/shared'
import { useCallback, useMemo, useRef } from 'react'
import { Picture } from '../features/picture/picture.tsx'
import { Presenter } from '../features/present/presenter.tsx'
import { traceIds } from '../graph/ref-id.ts'
import { useText } from '../i18n/use-text.ts'
import { navigate } from '../url/use-view-state.ts'
import type { ViewState } from '../url/view-state.ts'
import { largestScene } from './scene-width.ts'
import styles from './stage.module.css'
import { useRoom } from './use-room.ts'
import type { Timeline } from './use-timeline.ts'

/** The presenter with the pod's picture in it. Pressing a container or a namespace puts the spotlight on it. */
export default function Presentation({
  observation,
  timeline: { fresh, index, toldAt },
  step,
  view,
  theme,
}: {
  observation: Observation
  timeline: Timeline
  step: StoryStep
  view: ViewState
  theme: Theme
}) {
  const t = useText()
  const { spotlight } = view
  const graph = useMemo(() => buildGraph(observation, t.graph), [observation, t])
  const story = useMemo(() => storyScene(graph, step, spotlight), [graph, step, spotlight])
  const lit = useMemo(() => story.trace && traceIds(story.trace), [story])
  const trace = useCallback((ref: SceneRef) => traceIds(traceOf(graph, ref)), [graph])
  const onSpotlight = useCallback((spotlight: Spotlight | null) => navigate({ spotlight }, 'replace'), [])
  const onSelect = useCallback((ref: SceneRef | null) => onSpotlight(spotlightOf(ref, graph)), [onSpotlight, graph])
  const box = useRef<HTMLDivElement>(null)
  const room = useRoom(box)
  const picture = useMemo(() => {
    // The presenter says what title and legend would say.
    const options = { theme, title: false, caption: false, legend: false }
    return room && largestScene(room, (width) => buildScene(graph, { ...options, width }, t.drawn, fresh))
  }, [graph, theme, room, t, fresh])
  const name = `${observation.pod.namespace}/${observation.pod.name}`
  // The first is what the others follow from; all are in the page itself.
  const told = toldAt(index)?.[0]
  return (
    <Presenter
      graph={graph}
      scene={story}
      spotlight={spotlight}
      onStep={(present) => navigate({ present }, 'replace')}
      onSpotlight={onSpotlight}
      onClose={() => navigate({ present: null, spotlight: null })}
    >
      <div className={styles.canvas}>
        <div className={styles.drawing} ref={box}>
          {room && picture && (
            <Picture
              scene={picture}
              subject={name}
              window={room}
              zoom={view.zoom}
              label={t.picture.label(name)}
              trace={trace}
              spotlight={lit}
              selection={null}
              onSelect={onSelect}
            />
          )}
        </div>
        {told && (
          <p className={styles.happened} aria-live="polite">
            {told}
          </p>
        )}
      </div>
    </Presenter>
  )
}

function spotlightOf(ref: SceneRef | null, { namespaces }: PodGraph): Spotlight | null {
  switch (ref?.kind) {
    case 'container':
      return { kind: 'container', key: ref.key }
    case 'namespace': {
      const type = namespaces.find(({ key }) => key === ref.key)?.id.type
      return type ? { kind: 'type', type } : null
    }
    case 'link':
      return { kind: 'container', key: ref.container }
    default:
      return null
  }
}

import {
  NAMESPACE_TYPES,
  type PodGraph,
  type Spotlight,
  STORY_STEPS,
  type StoryScene,
  type StoryStep,
} from '@pausescope/shared'
import { type KeyboardEvent, type ReactNode, useEffect, useRef } from 'react'
import { useInsideText } from '../../i18n/use-inside-text.ts'
import { IconButton } from '../../ui/button.tsx'
import styles from './presenter.module.css'
import { storyText } from './story-text.ts'

/** Keys that lead to another step: those of a keyboard, and of a presenter's clicker. */
const STEPS: Record<string, (at: number) => number> = {
  ArrowRight: (at) => at + 1,
  PageDown: (at) => at + 1,
  ArrowLeft: (at) => at - 1,
  PageUp: (at) => at - 1,
  Home: () => 0,
  End: () => STORY_STEPS.length - 1,
}

/** One pod told step by step on a whole screen, in type that is read from the last row. */
export function Presenter({
  graph,
  scene,
  spotlight,
  onStep,
  onSpotlight,
  onClose,
  children,
}: {
  graph: PodGraph
  scene: StoryScene
  spotlight: Spotlight | null
  onStep: (step: StoryStep) => void
  onSpotlight: (spotlight: Spotlight | null) => void
  onClose: () => void
  /** The picture. */
  children: ReactNode
}) {
  const t = useInsideText()
  const stage = useRef<HTMLElement>(null)
  const { pod } = graph.observation
  const name = `${pod.namespace}/${pod.name}`
  const { title, text } = storyText(graph, scene, spotlight, t)

  useEffect(() => {
    stage.current?.focus()
    return () => {
      if (document.fullscreenElement) void document.exitFullscreen()
    }
  }, [])

  // Before the picture sees them: there, left and right would move between its columns.
  const onKeyDownCapture = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    const onButton = event.target instanceof HTMLButtonElement
    if (event.key === 'Escape') {
      event.preventDefault()
      if (spotlight) onSpotlight(null)
      else onClose()
    } else if (STEPS[event.key] || (event.key === ' ' && event.target === stage.current)) {
      event.preventDefault()
      event.stopPropagation()
      const to = (STEPS[event.key] ?? STEPS.PageDown)?.(STORY_STEPS.indexOf(scene.step)) ?? 0
      const step = STORY_STEPS[to]
      if (step) onStep(step)
    } else if (event.key === 'f' && !onButton) toggleFullscreen()
  }

  return (
    <section
      ref={stage}
      className={styles.stage}
      aria-label={t.present.label(name)}
      tabIndex={-1}
      onKeyDownCapture={onKeyDownCapture}
    >
      <header className={styles.head}>
        <p className={styles.pod}>{name}</p>
        <div className={styles.tools}>
          <IconButton icon="full" label={t.present.fullscreen} aria-keyshortcuts="F" onClick={toggleFullscreen} />
          <IconButton icon="cross" label={t.present.close} aria-keyshortcuts="Escape" onClick={onClose} />
        </div>
        <div className={styles.told} aria-live="polite">
          <h1 className={styles.title}>{title}</h1>
          <p className={styles.text}>{text}</p>
          {scene.step !== 'whole' && (
            <ul className={styles.types}>
              {scene.types.map((type) => (
                <li key={type}>
                  <b>{type}</b> {t.types[type].isolates}
                </li>
              ))}
            </ul>
          )}
        </div>
      </header>
      <div className={styles.picture}>{children}</div>
      <footer className={styles.foot}>
        <nav aria-label={t.present.steps} className={styles.steps}>
          {STORY_STEPS.map((step) => (
            <button
              key={step}
              type="button"
              aria-current={step === scene.step ? 'step' : undefined}
              onClick={() => onStep(step)}
            >
              {t.present.names[step]}
            </button>
          ))}
        </nav>
        {/* biome-ignore lint/a11y/useSemanticElements: a fieldset is for forms */}
        <div role="group" aria-label={t.present.spotlight} className={styles.spots}>
          <button type="button" aria-pressed={spotlight === null} onClick={() => onSpotlight(null)}>
            {t.present.noSpotlight}
          </button>
          {NAMESPACE_TYPES.filter((type) => graph.namespaces.some(({ id }) => id.type === type)).map((type) => (
            <button
              key={type}
              type="button"
              aria-pressed={spotlight?.kind === 'type' && spotlight.type === type}
              onClick={() => onSpotlight({ kind: 'type', type })}
            >
              {type}
            </button>
          ))}
        </div>
      </footer>
    </section>
  )
}

/** A browser that refuses, or has no full screen, leaves the page as it is: it fills the window already. */
function toggleFullscreen(): void {
  const done = document.fullscreenElement
    ? document.exitFullscreen()
    : document.documentElement.requestFullscreen?.({ navigationUI: 'hide' })
  done?.catch(() => undefined)
}

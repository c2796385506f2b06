import type { Scene, SceneRef } from '@pausescope/shared'
import { type KeyboardEvent, type SyntheticEvent, useEffect, useId, useMemo, useRef, useState } from 'react'
import { PaintedScene } from '../../graph/painted-scene.tsx'
import { isBestWhole, type Size, topOf, type Zoom } from '../../graph/place.ts'
import { refId } from '../../graph/ref-id.ts'
import { sceneRefs } from '../../graph/scene-refs.ts'
import { moveFocus, sceneStops } from '../../graph/scene-stops.ts'
import { controlOf, useMarks } from '../../graph/use-marks.ts'
import { usePanZoom } from '../../graph/use-pan-zoom.ts'
import { useWholeOnPaper } from '../../graph/use-whole-on-paper.ts'
import { useText } from '../../i18n/use-text.ts'
import { IconButton } from '../../ui/button.tsx'
import { navigate } from '../../url/use-view-state.ts'
import styles from './picture.module.css'
import { useZoomKeys } from './use-zoom-keys.ts'

/** The picture: pan and zoom, pointing traces, click or Enter selects, arrows move along the columns. */
export function Picture({
  scene,
  subject,
  window,
  zoom,
  label,
  long = false,
  trace,
  spotlight = null,
  changed = null,
  selection,
  onSelect,
}: {
  scene: Scene
  /** What is drawn; the picture is fitted anew when it changes. */
  subject: string
  /** The room there is for it. */
  window: Size
  zoom: Zoom | null
  label: string
  /** It is fitted to its width, to be read from the top. So is any picture that is too small to read when seen whole. */
  long?: boolean
  /** The ids of all that is brought out when something is pointed at. */
  trace: (ref: SceneRef) => ReadonlySet<string>
  /** The ids of what is brought out as long as nothing is pointed at, wherever the focus is; null: what has the focus. */
  spotlight?: ReadonlySet<string> | null
  /** The ids of what is marked as not being as in the picture beside it. */
  changed?: ReadonlySet<string> | null
  selection: SceneRef | null
  onSelect: (ref: SceneRef | null) => void
}) {
  const t = useText()
  const descriptionId = useId()
  const svg = useRef<SVGSVGElement>(null)
  const content = useRef<SVGGElement>(null)
  const isLong = long || !isBestWhole(scene, window)
  const picture = isLong ? topOf(scene, window) : scene
  const panZoom = usePanZoom(svg, content, { subject, picture, window, zoom, onZoom: keepZoom })
  useZoomKeys(panZoom)
  useWholeOnPaper(svg, scene)

  const stops = useMemo(() => sceneStops(scene), [scene])
  const refs = useMemo(() => sceneRefs(scene), [scene])
  const selected = selection && refId(selection)
  const [pointed, setPointed] = useState<string | null>(null)
  const [focused, setFocused] = useState<string | null>(null)
  const [stayed, setStayed] = useState<string | null>(null)
  const tabStop = [stayed, selected, stops[0]?.id].find((id) => id && refs.has(id)) ?? null

  const stood = spotlight ? null : (refs.get(focused ?? '') ?? refs.get(selected ?? ''))
  const traced = refs.get(pointed ?? '') ?? stood
  const lit = useMemo(() => (traced ? trace(traced) : spotlight), [trace, traced, spotlight])
  useMarks(svg, scene, { lit, selected, tabStop, changed })

  // A shape that goes away with its namespace takes the keyboard's place with it: give it to the picture.
  useEffect(() => {
    if (focused && !refs.has(focused)) {
      setFocused(null)
      svg.current?.querySelector<SVGElement>('[tabindex="0"]')?.focus({ preventScroll: true })
    }
  }, [focused, refs])

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    const here = idAt(event)
    if ((event.key === 'Enter' || event.key === ' ') && here) {
      event.preventDefault()
      onSelect(refs.get(here) ?? null)
      return
    }
    const to = moveFocus(stops, here, event.key)
    if (to === null) return
    event.preventDefault()
    const shape = svg.current?.querySelector(`[data-ref="${CSS.escape(to)}"]`)
    if (!shape) return
    panZoom.reveal(shape)
    controlOf(shape)?.focus({ preventScroll: true })
  }

  return (
    <div className={styles.picture}>
      <p id={descriptionId} className="visually-hidden">
        {scene.description} {t.picture.keys}
      </p>
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset cannot hold a drawing */}
      <svg
        ref={svg}
        className={styles.svg}
        role="group"
        aria-label={label}
        aria-describedby={descriptionId}
        data-long={isLong || undefined}
        onKeyDown={onKeyDown}
        // Not pointerover: a picture that moves below a resting pointer points at nothing.
        onPointerMove={(event) => setPointed(idAt(event))}
        onPointerLeave={() => setPointed(null)}
        onFocus={(event) => {
          setFocused(idAt(event))
          setStayed(idAt(event))
        }}
        onBlur={() => setFocused(null)}
        onClick={(event) => {
          setPointed(null)
          // The details that a first click opens can move the picture: a second one close by would take what came below it.
          if (event.detail > 1) return
          onSelect(refs.get(idAt(event) ?? '') ?? null)
        }}
      >
        <g ref={content}>
          <PaintedScene scene={scene} />
        </g>
      </svg>
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset is for forms */}
      <div className={styles.zoom} role="group" aria-label={t.tools.zoom}>
        <IconButton icon="plus" label={t.tools.zoomIn} aria-keyshortcuts="+" onClick={panZoom.zoomIn} />
        <IconButton icon="minus" label={t.tools.zoomOut} aria-keyshortcuts="-" onClick={panZoom.zoomOut} />
        <IconButton
          icon="fit"
          label={isLong ? t.tools.fitWidth : t.tools.fitLong}
          aria-keyshortcuts="0"
          onClick={panZoom.fit}
        />
      </div>
    </div>
  )
}

function keepZoom(zoom: Zoom | null): void {
  navigate({ zoom }, 'replace')
}

/** The id of the innermost thing under the event. */
function idAt(event: SyntheticEvent): string | null {
  return (event.target as Element).closest('[data-ref]')?.getAttribute('data-ref') ?? null
}

import {
  buildScene,
  type Drawing,
  type Frame,
  type PodGraph,
  recordedEvidence,
  type SceneRef,
  type Theme,
  traceOf,
} from '@pausescope/shared'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { lazy, Suspense, useCallback, useMemo, useRef, useState } from 'react'
import { useSeenEvidence } from '../api/evidence-query.ts'
import { type Problem, problemOf } from '../api/problem.ts'
import { scanAgain } from '../api/queries.ts'
import { Findings } from '../features/findings/findings.tsx'
import { Picture } from '../features/picture/picture.tsx'
import { SaveMenu } from '../features/save/save-menu.tsx'
import type { Zoom } from '../graph/place.ts'
import { traceIds } from '../graph/ref-id.ts'
import { useText } from '../i18n/use-text.ts'
import { Button, IconButton } from '../ui/button.tsx'
import { formatInstant } from '../ui/instant.ts'
import { useArguments } from '../url/use-arguments.ts'
import { navigate } from '../url/use-view-state.ts'
import { type Layer, VIEWS, type View } from '../url/view-state.ts'
import { ScanProblem } from './scan-problem.tsx'
import { sceneWidth } from './scene-width.ts'
import { sessionFrames } from './session-frames.ts'
import styles from './stage.module.css'
import { useRoom } from './use-room.ts'
import { useShown } from './use-shown.ts'
import { goToMoment, type Timeline } from './use-timeline.ts'
import { ViewSwitch } from './view-switch.tsx'

const Details = lazy(async () => ({ default: (await import('../features/details/details.tsx')).Details }))
const TimelinePanel = lazy(() => import('../features/timeline/timeline-panel.tsx'))
const Evidence = lazy(async () => ({ default: (await import('../features/evidence/evidence.tsx')).Evidence }))
const ExportDialog = lazy(() => import('../features/export/export-dialog.tsx'))
const MembershipGrid = lazy(async () => ({
  default: (await import('../features/membership/membership-grid.tsx')).MembershipGrid,
}))

/** One pod: its picture or table, what is remarkable of it, and what is selected in it. */
export function PodView({
  graph,
  frame,
  theme,
  problem,
  timeline,
  timelineOpen,
  live,
  version,
  view,
  layers,
  zoom,
  selection,
  onSelect,
  onHelper,
  onCompare,
}: {
  graph: PodGraph
  /** Of the recording that is shown; null: the pod is live. */
  frame: Frame | null
  theme: Theme
  problem: Problem | null
  timeline: Timeline
  timelineOpen: boolean
  live: boolean
  /** Of Pausescope. */
  version: string
  view: View
  layers: readonly Layer[]
  zoom: Zoom | null
  selection: SceneRef | null
  onSelect: (ref: SceneRef | null) => void
  onHelper: (node: string) => void
  onCompare: () => void
}) {
  const t = useText()
  const { pod, at, scanned } = graph.observation
  const { fresh, moments } = timeline
  const before = useShown(timeline.before)
  const withArguments = useArguments().shown
  const name = `${pod.namespace}/${pod.name}`
  const client = useQueryClient()
  const scan = useMutation({ mutationFn: () => scanAgain(client, pod.namespace, pod.name) })
  const shown = problem ?? problemOf(scan.error)
  const drawing = useRef<HTMLDivElement>(null)
  const room = useRoom(drawing)
  const width = room && sceneWidth(room.width)
  const shape: Drawing = view === 'boxes' ? 'nested' : 'columns'
  const files = layers.includes('files')
  const scene = useMemo(
    () => width && buildScene(graph, { drawing: shape, theme, width, files }, t.drawn, fresh),
    [graph, shape, theme, width, files, t, fresh],
  )
  const evidence = useSeenEvidence(pod, frame)
  // What a recording holds goes on with it, whether somebody looked or not.
  const saved = frame ? recordedEvidence(frame, pod.namespace, pod.name) : evidence
  const exportable = useMemo(
    () => ({ kind: 'pod' as const, observation: graph.observation, before, evidence }),
    [graph, before, evidence],
  )
  const [exporting, setExporting] = useState(false)
  const endExport = useCallback(() => setExporting(false), [])
  const refOf = useCallback(
    (key: string): SceneRef | null => {
      if (graph.containers.some((one) => one.key === key)) return { kind: 'container', key }
      return graph.namespaces.some((one) => one.key === key) ? { kind: 'namespace', key } : null
    },
    [graph],
  )
  const trace = useCallback((ref: SceneRef) => traceIds(traceOf(graph, ref)), [graph])
  const { nodeName } = pod
  return (
    <>
      <div className={styles.toolbar}>
        <ViewSwitch view={view} views={VIEWS} />
        <h1 className={styles.title} title={name}>
          <span>{pod.namespace}/</span>
          {pod.name}
        </h1>
        {nodeName !== null && (
          <Button
            look="plain"
            icon="node"
            title={t.node.open(nodeName)}
            onClick={() => navigate({ node: nodeName, pod: null, selection: null })}
          >
            <span className={styles.node}>{t.node.title(nodeName)}</span>
          </Button>
        )}
        {scanned && <span className={styles.measured}>{t.picture.measured(formatInstant(at, 'second'))}</span>}
        {live && (
          <Button look="plain" icon="refresh" disabled={scan.isPending} onClick={() => scan.mutate()}>
            <span className={styles.wide}>{scan.isPending ? t.tools.refreshing : t.tools.refresh}</span>
          </Button>
        )}
        {view !== 'table' && (
          <IconButton
            icon="folder"
            label={t.layers.showFiles}
            aria-pressed={files}
            onClick={() => navigate({ layers: files ? [] : ['files'] }, 'replace')}
          />
        )}
        <IconButton icon="compare" label={t.compare.open} onClick={onCompare} />
        <IconButton
          icon="present"
          label={t.present.open}
          onClick={() => navigate({ present: 'whole', selection: null, zoom: null })}
        />
        {scene && (
          <SaveMenu
            name={name}
            seen={{ observations: [graph.observation], ...(saved ? { evidence: [saved] } : {}) }}
            at={at}
            version={version}
            session={
              live && moments.length > 1
                ? { count: moments.length, frames: () => sessionFrames(timeline, withArguments, t) }
                : null
            }
            onExport={() => setExporting(true)}
          />
        )}
      </div>
      {shown && (
        <ScanProblem
          problem={shown}
          observation={graph.observation}
          node={nodeName}
          withoutScan={t.problem.withoutScan}
          live={live}
          onHelper={onHelper}
        />
      )}
      <div className={styles.split}>
        <div className={styles.canvas}>
          <div className={styles.drawing} ref={drawing}>
            {view === 'table' ? (
              <Suspense>
                <MembershipGrid graph={graph} fresh={fresh} selection={selection} onSelect={onSelect} />
              </Suspense>
            ) : (
              scene &&
              room && (
                <Picture
                  scene={scene}
                  subject={`${name} ${shape}`}
                  window={room}
                  zoom={zoom}
                  label={t.picture.label(name)}
                  trace={trace}
                  selection={selection}
                  onSelect={onSelect}
                />
              )
            )}
          </div>
          {timelineOpen && (
            <Suspense>
              <TimelinePanel
                timeline={timeline}
                onGo={(index) => goToMoment(timeline, index)}
                onCompare={(index) =>
                  navigate({ compare: { pod: name, frame: (moments[index]?.number ?? 1) - 1 }, selection: null })
                }
              />
            </Suspense>
          )}
          <Findings
            findings={graph.findings}
            gaps={shown ? graph.gaps.filter(({ code }) => code !== 'no-scan') : graph.gaps}
            refOf={refOf}
            onShow={onSelect}
          />
        </div>
        {selection && (
          <aside className={styles.details} aria-label={t.details.label}>
            <Suspense>
              <Details
                graph={graph}
                selection={selection}
                evidence={
                  <Suspense>
                    <Evidence graph={graph} selection={selection} frame={frame} />
                  </Suspense>
                }
                onSelect={onSelect}
              />
            </Suspense>
          </aside>
        )}
      </div>
      {exporting && width && (
        <Suspense>
          <ExportDialog
            subject={exportable}
            seen={{ drawing: shape, theme, language: t.language, width, files }}
            version={version}
            onClose={endExport}
          />
        </Suspense>
      )}
    </>
  )
}

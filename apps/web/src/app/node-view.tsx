import {
  buildNodeScene,
  findingText,
  NODE_WORDS,
  type NodeGraph,
  PICTURE_WIDTH,
  type SceneRef,
  type Theme,
} from '@pausescope/shared'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { lazy, Suspense, useCallback, useMemo, useRef, useState } from 'react'
import { scanNodeAgain } from '../api/node-queries.ts'
import { type Problem, problemOf } from '../api/problem.ts'
import { NodeDetails } from '../features/details/node-details.tsx'
import { Findings } from '../features/findings/findings.tsx'
import { Picture } from '../features/picture/picture.tsx'
import { SaveMenu } from '../features/save/save-menu.tsx'
import { nodeTrace } from '../graph/node-trace.ts'
import type { Zoom } from '../graph/place.ts'
import { useText } from '../i18n/use-text.ts'
import { Button } from '../ui/button.tsx'
import { formatInstant } from '../ui/instant.ts'
import type { View } from '../url/view-state.ts'
import { nodeSceneWidth } from './node-scene-width.ts'
import { ScanProblem } from './scan-problem.tsx'
import styles from './stage.module.css'
import { useRoom } from './use-room.ts'
import { ViewSwitch } from './view-switch.tsx'

const ExportDialog = lazy(() => import('../features/export/export-dialog.tsx'))
const NodeTables = lazy(async () => ({ default: (await import('../features/node-table/node-tables.tsx')).NodeTables }))

const podRef = (key: string): SceneRef => ({ kind: 'pod', key })

/** A whole node: its picture, what is remarkable of its pods, and what is selected in it. */
export function NodeView({
  graph,
  theme,
  view,
  problem,
  live,
  version,
  zoom,
  selection,
  onSelect,
  onHelper,
}: {
  graph: NodeGraph
  theme: Theme
  view: View
  problem: Problem | null
  live: boolean
  /** Of Pausescope. */
  version: string
  zoom: Zoom | null
  selection: SceneRef | null
  onSelect: (ref: SceneRef | null) => void
  onHelper: (node: string) => void
}) {
  const t = useText()
  const words = NODE_WORDS[t.language]
  const { observation } = graph
  const { at, scanned } = observation
  const { name } = observation.node
  const client = useQueryClient()
  const scan = useMutation({ mutationFn: () => scanNodeAgain(client, name) })
  const shown = problem ?? problemOf(scan.error)
  const drawing = useRef<HTMLDivElement>(null)
  const room = useRoom(drawing)
  const width = room && nodeSceneWidth(room.width)
  const scene = useMemo(() => width && buildNodeScene(graph, { theme, width }, words), [graph, theme, width, words])
  const exportable = useMemo(() => ({ kind: 'node' as const, observation }), [observation])
  const [exporting, setExporting] = useState(false)
  const endExport = useCallback(() => setExporting(false), [])
  const trace = useCallback((ref: SceneRef) => nodeTrace(graph, ref), [graph])
  const findings = useMemo(
    () =>
      graph.findings.map((finding) => ({
        ...finding,
        about: finding.items.map(({ pod }) => pod),
        text: findingText(finding, words),
      })),
    [graph, words],
  )
  return (
    <>
      <div className={styles.toolbar}>
        <ViewSwitch view={view === 'table' ? 'table' : 'picture'} views={['picture', 'table']} />
        <h1 className={styles.title} title={name}>
          {t.node.title(name)}
        </h1>
        {scanned && <span className={styles.measured}>{t.picture.measured(formatInstant(at, 'second'))}</span>}
        {live && (
          <Button look="plain" icon="refresh" disabled={scan.isPending} onClick={() => scan.mutate()}>
            <span className={styles.wide}>{scan.isPending ? t.tools.refreshing : t.tools.refresh}</span>
          </Button>
        )}
        {scene && (
          <SaveMenu
            name={name}
            at={at}
            seen={{ observations: [], nodes: [observation] }}
            version={version}
            onExport={() => setExporting(true)}
          />
        )}
      </div>
      {shown && (
        <ScanProblem
          problem={shown}
          observation={observation}
          node={name}
          withoutScan={live ? t.node.withoutScan : null}
          live={live}
          onHelper={onHelper}
        />
      )}
      <div className={styles.split}>
        <div className={styles.canvas}>
          <div className={styles.drawing} ref={drawing}>
            {view === 'table' ? (
              <Suspense>
                <NodeTables graph={graph} selection={selection} onSelect={onSelect} />
              </Suspense>
            ) : (
              scene &&
              room && (
                <Picture
                  scene={scene}
                  subject={name}
                  window={room}
                  zoom={zoom}
                  label={t.node.label(name)}
                  long
                  trace={trace}
                  selection={selection}
                  onSelect={onSelect}
                />
              )
            )}
          </div>
          <Findings
            findings={findings}
            gaps={shown ? graph.gaps.filter(({ code }) => code !== 'no-scan') : graph.gaps}
            refOf={podRef}
            onShow={onSelect}
          />
        </div>
        {selection && (
          <aside className={styles.details} aria-label={t.details.label}>
            <NodeDetails graph={graph} selection={selection} onSelect={onSelect} />
          </aside>
        )}
      </div>
      {exporting && width && (
        <Suspense>
          <ExportDialog
            subject={exportable}
            // A picture for a document is not as narrow as a phone.
            seen={{ theme, language: t.language, width: Math.max(width, PICTURE_WIDTH.least) }}
            version={version}
            onClose={endExport}
          />
        </Suspense>
      )}
    </>
  )
}

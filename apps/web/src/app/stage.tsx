import { buildGraph, type Recording, type SceneRef, type Theme } from '@pausescope/shared'
import { lazy, Suspense, useMemo } from 'react'
import { LiveControl } from '../features/live/live-control.tsx'
import { MomentStrip } from '../features/timeline/moment-strip.tsx'
import { titleIn } from '../i18n/title-in.ts'
import { useText } from '../i18n/use-text.ts'
import type { Side, ViewState } from '../url/view-state.ts'
import { PodView } from './pod-view.tsx'
import styles from './stage.module.css'
import { StageEmpty } from './stage-empty.tsx'
import type { StageState } from './stage-state.ts'
import { useShown } from './use-shown.ts'
import type { Subject } from './use-subject.ts'
import { goToMoment, type Timeline } from './use-timeline.ts'

const CompareView = lazy(() => import('./compare-view.tsx'))
const NodeStage = lazy(async () => ({ default: (await import('./node-stage.tsx')).NodeStage }))

/** The middle of the page: the moments of a recording, then the picked pod or node, or why there is none. */
export function Stage({
  state,
  subject,
  timeline,
  view,
  theme,
  onSelect,
  onHelper,
  onFile,
  onShowList,
  onCompare,
}: {
  state: StageState
  subject: Subject
  timeline: Timeline
  view: ViewState
  theme: Theme
  onSelect: (ref: SceneRef | null) => void
  onHelper: (node: string) => void
  onFile: (file: File) => void
  onShowList: (side: Side) => void
  onCompare: () => void
}) {
  const t = useText()
  const { playing, liveState } = subject
  const { past } = timeline
  const observation = useShown(state.kind === 'shown' ? (timeline.shown ?? state.reply.observation) : null)
  const graph = useMemo(() => observation && buildGraph(observation, t.graph), [observation, t])
  // Of an earlier moment of a live pod only the scan was kept.
  const frame = useMemo(
    () => playing?.frame ?? (past && observation ? { at: observation.at, caption: null, observations: [] } : null),
    [playing, past, observation],
  )
  const empty = (
    <div className={styles.empty}>
      <h1 className="visually-hidden">{t.app.name}</h1>
      <StageEmpty state={state} onFile={onFile} onShowList={() => onShowList('pods')} />
    </div>
  )
  return (
    <>
      {(liveState !== null || (playing && hasMoments(playing.recording))) && (
        <MomentStrip
          timeline={timeline}
          title={playing ? titleIn(playing.recording, t.language) : ''}
          open={
            state.kind === 'shown' && !view.compare && (playing?.recording.frames.length ?? 2) > 1
              ? view.timeline
              : null
          }
          onGo={(index) => goToMoment(timeline, index)}
        >
          {liveState && <LiveControl state={liveState} every={view.every} paused={view.paused} />}
        </MomentStrip>
      )}
      {observation && view.compare ? (
        <Suspense fallback={empty}>
          <CompareView
            observation={observation}
            compared={view.compare}
            subject={subject}
            timeline={timeline}
            theme={theme}
          />
        </Suspense>
      ) : state.kind === 'shown' && graph ? (
        <PodView
          graph={graph}
          frame={frame}
          theme={theme}
          problem={past ? null : state.problem}
          timeline={timeline}
          timelineOpen={view.timeline && timeline.moments.length > 0}
          live={subject.live}
          version={subject.source?.version ?? ''}
          view={view.view}
          layers={view.layers}
          zoom={view.zoom}
          selection={view.selection}
          onSelect={onSelect}
          onHelper={onHelper}
          onCompare={onCompare}
        />
      ) : state.kind === 'node' ? (
        <Suspense fallback={empty}>
          <NodeStage
            key={state.node}
            node={state.node}
            subject={subject}
            theme={theme}
            view={view.view}
            zoom={view.zoom}
            selection={view.selection}
            onSelect={onSelect}
            onHelper={onHelper}
            onShowList={onShowList}
          />
        </Suspense>
      ) : (
        empty
      )}
    </>
  )
}

function hasMoments({ frames }: Recording): boolean {
  return frames.length > 1 || frames[0]?.caption != null
}

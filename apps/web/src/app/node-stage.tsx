import { buildNodeGraph, nodeOfFrame, type SceneRef, type Theme } from '@pausescope/shared'
import { useQueryClient } from '@tanstack/react-query'
import { useCallback, useMemo } from 'react'
import type { Zoom } from '../graph/place.ts'
import { useText } from '../i18n/use-text.ts'
import { Button } from '../ui/button.tsx'
import { Notice } from '../ui/notice.tsx'
import { ProblemNotice } from '../ui/problem-notice.tsx'
import { navigate } from '../url/use-view-state.ts'
import type { Side, View } from '../url/view-state.ts'
import { nodeState } from './node-state.ts'
import { NodeView } from './node-view.tsx'
import styles from './stage.module.css'
import { StageSkeleton } from './stage-skeleton.tsx'
import { useShownNode } from './use-shown.ts'
import type { Subject } from './use-subject.ts'

/** A whole node, from the cluster or from the moment of a recording, or why there is none. */
export function NodeStage({
  node,
  subject: { live, playing, source, nodeReply, nodeReplyProblem },
  theme,
  view,
  zoom,
  selection,
  onSelect,
  onHelper,
  onShowList,
}: {
  node: string
  subject: Subject
  theme: Theme
  view: View
  zoom: Zoom | null
  selection: SceneRef | null
  onSelect: (ref: SceneRef | null) => void
  onHelper: (node: string) => void
  onShowList: (side: Side) => void
}) {
  const t = useText()
  const client = useQueryClient()
  const recorded = useMemo(() => playing && nodeOfFrame(playing.frame, node), [playing, node])
  const state = live ? nodeState(nodeReply, nodeReplyProblem, live) : nodeState(recorded, null, live)
  const observation = useShownNode(state.kind === 'shown' ? state.reply.observation : null)
  const graph = useMemo(() => observation && buildNodeGraph(observation, t.graph), [observation, t])
  const known = useMemo(
    () => new Set(playing?.frame.observations.map(({ pod }) => `${pod.namespace}/${pod.name}`)),
    [playing],
  )
  const isAlone = useCallback(
    (pod: string) => (live ? graph?.pods.find(({ key }) => key === pod)?.kind === 'named' : known.has(pod)),
    [live, known, graph],
  )
  const select = useCallback(
    (ref: SceneRef | null) => {
      if (ref?.kind === 'pod' && isAlone(ref.key)) navigate({ pod: ref.key, node: null, selection: null })
      else onSelect(ref)
    },
    [isAlone, onSelect],
  )
  if (state.kind === 'shown' && graph) {
    return (
      <NodeView
        graph={graph}
        theme={theme}
        view={view}
        problem={state.problem}
        live={live}
        version={source?.version ?? ''}
        zoom={zoom}
        selection={selection}
        onSelect={select}
        onHelper={onHelper}
      />
    )
  }
  return (
    <div className={styles.empty}>
      <h1 className="visually-hidden">{t.node.title(node)}</h1>
      {state.kind === 'failed' ? (
        <ProblemNotice
          layout="page"
          problem={state.problem}
          action={<Button onClick={() => client.invalidateQueries()}>{t.problem.retry}</Button>}
        />
      ) : state.kind === 'unknown' ? (
        <Notice
          tone="warn"
          layout="page"
          title={t.node.unknownTitle}
          next={t.node.unknownNext}
          action={<Button onClick={() => onShowList('nodes')}>{t.node.list}</Button>}
        >
          {t.node.unknown(node)}
        </Notice>
      ) : (
        <StageSkeleton />
      )}
    </div>
  )
}

import { type Frame, type NodeSummary, nodesOfFrame } from '@pausescope/shared'
import { useQuery } from '@tanstack/react-query'
import { type ReactNode, type Ref, useDeferredValue, useMemo, useRef } from 'react'
import { nodesQuery } from '../../api/node-queries.ts'
import { problemOf } from '../../api/problem.ts'
import { useText } from '../../i18n/use-text.ts'
import { ProblemNotice } from '../../ui/problem-notice.tsx'
import { ListHead } from './list-head.tsx'
import { ListNothing } from './list-nothing.tsx'
import { NodeRows } from './node-rows.tsx'
import styles from './pod-list.module.css'
import { searchNodes } from './search-nodes.ts'

/** The list of nodes, of the cluster or of a moment of a recording, with its search. */
export function NodeList({
  frame,
  picked,
  search,
  kinds,
  searchRef,
  onPick,
}: {
  /** Of the recording that plays; null: the cluster is asked. */
  frame: Frame | null
  /** The node that is shown. */
  picked: string | null
  search: string
  /** The way to the list of pods. */
  kinds: ReactNode
  searchRef: Ref<HTMLInputElement>
  onPick: (node: string) => void
}) {
  const t = useText()
  const rowsRef = useRef<HTMLDivElement>(null)
  const live = useQuery({ ...nodesQuery, enabled: frame === null })
  const recorded = useMemo(() => frame && nodesOfFrame(frame), [frame])
  const nodes: readonly NodeSummary[] | null = recorded ?? live.data ?? null
  const problem = frame === null ? problemOf(live.error) : null
  const wanted = useDeferredValue(search)
  const found = useMemo(() => searchNodes(nodes ?? [], wanted), [nodes, wanted])
  return (
    <div className={styles.list}>
      <ListHead
        heading={t.nodes.heading}
        kinds={kinds}
        count={nodes && t.nodes.found(found.length, nodes.length)}
        label={t.nodes.search}
        hint={t.nodes.searchHint}
        search={search}
        searchRef={searchRef}
        onDown={() => rowsRef.current?.focus()}
        onEnter={() => found[0] && onPick(found[0].name)}
      />
      {problem && nodes === null && <ProblemNotice layout="strip" problem={problem} title={t.nodes.failedTitle} />}
      {nodes === null ? null : nodes.length === 0 ? (
        <ListNothing title={t.nodes.emptyTitle}>{frame ? t.nodes.emptyRecording : t.nodes.emptyLive}</ListNothing>
      ) : found.length === 0 ? (
        <ListNothing title={t.pods.nothingTitle}>{t.nodes.nothing(wanted)}</ListNothing>
      ) : (
        <NodeRows ref={rowsRef} nodes={found} picked={picked} onPick={onPick} />
      )}
    </div>
  )
}

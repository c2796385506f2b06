import { type Frame, LIST_LINES, nodesOfFrame, selectNodes } from '@pausescope/shared'
import { useQuery } from '@tanstack/react-query'
import { type ReactNode, type Ref, useCallback, useDeferredValue, useMemo, useRef } from 'react'
import { nodesQuery } from '../../api/node-queries.ts'
import { problemOf } from '../../api/problem.ts'
import { useText } from '../../i18n/use-text.ts'
import { ProblemNotice } from '../../ui/problem-notice.tsx'
import { ListHead } from './list-head.tsx'
import { ListNothing } from './list-nothing.tsx'
import { NodeRows } from './node-rows.tsx'
import styles from './pod-list.module.css'
import { useLines } from './use-lines.ts'

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
  const wanted = useDeferredValue(search)
  const [limit, more] = useLines(wanted)
  const asked = useMemo(() => ({ search: wanted, limit, closed: [] }), [wanted, limit])
  const live = useQuery({ ...nodesQuery(asked), enabled: frame === null })
  const recorded = useMemo(() => frame && selectNodes(nodesOfFrame(frame), asked), [frame, asked])
  const list = recorded ?? live.data ?? null
  const problem = frame === null ? problemOf(live.error) : null
  const listed = list?.nodes.length ?? 0
  const part = list !== null && listed < list.found
  const onEnd = useCallback(() => part && more(listed), [part, more, listed])
  const first = list?.nodes[0]
  return (
    <div className={styles.list}>
      <ListHead
        heading={t.nodes.heading}
        kinds={kinds}
        count={list && t.nodes.found(list.found, list.all)}
        label={t.nodes.search}
        hint={t.nodes.searchHint}
        search={search}
        searchRef={searchRef}
        onDown={() => rowsRef.current?.focus()}
        onEnter={() => first && onPick(first.name)}
      />
      {problem && list === null && <ProblemNotice layout="strip" problem={problem} title={t.nodes.failedTitle} />}
      {list === null ? null : list.all === 0 ? (
        <ListNothing title={t.nodes.emptyTitle}>{frame ? t.nodes.emptyRecording : t.nodes.emptyLive}</ListNothing>
      ) : list.found === 0 ? (
        <ListNothing title={t.pods.nothingTitle}>{t.nodes.nothing(wanted)}</ListNothing>
      ) : (
        <NodeRows ref={rowsRef} nodes={list.nodes} picked={picked} onPick={onPick} onEnd={onEnd} />
      )}
      {part && listed >= LIST_LINES.most && <p className={styles.forbidden}>{t.nodes.most(LIST_LINES.most)}</p>}
    </div>
  )
}

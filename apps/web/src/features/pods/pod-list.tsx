import { LIST_LINES, type PodList as List } from '@pausescope/shared'
import { type ReactNode, type Ref, useCallback, useMemo, useRef } from 'react'
import { useText } from '../../i18n/use-text.ts'
import { ListHead } from './list-head.tsx'
import { ListNothing } from './list-nothing.tsx'
import styles from './pod-list.module.css'
import { isPart, podKey, podRows } from './pod-rows.ts'
import { PodTree } from './pod-tree.tsx'

/** The list of pods with its search. Shows the last known pods while new ones are asked for. */
export function PodList({
  list,
  loading,
  picked,
  search,
  closed,
  forbidden,
  notice,
  empty,
  kinds,
  searchRef,
  onPress,
  onPick,
  onMore,
}: {
  /** Null: not known yet. */
  list: List | null
  /** They are on their way. */
  loading: boolean
  /** `namespace/name` of the pod that is shown. */
  picked: string | null
  search: string
  closed: readonly string[]
  /** Kubernetes namespaces whose pods the user may not list. */
  forbidden: readonly string[]
  /** What is the matter with the list, above it. */
  notice: ReactNode
  /** What it says when there is no pod at all. */
  empty: string
  /** The way to the list of nodes. */
  kinds: ReactNode
  searchRef: Ref<HTMLInputElement>
  /** The mouse was pressed on a pod, which will be picked when it is released. */
  onPress: (pod: string) => void
  onPick: (pod: string) => void
  /** The end of what is listed was reached, and there is more; so many are listed. */
  onMore: (listed: number) => void
}) {
  const t = useText()
  const treeRef = useRef<HTMLDivElement>(null)
  const rows = useMemo(() => (list ? podRows(list, search ? [] : closed) : []), [list, closed, search])
  const part = list !== null && isPart(list, search ? [] : closed)
  const listed = list?.pods.length ?? 0
  const onEnd = useCallback(() => part && onMore(listed), [part, onMore, listed])
  const first = list?.pods[0]

  return (
    <div className={styles.list}>
      <ListHead
        heading={t.pods.heading}
        kinds={kinds}
        count={list && t.pods.found(list.found, list.all)}
        label={t.pods.search}
        hint={t.pods.searchHint}
        search={search}
        searchRef={searchRef}
        onDown={() => treeRef.current?.focus()}
        onEnter={() => first && onPick(podKey(first))}
      />
      {notice}
      {forbidden.length > 0 && <p className={styles.forbidden}>{t.pods.forbidden(forbidden)}</p>}
      {loading && <Skeleton label={t.app.loading} />}
      {list === null ? null : list.all === 0 ? (
        <ListNothing title={t.pods.emptyTitle}>{empty}</ListNothing>
      ) : rows.length === 0 ? (
        <ListNothing title={t.pods.nothingTitle}>{t.pods.nothing(search)}</ListNothing>
      ) : (
        <PodTree
          ref={treeRef}
          rows={rows}
          picked={picked}
          closed={closed}
          onPress={onPress}
          onPick={onPick}
          onEnd={onEnd}
        />
      )}
      {part && listed >= LIST_LINES.most && <p className={styles.forbidden}>{t.pods.most(LIST_LINES.most)}</p>}
    </div>
  )
}

const SKELETON_ROWS = ['a', 'b', 'c', 'd', 'e', 'f', 'g']

function Skeleton({ label }: { label: string }) {
  return (
    <div className={styles.skeleton} role="status">
      <span className="visually-hidden">{label}</span>
      {SKELETON_ROWS.map((row) => (
        <span key={row} />
      ))}
    </div>
  )
}

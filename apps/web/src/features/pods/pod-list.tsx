import type { PodSummary } from '@pausescope/shared'
import { type ReactNode, type Ref, useDeferredValue, useMemo, useRef } from 'react'
import { useText } from '../../i18n/use-text.ts'
import { ListHead } from './list-head.tsx'
import { ListNothing } from './list-nothing.tsx'
import styles from './pod-list.module.css'
import { podKey, podRows, searchPods } from './pod-rows.ts'
import { PodTree } from './pod-tree.tsx'

/** The list of pods with its search. Shows the last known pods while new ones are asked for. */
export function PodList({
  pods,
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
}: {
  /** Null: not known yet. */
  pods: readonly PodSummary[] | null
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
}) {
  const t = useText()
  const treeRef = useRef<HTMLDivElement>(null)
  const wanted = useDeferredValue(search)
  const found = useMemo(() => searchPods(pods ?? [], wanted), [pods, wanted])
  // A closed group would hide what the search found.
  const rows = useMemo(() => podRows(found, wanted ? [] : closed), [found, closed, wanted])

  return (
    <div className={styles.list}>
      <ListHead
        heading={t.pods.heading}
        kinds={kinds}
        count={pods && t.pods.found(found.length, pods.length)}
        label={t.pods.search}
        hint={t.pods.searchHint}
        search={search}
        searchRef={searchRef}
        onDown={() => treeRef.current?.focus()}
        onEnter={() => found[0] && onPick(podKey(found[0]))}
      />
      {notice}
      {forbidden.length > 0 && <p className={styles.forbidden}>{t.pods.forbidden(forbidden)}</p>}
      {loading && <Skeleton label={t.app.loading} />}
      {pods === null ? null : pods.length === 0 ? (
        <ListNothing title={t.pods.emptyTitle}>{empty}</ListNothing>
      ) : rows.length === 0 ? (
        <ListNothing title={t.pods.nothingTitle}>{t.pods.nothing(wanted)}</ListNothing>
      ) : (
        <PodTree ref={treeRef} rows={rows} picked={picked} closed={closed} onPress={onPress} onPick={onPick} />
      )}
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

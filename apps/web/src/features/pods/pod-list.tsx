import type { PodSummary } from '@pausescope/shared'
import { type KeyboardEvent, type ReactNode, type Ref, useDeferredValue, useMemo, useRef } from 'react'
import { useText } from '../../i18n/use-text.ts'
import { IconButton } from '../../ui/button.tsx'
import { Icon } from '../../ui/icon.tsx'
import { navigate } from '../../url/use-view-state.ts'
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
  searchRef,
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
  searchRef: Ref<HTMLInputElement>
  onPick: (pod: string) => void
}) {
  const t = useText()
  const treeRef = useRef<HTMLDivElement>(null)
  const wanted = useDeferredValue(search)
  const found = useMemo(() => searchPods(pods ?? [], wanted), [pods, wanted])
  // A closed group would hide what the search found.
  const rows = useMemo(() => podRows(found, wanted ? [] : closed), [found, closed, wanted])

  const onSearchKey = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return
    if (event.key === 'ArrowDown') {
      event.preventDefault()
      treeRef.current?.focus()
    } else if (event.key === 'Enter' && found[0]) onPick(podKey(found[0]))
    else if (event.key === 'Escape' && search) {
      event.stopPropagation()
      navigate({ search: '' }, 'replace')
    }
  }

  return (
    <div className={styles.list}>
      <div className={styles.head}>
        <div className={styles.line}>
          <h2 className={styles.heading}>{t.pods.heading}</h2>
          <p className={styles.count} role="status">
            {pods && t.pods.found(found.length, pods.length)}
          </p>
        </div>
        <div className={styles.search}>
          <Icon name="search" />
          <input
            ref={searchRef}
            type="search"
            aria-label={t.pods.search}
            placeholder={t.pods.searchHint}
            spellCheck={false}
            autoComplete="off"
            value={search}
            onChange={(event) => navigate({ search: event.target.value }, 'replace')}
            onKeyDown={onSearchKey}
          />
          {search ? (
            <IconButton icon="cross" label={t.pods.clear} onClick={() => navigate({ search: '' }, 'replace')} />
          ) : (
            <span className={styles.key} aria-hidden="true">
              /
            </span>
          )}
        </div>
      </div>
      {notice}
      {forbidden.length > 0 && <p className={styles.forbidden}>{t.pods.forbidden(forbidden)}</p>}
      {loading && <Skeleton label={t.app.loading} />}
      {pods === null ? null : pods.length === 0 ? (
        <Nothing title={t.pods.emptyTitle}>{empty}</Nothing>
      ) : rows.length === 0 ? (
        <Nothing title={t.pods.nothingTitle}>{t.pods.nothing(wanted)}</Nothing>
      ) : (
        <PodTree ref={treeRef} rows={rows} picked={picked} closed={closed} onPick={onPick} />
      )}
    </div>
  )
}

function Nothing({ title, children }: { title: string; children: ReactNode }) {
  return (
    <div className={styles.nothing}>
      <p>{title}</p>
      <p>{children}</p>
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

import type { KeyboardEvent, ReactNode, Ref } from 'react'
import { useText } from '../../i18n/use-text.ts'
import { IconButton } from '../../ui/button.tsx'
import { Icon } from '../../ui/icon.tsx'
import { navigate } from '../../url/use-view-state.ts'
import styles from './pod-list.module.css'

/** What is listed, how many of them, and the search. */
export function ListHead({
  heading,
  kinds,
  count,
  label,
  hint,
  search,
  searchRef,
  onDown,
  onEnter,
}: {
  heading: string
  /** The way to the other list. */
  kinds: ReactNode
  /** Null: not known yet. */
  count: string | null
  label: string
  hint: string
  search: string
  searchRef: Ref<HTMLInputElement>
  /** Arrow down in the search: the list is next. */
  onDown: () => void
  /** Enter in the search: the first one found is meant. */
  onEnter: () => void
}) {
  const t = useText()
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return
    if (event.key === 'ArrowDown') {
      event.preventDefault()
      onDown()
    } else if (event.key === 'Enter') onEnter()
    else if (event.key === 'Escape' && search) {
      event.stopPropagation()
      navigate({ search: '' }, 'replace')
    }
  }
  return (
    <div className={styles.head}>
      <div className={styles.line}>
        <h2 className="visually-hidden">{heading}</h2>
        {kinds}
        <p className={styles.count} role="status">
          {count}
        </p>
      </div>
      <div className={styles.search}>
        <Icon name="search" />
        <input
          ref={searchRef}
          type="search"
          aria-label={label}
          placeholder={hint}
          spellCheck={false}
          autoComplete="off"
          value={search}
          onChange={(event) => navigate({ search: event.target.value }, 'replace')}
          onKeyDown={onKeyDown}
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
  )
}

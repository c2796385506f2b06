import type { PodSummary } from '@pausescope/shared'
import {
  type KeyboardEvent,
  memo,
  type Ref,
  useEffect,
  useImperativeHandle,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
} from 'react'
import { useText } from '../../i18n/use-text.ts'
import { Icon } from '../../ui/icon.tsx'
import { useScrollWindow } from '../../ui/use-scroll-window.ts'
import { navigate } from '../../url/use-view-state.ts'
import { ROW_HEIGHT, rowTops, scrollToRow, visibleRows } from './list-window.ts'
import { listKey } from './move-active.ts'
import styles from './pod-list.module.css'
import { type PodRow, podKey } from './pod-rows.ts'
import { statusLook } from './pod-status.ts'

/**
 * The rows, of which only those near the visible part are in the page. The tree keeps the focus and names its active
 * row (aria-activedescendant), so that a row that scrolls away never takes the focus with it.
 */
export function PodTree({
  ref,
  rows,
  picked,
  closed,
  onPress,
  onPick,
  onEnd,
}: {
  ref: Ref<HTMLDivElement>
  rows: readonly PodRow[]
  picked: string | null
  closed: readonly string[]
  onPress: (pod: string) => void
  onPick: (pod: string) => void
  /** The last row came near the visible part. */
  onEnd: () => void
}) {
  const t = useText()
  const box = useRef<HTMLDivElement>(null)
  useImperativeHandle(ref, () => box.current as HTMLDivElement)
  const { scroll, height } = useScrollWindow(box)
  const tops = useMemo(() => rowTops(rows), [rows])

  const [activeKey, setActiveKey] = useState<string | null>(null)
  const pickedRow = useMemo(
    () => rows.findIndex((row) => row.kind === 'pod' && podKey(row.pod) === picked),
    [rows, picked],
  )
  const active = useMemo(() => {
    const index = rows.findIndex((row) => row.key === activeKey)
    return index >= 0 ? index : Math.max(0, pickedRow)
  }, [rows, activeKey, pickedRow])

  const reveal = (row: number) => {
    const element = box.current
    if (element) element.scrollTop = scrollToRow(tops, row, element.scrollTop, element.clientHeight)
  }
  // A pod that was picked elsewhere (the address, Back) comes into view once; new rows alone must not scroll the list.
  const revealed = useRef<string | null>(null)
  useLayoutEffect(() => {
    const element = box.current
    if (!element || pickedRow < 0 || revealed.current === picked) return
    revealed.current = picked
    const { scrollTop, clientHeight } = element
    if (scrollToRow(tops, pickedRow, scrollTop, clientHeight) === scrollTop) return
    element.scrollTop = (tops[pickedRow] ?? 0) - clientHeight / 2
  }, [picked, pickedRow, tops])

  const setClosed = (namespace: string, close: boolean) => {
    const others = closed.filter((name) => name !== namespace)
    navigate({ closed: close ? [...others, namespace] : others }, 'replace')
  }
  const press = (row: PodRow) => {
    setActiveKey(row.key)
    if (row.kind === 'pod') onPick(podKey(row.pod))
    else setClosed(row.namespace, !row.closed)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    const action = listKey(rows, active, event.key)
    if (!action) return
    event.preventDefault()
    switch (action.do) {
      case 'go':
        setActiveKey(rows[action.to]?.key ?? null)
        reveal(action.to)
        break
      case 'open':
      case 'close':
        setClosed(action.namespace, action.do === 'close')
        break
      case 'pick':
        onPick(action.pod)
    }
  }

  const [from, to] = visibleRows(tops, scroll, height)
  const shown = rows.slice(from, to).map((row, index) => ({ row, index: from + index }))
  const activeRow = rows[active]
  const atEnd = to === rows.length
  useEffect(() => {
    if (atEnd) onEnd()
  }, [atEnd, onEnd])
  if (activeRow && (active < from || active >= to)) shown.push({ row: activeRow, index: active })

  return (
    <div
      ref={box}
      className={styles.tree}
      role="tree"
      aria-label={t.pods.list}
      tabIndex={0}
      aria-activedescendant={activeRow && rowId(activeRow)}
      onKeyDown={onKeyDown}
    >
      <div className={styles.rows} style={{ height: tops[rows.length] }}>
        {shown.map(({ row, index }) => (
          // biome-ignore lint/a11y: keys and focus go to the tree, which names its active row
          <div
            key={row.key}
            id={rowId(row)}
            role="treeitem"
            aria-level={row.kind === 'group' ? 1 : 2}
            aria-posinset={row.position}
            aria-setsize={row.of}
            aria-expanded={row.kind === 'group' ? !row.closed : undefined}
            aria-selected={index === pickedRow}
            data-active={index === active || undefined}
            className={row.kind === 'group' ? styles.group : styles.pod}
            style={{ top: tops[index], height: ROW_HEIGHT[row.kind] }}
            onPointerDown={({ pointerType, button }) => {
              // A finger may only want to scroll.
              if (pointerType === 'mouse' && button === 0 && row.kind === 'pod') onPress(podKey(row.pod))
            }}
            onClick={() => press(row)}
          >
            {row.kind === 'group' ? <GroupLine row={row} /> : <PodLine pod={row.pod} />}
          </div>
        ))}
      </div>
    </div>
  )
}

/** Names of namespaces and pods are DNS names, and so fit for ids. */
function rowId(row: PodRow): string {
  return row.key.replace(' ', '-')
}

function GroupLine({ row }: { row: Extract<PodRow, { kind: 'group' }> }) {
  const t = useText()
  return (
    <>
      <Icon name={row.closed ? 'right' : 'down'} size={14} />
      <span className={styles.groupName} title={row.namespace}>
        {row.namespace}
      </span>
      <span className={styles.groupCount} aria-hidden="true">
        {row.count}
      </span>
      <span className="visually-hidden">{t.pods.group('', row.count)}</span>
    </>
  )
}

const PodLine = memo(function PodLine({ pod }: { pod: PodSummary }) {
  const t = useText()
  const look = statusLook(pod)
  return (
    <>
      <span className={`${styles.mark} ${styles[look.tone]}`}>
        <Icon name={look.icon} />
      </span>
      <span className={styles.podName} title={pod.name}>
        {pod.name}
      </span>
      <span className={styles.ready}>
        <span aria-hidden="true">
          {pod.ready}/{pod.containers}
        </span>
        <span className="visually-hidden">{t.pods.ready(pod.ready, pod.containers)}</span>
      </span>
      <span className={styles.facts}>
        <span
          title={pod.status}
          className={look.tone === 'bad' || look.tone === 'warn' ? styles[look.tone] : undefined}
        >
          {pod.status}
        </span>
        {pod.restarts > 0 && (
          <span className={styles.restarts} title={t.pods.restarts(pod.restarts)}>
            <span aria-hidden="true">
              <Icon name="refresh" size={11} /> {pod.restarts}
            </span>
            <span className="visually-hidden">{t.pods.restarts(pod.restarts)}</span>
          </span>
        )}
        <span title={pod.nodeName ?? undefined}>{pod.nodeName ?? t.pods.noNode}</span>
      </span>
    </>
  )
})

import {
  groupNote,
  groupTitle,
  NAMESPACE_TYPES,
  NODE_WORDS,
  type NodeGraph,
  type NodeGraphPod,
  type NodeGroup,
  type SceneRef,
} from '@pausescope/shared'
import { type KeyboardEvent, type RefObject, useLayoutEffect, useMemo, useRef, useState } from 'react'
import { useInsideText } from '../../i18n/use-inside-text.ts'
import { useScrollWindow } from '../../ui/use-scroll-window.ts'
import styles from './node-tables.module.css'
import { nextRow, rowsInView, rowsOf } from './pod-table-rows.ts'

/** As the style sheet sets it. */
const ROW_HEIGHT = 48
const COLUMNS = NAMESPACE_TYPES.length + 1

/**
 * Each pod with the places of its containers, in the picture's groups. Only the rows near the visible part are in the page;
 * arrow keys go from pod to pod.
 */
export function PodTable({
  box,
  graph,
  selection,
  onSelect,
}: {
  /** What scrolls. */
  box: RefObject<HTMLElement | null>
  graph: NodeGraph
  selection: SceneRef | null
  onSelect: (ref: SceneRef) => void
}) {
  const t = useInsideText()
  const body = useRef<HTMLTableSectionElement>(null)
  const { scroll, height } = useScrollWindow(box)
  const [top, setTop] = useState(0)
  const rows = useMemo(() => rowsOf(graph.groups), [graph])
  const numbers = useMemo(() => numbersOf(graph), [graph])
  const [active, setActive] = useState(1)
  const wantsFocus = useRef(false)
  // What stands above may grow: looked at after each painting, at the cost of one look.
  useLayoutEffect(() => setTop(topIn(box.current, body.current)))
  useLayoutEffect(() => {
    if (!wantsFocus.current) return
    // A row from afar comes into the page with the scrolling, a moment later.
    const button = body.current?.querySelector<HTMLElement>(`[data-row="${active}"]`)
    wantsFocus.current = !button
    button?.focus()
  })

  const onKeyDown = (event: KeyboardEvent) => {
    const to = nextRow(rows, active, event.key)
    const element = box.current
    if (to === null || !element || event.ctrlKey || event.metaKey || event.altKey) return
    event.preventDefault()
    const at = top + to * ROW_HEIGHT
    const { scrollTop, clientHeight } = element
    if (at - ROW_HEIGHT * 2 < scrollTop || at + ROW_HEIGHT > scrollTop + clientHeight) {
      element.scrollTop = at - clientHeight / 2
    }
    wantsFocus.current = true
    setActive(to)
  }

  const [from, to] = rowsInView(rows.length, { scroll: scroll - top, height, rowHeight: ROW_HEIGHT })
  return (
    <table className={`${styles.table} ${styles.pods}`} aria-rowcount={rows.length + 1}>
      <caption>
        {t.nodeTable.pods}
        <small>{t.nodeTable.explain}</small>
      </caption>
      <thead>
        <tr aria-rowindex={1}>
          <th scope="col">{t.nodeTable.columns.pod}</th>
          {NAMESPACE_TYPES.map((type) => (
            <th key={type} scope="col">
              {type}
            </th>
          ))}
        </tr>
      </thead>
      <tbody ref={body} onKeyDown={onKeyDown}>
        <Space rows={from} />
        {rows.slice(from, to).map((row, index) => {
          const at = from + index
          if (row.kind === 'group') return <GroupRow key={row.key} group={row.group} index={at} />
          return (
            <PodRow
              key={row.key}
              pod={row.pod}
              index={at}
              isActive={at === active}
              isSelected={selection?.kind === 'pod' && selection.key === row.pod.key}
              findings={numbers.get(row.pod.key) ?? []}
              onFocus={() => setActive(at)}
              onSelect={onSelect}
            />
          )
        })}
        <Space rows={rows.length - to} />
      </tbody>
    </table>
  )
}

/** How far an element's top is below that of what its box holds, scrolled or not; in CSS pixels. */
function topIn(box: HTMLElement | null, element: HTMLElement | null): number {
  if (!box || !element) return 0
  return Math.round(element.getBoundingClientRect().top - box.getBoundingClientRect().top + box.scrollTop)
}

/** Holds the place of rows that are not in the page. */
function Space({ rows }: { rows: number }) {
  if (rows === 0) return null
  return (
    <tr className={styles.space}>
      <td colSpan={COLUMNS} style={{ height: rows * ROW_HEIGHT }} />
    </tr>
  )
}

function GroupRow({ group, index }: { group: NodeGroup; index: number }) {
  const words = NODE_WORDS[useInsideText().language]
  const title = groupTitle(group, NAMESPACE_TYPES, words)
  const note = groupNote(group, NAMESPACE_TYPES, words)
  return (
    <tr aria-rowindex={index + 2} className={styles.group}>
      <th colSpan={COLUMNS} scope="colgroup" title={note}>
        <span>
          {title} <b>{group.pods.length}</b>
          <small>{note}</small>
        </span>
      </th>
    </tr>
  )
}

function PodRow({
  pod,
  index,
  isActive,
  isSelected,
  findings,
  onFocus,
  onSelect,
}: {
  pod: NodeGraphPod
  index: number
  isActive: boolean
  isSelected: boolean
  findings: readonly number[]
  onFocus: () => void
  onSelect: (ref: SceneRef) => void
}) {
  const t = useInsideText()
  const { key, kind, name, namespace, status, comm, marks, unread, inside, isolation } = pod
  const words = NODE_WORDS[t.language]
  const made = inside.length > 0 ? [words.inside(inside)] : []
  const said = [namespace, kind === 'container' ? comm : status, ...made].filter(Boolean).join(' · ')
  return (
    <tr aria-rowindex={index + 2}>
      <th scope="row" title={key}>
        <button
          type="button"
          data-row={index}
          tabIndex={isActive ? 0 : -1}
          aria-current={isSelected ? 'true' : undefined}
          onFocus={onFocus}
          onClick={() => onSelect({ kind: 'pod', key })}
        >
          {name}
          {findings.length > 0 && <em>{findings.map((number) => words.label.finding(number)).join(', ')}</em>}
          <small>{said}</small>
        </button>
      </th>
      {isolation ? (
        <td colSpan={NAMESPACE_TYPES.length} className={styles.none}>
          {t.nodeTable.behind(isolation.runtime, isolation.evidence)}
        </td>
      ) : (
        NAMESPACE_TYPES.map((type) => {
          const mark = marks[type]
          const places = [...mark.map((scope) => t.nodeTable.scopes[scope])]
          if (unread.includes(type)) places.push(t.table.unread)
          return (
            <td key={type} className={mark.length === 1 ? styles[mark[0] ?? ''] : styles.none}>
              {places.join(' + ') || (
                <>
                  <span aria-hidden="true">—</span>
                  <span className="visually-hidden">{t.table.absent}</span>
                </>
              )}
            </td>
          )
        })
      )}
    </tr>
  )
}

/** The numbers that findings have in the list below, by pod. */
function numbersOf({ findings }: NodeGraph): ReadonlyMap<string, readonly number[]> {
  const numbers = new Map<string, number[]>()
  for (const [index, { items }] of findings.entries()) {
    for (const pod of new Set(items.map((item) => item.pod))) numbers.set(pod, [...(numbers.get(pod) ?? []), index + 1])
  }
  return numbers
}

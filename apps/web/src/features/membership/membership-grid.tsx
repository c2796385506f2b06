import {
  type MembershipCell,
  membershipTable,
  type NamespaceType,
  type PodGraph,
  type SceneRef,
} from '@pausescope/shared'
import { type KeyboardEvent, useMemo, useRef, useState } from 'react'
import { useText } from '../../i18n/use-text.ts'
import styles from './membership-grid.module.css'
import { moveInGrid, type Place } from './move-in-grid.ts'

/**
 * Containers by types: equal letters in a column are one namespace. Arrow keys move, Enter selects, and what is pointed
 * at shows its equals.
 */
export function MembershipGrid({
  graph,
  fresh,
  selection,
  onSelect,
}: {
  graph: PodGraph
  /** Keys of what is new since the moment before. */
  fresh: ReadonlySet<string>
  selection: SceneRef | null
  onSelect: (ref: SceneRef | null) => void
}) {
  const t = useText()
  const { columns, rows } = useMemo(() => membershipTable(graph, t.graph), [graph, t])
  const table = useRef<HTMLTableElement>(null)
  const [place, setPlace] = useState<Place>({ row: 0, column: 0 })
  const [pointed, setPointed] = useState<string | null>(null)
  const { namespace: podNamespace, name } = graph.observation.pod
  const bright = pointed ?? (selection?.kind === 'namespace' ? selection.key : null)

  const onKeyDown = (event: KeyboardEvent) => {
    const next = moveInGrid(place, event.key, { rows: rows.length, columns: columns.length + 1 })
    if (!next) return
    event.preventDefault()
    setPlace(next)
    table.current?.querySelector<HTMLElement>(`[data-place="${next.row} ${next.column}"]`)?.focus()
  }
  const stop = (row: number, column: number) => ({
    'data-place': `${row} ${column}`,
    tabIndex: place.row === row && place.column === column ? 0 : -1,
    onFocus: () => setPlace({ row, column }),
  })

  return (
    <div className={styles.box}>
      <table
        ref={table}
        // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: arrow keys move among its cells
        role="grid"
        className={styles.grid}
        onKeyDown={onKeyDown}
      >
        <caption>
          <span>{t.table.caption(`${podNamespace}/${name}`)}</span>
          {t.table.explain}
        </caption>
        <thead>
          <tr>
            <th scope="col">{t.table.container}</th>
            {columns.map((type) => (
              <th key={type} scope="col">
                {type}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, y) => (
            <tr key={row.container}>
              <th scope="row">
                <button
                  type="button"
                  {...stop(y, 0)}
                  aria-current={selection?.kind === 'container' && selection.key === row.container ? 'true' : undefined}
                  onClick={() => onSelect({ kind: 'container', key: row.container })}
                >
                  <b>{row.name}</b>
                  <small>
                    {t.kind[row.kind]}
                    {fresh.has(row.container) && <Fresh />}
                  </small>
                </button>
              </th>
              {row.cells.map((cell, x) => (
                <Cell
                  key={columns[x]}
                  cell={cell}
                  fresh={cell.kind === 'member' && fresh.has(cell.namespace)}
                  bright={cell.kind === 'member' && cell.namespace === bright}
                  stop={stop(y, x + 1)}
                  type={columns[x] as NamespaceType}
                  onPoint={setPointed}
                  onSelect={onSelect}
                />
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

/** In words, as colour alone tells nobody. */
function Fresh() {
  return (
    <>
      {' '}
      <mark className={styles.fresh}>{useText().table.fresh}</mark>
    </>
  )
}

function Cell({
  cell,
  fresh,
  bright,
  stop,
  type,
  onPoint,
  onSelect,
}: {
  cell: MembershipCell
  fresh: boolean
  /** It or an equal one is pointed at. */
  bright: boolean
  stop: { 'data-place': string; tabIndex: number; onFocus: () => void }
  type: NamespaceType
  onPoint: (namespace: string | null) => void
  onSelect: (ref: SceneRef) => void
}) {
  const t = useText()
  if (cell.kind !== 'member') {
    return (
      <td className={styles.without} title={cell.reason} data-type={type} {...stop}>
        {cell.kind === 'absent' ? t.table.absent : t.table.unread}
        <span className="visually-hidden">. {cell.reason}</span>
      </td>
    )
  }
  const { namespace, inode, scope, letter, agrees } = cell
  const whose = { own: t.table.own, pod: '', node: t.table.node, foreign: t.table.foreign }[scope]
  return (
    <td data-type={type}>
      <button
        type="button"
        className={styles[scope]}
        data-bright={bright || undefined}
        data-differs={agrees === false || undefined}
        {...stop}
        onFocus={() => {
          stop.onFocus()
          onPoint(namespace)
        }}
        onBlur={() => onPoint(null)}
        onPointerEnter={() => onPoint(namespace)}
        onPointerLeave={() => onPoint(null)}
        onClick={() => onSelect({ kind: 'namespace', key: namespace })}
      >
        <span className="visually-hidden">{type} </span>
        <span className={styles.inode}>{inode}</span>
        <span className={styles.note}>
          {letter && (
            <b>
              <span className="visually-hidden">{t.table.shared} </span>
              {letter}
            </b>
          )}
          {whose}
          {fresh && <Fresh />}
          {agrees === false && <em>{t.table.differs}</em>}
        </span>
      </button>
    </td>
  )
}

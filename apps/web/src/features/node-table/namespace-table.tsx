import type { NodeGraphNamespace, SceneRef } from '@pausescope/shared'
import { useInsideText } from '../../i18n/use-inside-text.ts'
import styles from './node-tables.module.css'

/** More pods than this are counted: the details name them all. */
const MOST_NAMES = 5

/** Namespaces one by one, with who is in them and what keeps them. */
export function NamespaceTable({
  title,
  namespaces,
  selection,
  onSelect,
}: {
  title: string
  /** `note`: how many others there are of the type. */
  namespaces: readonly (NodeGraphNamespace & { note?: readonly string[] })[]
  selection: SceneRef | null
  onSelect: (ref: SceneRef) => void
}) {
  const t = useInsideText()
  const { columns } = t.nodeTable
  const hasNotes = namespaces.some(({ note }) => note)
  const hasProcesses = namespaces.some(({ nprocs }) => nprocs > 0)
  const hasPods = namespaces.some(({ podKeys }) => podKeys.length > 0)
  const hasPins = !hasNotes && namespaces.some(({ pins }) => pins)
  return (
    <table className={styles.table}>
      <caption>{title}</caption>
      {namespaces.length === 0 ? (
        <tbody>
          <tr>
            <td>{t.nodeTable.none}</td>
          </tr>
        </tbody>
      ) : (
        <>
          <thead>
            <tr>
              <th scope="col">{columns.namespace}</th>
              {hasProcesses && <th scope="col">{columns.processes}</th>}
              {hasPods && <th scope="col">{columns.pods}</th>}
              {hasProcesses && <th scope="col">{columns.lowest}</th>}
              {hasNotes && <th scope="col">{columns.others}</th>}
              {hasPins && <th scope="col">{columns.pins}</th>}
            </tr>
          </thead>
          <tbody>
            {namespaces.map(({ key, nprocs, podKeys, lowest, command, pins = [], note }) => (
              <tr key={key}>
                <th scope="row">
                  <button
                    type="button"
                    aria-current={selection?.kind === 'namespace' && selection.key === key ? 'true' : undefined}
                    onClick={() => onSelect({ kind: 'namespace', key })}
                  >
                    <code>{key}</code>
                  </button>
                </th>
                {hasProcesses && <td>{nprocs}</td>}
                {hasPods && (
                  <td className={styles.names}>
                    {[
                      ...podKeys.slice(0, MOST_NAMES),
                      ...(podKeys.length > MOST_NAMES ? [t.nodeTable.more(podKeys.length - MOST_NAMES)] : []),
                    ].join(', ')}
                  </td>
                )}
                {hasProcesses && <td>{lowest !== null && `${lowest} ${command ?? ''}`}</td>}
                {hasNotes && <td>{note?.join(', ')}</td>}
                {hasPins && <td>{pins.join(', ')}</td>}
              </tr>
            ))}
          </tbody>
        </>
      )}
    </table>
  )
}

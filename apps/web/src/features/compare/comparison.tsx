import {
  CHANGE_WORDS,
  type Change,
  type ContainerComparison,
  changeTexts,
  type GraphComparison,
  NAMESPACE_TYPES,
} from '@pausescope/shared'
import { useText } from '../../i18n/use-text.ts'
import styles from './comparison.module.css'

/** What differs between the two, told and as a table of what is not alike. */
export function Comparison({
  comparison,
  changes,
  names,
}: {
  comparison: GraphComparison
  /** From the first of the two to the second. */
  changes: readonly Change[]
  /** Of the two, as they are headed. */
  names: readonly [string, string]
}) {
  const t = useText()
  const unread = changes.some(({ kind }) => kind === 'unread')
  return (
    <section className={styles.comparison} aria-label={t.compare.differences}>
      {(comparison.samePod || changes.length > 0) && (
        <ul className={styles.told}>
          {changeTexts(changes, CHANGE_WORDS[t.language]).map((text) => (
            <li key={text}>{text}</li>
          ))}
        </ul>
      )}
      {comparison.samePod ? (
        !unread && <Times comparison={comparison} />
      ) : (
        <Places comparison={comparison} names={names} />
      )}
    </section>
  )
}

/** One pod at two times: of each container that is not as it was, what became of its namespaces. */
function Times({ comparison }: { comparison: GraphComparison }) {
  const t = useText()
  const changed = comparison.containers.filter(
    ({ change, types }) => change !== 'same' || types.some(({ stayed }) => !stayed),
  )
  if (changed.length === 0) return null
  return (
    <table>
      <thead>
        <tr>
          <th scope="col">{t.table.container}</th>
          {NAMESPACE_TYPES.map((type) => (
            <th key={type} scope="col">
              {type}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {changed.map((container) => (
          <tr key={container.key}>
            <th scope="row">{container.name}</th>
            {container.types.map((one) => (
              <td key={one.type} data-changed={!one.stayed || undefined}>
                {t.compare.cell[cellOf(one)]}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function cellOf({ a, b, stayed }: ContainerComparison['types'][number]) {
  if (a === null && b === null) return 'none'
  if (stayed) return 'stayed'
  return b === null ? 'gone' : 'renewed'
}

/** Two pods: the types in which they differ, and which those are in which they do not. */
function Places({ comparison: { places }, names }: { comparison: GraphComparison; names: readonly [string, string] }) {
  const t = useText()
  const differing = places.filter(({ equal }) => !equal)
  const alike = places.filter(({ equal }) => equal).map(({ type }) => type)
  const spell = (scopes: (typeof places)[number]['a']) =>
    scopes.map((scope) => t.details.scopes[scope]).join(', ') || t.compare.cell.none
  return (
    <>
      {differing.length > 0 && (
        <table>
          <thead>
            <tr>
              <th scope="col">{t.details.type}</th>
              {names.map((name) => (
                <th key={name} scope="col">
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {differing.map(({ type, a, b }) => (
              <tr key={type}>
                <th scope="row">{type}</th>
                <td data-changed>{spell(a)}</td>
                <td data-changed>{spell(b)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <p className={styles.alike}>{t.compare.alike(alike)}</p>
    </>
  )
}

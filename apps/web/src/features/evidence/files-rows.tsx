import { type FilesPlace, type PodGraph, type SharedFiles, visibleText } from '@pausescope/shared'
import { useInsideText } from '../../i18n/use-inside-text.ts'
import { ContainerTag } from './container-tag.tsx'
import styles from './evidence.module.css'
import { accessText, kindText } from './files-words.ts'

/** Volumes, each with a row for every place where it is mounted. */
export function FilesRows({
  graph,
  files,
  caption,
}: {
  graph: PodGraph
  files: readonly SharedFiles[]
  caption: string
}) {
  const t = useInsideText()
  return (
    <table className={styles.files}>
      <caption className="visually-hidden">{caption}</caption>
      <thead>
        <tr>
          <th scope="col">{t.files.columns.container}</th>
          <th scope="col">{t.files.columns.path}</th>
        </tr>
      </thead>
      {files.map((one) => (
        <tbody key={one.key}>
          <tr>
            <th scope="rowgroup" colSpan={2}>
              <Volume graph={graph} files={one} />
            </th>
          </tr>
          {one.places.map((place) => (
            <tr key={`${place.container.key} ${place.path}`}>
              <td>
                <ContainerTag graph={graph} container={place.container} />
              </td>
              <td>
                <Place place={place} />
              </td>
            </tr>
          ))}
        </tbody>
      ))}
    </table>
  )
}

function Volume({ graph, files: { name, kind, ref, together, places } }: { graph: PodGraph; files: SharedFiles }) {
  const t = useInsideText()
  const namesOf = (keys: readonly string[]) =>
    graph.containers.filter(({ key }) => keys.includes(key)).map((container) => container.name)
  return (
    <>
      <code>{visibleText(name)}</code>
      <span className={styles.kind}>
        {kindText(t, kind)}
        {ref !== null && <code> {visibleText(ref)}</code>}
      </span>
      {together.map((keys) => (
        <span key={keys.join()} className={styles.together}>
          {t.files.together(namesOf(keys))}
        </span>
      ))}
      {together.length === 0 && places.some(({ mount }) => mount !== null) && (
        <span className={styles.kind}>{t.files.alone}</span>
      )}
    </>
  )
}

function Place({ place }: { place: FilesPlace }) {
  const t = useInsideText()
  const { path, declared, differences } = place
  return (
    <>
      <code>{visibleText(path)}</code>
      {declared?.subPath !== undefined && <code className={styles.quiet}> ← {visibleText(declared.subPath)}</code>}
      <span className={styles.access}>{accessText(t, place)}</span>
      {differences.map((difference) => (
        <b key={difference} className={styles.differs}>
          {t.files.differences[difference]}
        </b>
      ))}
    </>
  )
}

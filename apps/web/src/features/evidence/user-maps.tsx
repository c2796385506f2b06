import { idMapText, type PodEvidence, type UidRange } from '@pausescope/shared'
import { useInsideText } from '../../i18n/use-inside-text.ts'
import { CopyButton } from '../../ui/copy-button.tsx'
import styles from './evidence.module.css'
import { Gaps } from './gaps.tsx'
import { Measured } from './measured.tsx'
import { Part } from './part.tsx'

/** Who the users and groups of a user namespace are on the node. */
export function UserMaps({ evidence, inode }: { evidence: PodEvidence; inode: number }) {
  const t = useInsideText()
  const found = evidence.users.find(({ id }) => id.inode === inode)
  if (!found) return null
  const { uidMap, gidMap, gaps, pid } = found
  const root = uidMap.find(({ inside, count }) => inside === 0 && count > 0)
  const isSame = uidMap.every(({ inside, outside }) => inside === outside)
  return (
    <>
      {root && <p className={styles.lead}>{isSame ? t.userMaps.same : t.userMaps.root(root.outside)}</p>}
      <Gaps gaps={gaps} />
      <Ranges title={t.userMaps.uid} file="uid_map" ranges={uidMap} />
      <Ranges title={t.userMaps.gid} file="gid_map" ranges={gidMap} />
      <Measured evidence={evidence} pid={pid} />
    </>
  )
}

function Ranges({ title, file, ranges }: { title: string; file: string; ranges: readonly UidRange[] }) {
  const t = useInsideText()
  if (ranges.length === 0) return null
  return (
    <Part title={title} side={<CopyButton text={idMapText(ranges)} label={t.inside.copyAs(`cat ${file}`)} />}>
      <table className={styles.table}>
        <caption className="visually-hidden">{title}</caption>
        <thead>
          <tr>
            <th scope="col">{t.userMaps.inside}</th>
            <th scope="col">{t.userMaps.onNode}</th>
            <th scope="col">{t.userMaps.count}</th>
          </tr>
        </thead>
        <tbody>
          {ranges.map(({ inside, outside, count }) => (
            <tr key={inside}>
              <td>{inside}</td>
              <td>{outside}</td>
              <td>{count}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Part>
  )
}

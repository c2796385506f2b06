import { type FilesPlace, type PodEvidence, type PodGraph, type SharedFiles, sharedFiles } from '@pausescope/shared'
import { useMemo } from 'react'
import { useInsideText } from '../../i18n/use-inside-text.ts'
import { CopyButton } from '../../ui/copy-button.tsx'
import { Fold } from '../../ui/fold.tsx'
import { useFold } from '../../url/use-fold.ts'
import styles from './evidence.module.css'
import { filesMarkdown } from './files-markdown.ts'
import { FilesRows } from './files-rows.tsx'
import { Gaps } from './gaps.tsx'
import { Part } from './part.tsx'

/** What stands in every container, and is worth a look: the others are in a fold. */
const TOLD: readonly SharedFiles['kind'][] = ['rootfs', 'devShm']

/** The second way to share: which volumes the containers mount, who else does, and what every container gets. */
export function Files({
  graph,
  evidence,
  containers,
}: {
  graph: PodGraph
  evidence: PodEvidence
  containers: readonly string[]
}) {
  const t = useInsideText()
  const fold = useFold('given')
  const all = useMemo(() => sharedFiles(evidence, graph), [evidence, graph])
  const isTold = ({ container }: FilesPlace) => containers.includes(container.key)
  const files = all.filter(({ places }) => places.some(isTold))
  const volumes = files.filter(({ key }) => !key.startsWith('path:'))
  // What every container gets is told of these alone.
  const given = files
    .filter(({ key }) => key.startsWith('path:'))
    .map((one) => ({ ...one, places: one.places.filter(isTold) }))
  const told = [...volumes, ...given.filter(({ kind }) => TOLD.includes(kind))]
  const rest = given.filter(({ kind }) => !TOLD.includes(kind))
  const inodes = graph.containers
    .filter(({ key }) => containers.includes(key))
    .flatMap(({ memberships }) => memberships.filter(({ type }) => type === 'mnt').map(({ namespace }) => namespace))
  const mounts = evidence.mounts.filter(({ id }) => inodes.includes(`mnt:[${id.inode}]`))
  return (
    <>
      <p className={styles.lead}>{t.files.intro}</p>
      <Gaps gaps={mounts.flatMap(({ gaps }) => gaps)} />
      {volumes.length === 0 && <p className={styles.quiet}>{t.files.noVolumes}</p>}
      {told.length > 0 && (
        <Part title={t.files.caption} side={<CopyButton text={filesMarkdown(t, files)} label={t.inside.markdown} />}>
          <FilesRows graph={graph} files={told} caption={t.files.caption} />
        </Part>
      )}
      {rest.length > 0 && (
        <Fold title={t.files.given} {...fold}>
          <FilesRows graph={graph} files={rest} caption={t.files.given} />
        </Fold>
      )}
    </>
  )
}

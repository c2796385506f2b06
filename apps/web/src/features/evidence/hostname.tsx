import { type PodEvidence, visibleText } from '@pausescope/shared'
import { useInsideText } from '../../i18n/use-inside-text.ts'
import { Facts } from '../../ui/section.tsx'
import { Gaps } from './gaps.tsx'
import { Measured } from './measured.tsx'

/** The hostname of a uts namespace, and who says so. */
export function Hostname({ evidence, inode }: { evidence: PodEvidence; inode: number }) {
  const t = useInsideText()
  const found = evidence.hostnames.find(({ id }) => id.inode === inode)
  if (!found) return null
  const { hostname, source, gaps, pid } = found
  const name = hostname === null ? null : visibleText(hostname)
  return (
    <>
      <Facts
        facts={[
          [t.hostnames.name, name === null ? t.inside.unknown : <code key="name">{name}</code>],
          [t.hostnames.source, source && t.hostnames.sources[source]],
        ]}
      />
      <Gaps gaps={gaps} />
      <Measured evidence={evidence} pid={pid} />
    </>
  )
}

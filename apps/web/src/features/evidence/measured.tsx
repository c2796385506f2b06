import type { PodEvidence } from '@pausescope/shared'
import { useInsideText } from '../../i18n/use-inside-text.ts'
import { formatInstant } from '../../ui/instant.ts'
import styles from './evidence.module.css'

/** In which scan it was read, and as whom. */
export function Measured({ evidence: { at, scannedAt = at }, pid }: { evidence: PodEvidence; pid: number }) {
  const t = useInsideText()
  return <p className={styles.measured}>{t.inside.measured(formatInstant(scannedAt, 'second'), pid)}</p>
}

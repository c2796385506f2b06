import type { EvidenceGap } from '@pausescope/shared'
import { useInsideText } from '../../i18n/use-inside-text.ts'
import { CopyButton } from '../../ui/copy-button.tsx'
import styles from './evidence.module.css'

/** What could not be told of a part, why, and what shows it. */
export function Gaps({ gaps }: { gaps: readonly EvidenceGap[] }) {
  const t = useInsideText()
  if (gaps.length === 0) return null
  return (
    <ul className={styles.gaps}>
      {gaps.map(({ part, code, detail, told, command, capability }) => (
        <li key={`${part} ${code} ${detail}`} className={styles.gap}>
          <b>
            {t.evidenceGaps.parts[part]}: {t.evidenceGaps.codes[code]}.
          </b>{' '}
          {t.tell(told, detail)} {capability !== undefined && t.evidenceGaps.capability(capability)}
          {command !== undefined && (
            <span className={styles.command}>
              <span>{t.evidenceGaps.try}:</span> <code>{command}</code>
              <CopyButton small text={command} label={command} />
            </span>
          )}
        </li>
      ))}
    </ul>
  )
}

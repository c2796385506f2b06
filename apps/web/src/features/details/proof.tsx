import type { Membership } from '@pausescope/shared'
import { useText } from '../../i18n/use-text.ts'
import { CopyButton } from '../../ui/copy-button.tsx'
import styles from './details.module.css'

/** The command that shows a membership on the node, and what it printed. */
export function Proof({ proof: { command, output } }: { proof: Membership['proof'] }) {
  return (
    <div className={styles.proof}>
      <pre>
        <span aria-hidden="true">$ </span>
        {command}
        {'\n'}
        <samp>{output}</samp>
      </pre>
      <CopyButton small text={command} label={command} />
    </div>
  )
}

/** Whether the node shows what the spec predicts; nothing where it predicts nothing. */
export function Agreement({ agrees }: { agrees: boolean | null }) {
  const t = useText()
  if (agrees === null) return null
  return (
    <span className={agrees ? styles.agrees : styles.differs}>{agrees ? t.details.agrees : t.details.differs}</span>
  )
}

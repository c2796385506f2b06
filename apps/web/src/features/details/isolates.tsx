import type { NamespaceType } from '@pausescope/shared'
import { useInsideText } from '../../i18n/use-inside-text.ts'
import styles from './details.module.css'

/** What namespaces of the type isolate, and the command that shows it inside one. */
export function Isolates({ type }: { type: NamespaceType }) {
  const t = useInsideText()
  const { isolates, see } = t.types[type]
  return (
    <p className={styles.isolates}>
      {t.evidence.isolates}: {isolates}. {t.evidence.see}: <code>{see}</code>
    </p>
  )
}

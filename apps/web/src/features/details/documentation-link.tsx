import { documentationOf } from '@pausescope/shared'
import { useText } from '../../i18n/use-text.ts'
import styles from './details.module.css'

/** The page that explains a reason, in a tab of its own; nothing for a reason that is not known. */
export function DocumentationLink({ reason }: { reason: string }) {
  const t = useText()
  const page = documentationOf(reason)
  if (page === null) return null
  return (
    <a className={styles.documentation} href={page} target="_blank" rel="noreferrer" title={page}>
      {t.details.readOn(new URL(page).hostname)}
    </a>
  )
}

import { useText } from '../i18n/use-text.ts'
import styles from './stage.module.css'

/** Where cards and panels will stand. */
export function StageSkeleton() {
  const t = useText()
  return (
    <div className={styles.skeleton} role="status">
      <span className="visually-hidden">{t.picture.loading}</span>
      <div className={styles.skeletonCards}>
        <span />
        <span />
        <span />
      </div>
      <span />
      <span />
    </div>
  )
}

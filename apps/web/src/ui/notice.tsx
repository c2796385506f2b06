import type { ReactNode } from 'react'
import { Icon, type IconName } from './icon.tsx'
import styles from './notice.module.css'

export type NoticeTone = 'info' | 'warn' | 'bad'

/** `page`: stands alone in an empty place; `strip`: above what is shown; `box`: within something. */
export type NoticeLayout = 'page' | 'strip' | 'box'

const ICONS: Record<NoticeTone, IconName> = { info: 'info', warn: 'alert', bad: 'stop' }

/** What is the matter, why, and what to do next. */
export function Notice({
  tone,
  layout,
  title,
  children,
  next,
  action,
}: {
  tone: NoticeTone
  layout: NoticeLayout
  title: string
  children?: ReactNode
  next?: ReactNode
  action?: ReactNode
}) {
  return (
    <section
      className={`${styles.notice} ${styles[tone]} ${styles[layout]}`}
      role={tone === 'info' ? 'status' : 'alert'}
    >
      <span className={styles.icon}>
        <Icon name={ICONS[tone]} size={layout === 'page' ? 22 : 18} />
      </span>
      <div className={styles.body}>
        <p className={styles.title}>{title}</p>
        {children && <div className={styles.text}>{children}</div>}
        {next && <p className={styles.next}>{next}</p>}
      </div>
      {action && <div className={styles.action}>{action}</div>}
    </section>
  )
}

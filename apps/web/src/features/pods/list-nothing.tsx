import type { ReactNode } from 'react'
import styles from './pod-list.module.css'

/** Stands in place of the rows when there are none. */
export function ListNothing({ title, children }: { title: string; children: ReactNode }) {
  return (
    <div className={styles.nothing}>
      <p>{title}</p>
      <p>{children}</p>
    </div>
  )
}

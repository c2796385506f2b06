import type { ReactNode } from 'react'
import styles from './section.module.css'

/** A part that is long, and closed until someone opens it. */
export function Fold({ title, open = false, children }: { title: ReactNode; open?: boolean; children: ReactNode }) {
  return (
    <details className={styles.fold} open={open}>
      <summary>{title}</summary>
      {children}
    </details>
  )
}

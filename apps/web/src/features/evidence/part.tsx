import type { ReactNode } from 'react'
import styles from './evidence.module.css'

/** A part of a section, under a heading of the next level. */
export function Part({ title, side, children }: { title: string; side?: ReactNode; children: ReactNode }) {
  return (
    <section className={styles.part}>
      <div className={styles.partHead}>
        <h4>{title}</h4>
        {side}
      </div>
      {children}
    </section>
  )
}

import type { ReactNode } from 'react'
import styles from './section.module.css'

/** A part that is long, and closed until someone opens it. */
export function Fold({
  title,
  open,
  onToggle,
  children,
}: {
  title: ReactNode
  open: boolean
  onToggle: (open: boolean) => void
  children: ReactNode
}) {
  return (
    <details className={styles.fold} open={open} onToggle={(event) => onToggle(event.currentTarget.open)}>
      <summary>{title}</summary>
      {children}
    </details>
  )
}

import type { ReactNode } from 'react'
import { useText } from '../../i18n/use-text.ts'
import { IconButton } from '../../ui/button.tsx'
import styles from './details.module.css'

/** The frame of the details: what it is about, and the way to close it. */
export function Panel({
  title,
  mono = false,
  kind,
  onClose,
  children,
}: {
  title: string
  /** The title is in the kernel's spelling. */
  mono?: boolean
  kind?: ReactNode
  onClose: () => void
  children: ReactNode
}) {
  const t = useText()
  return (
    <section className={styles.panel} aria-label={t.details.label}>
      <header className={styles.head}>
        <div>
          <h2 className={mono ? styles.mono : undefined}>{title}</h2>
          {kind && <p className={styles.kind}>{kind}</p>}
        </div>
        <IconButton icon="cross" label={t.details.close} onClick={onClose} />
      </header>
      {/* biome-ignore-start lint/a11y: a scrolled part must be reachable by keyboard and have a name */}
      <div className={styles.body} tabIndex={0} role="group" aria-label={title}>
        {children}
      </div>
      {/* biome-ignore-end lint/a11y: as above */}
    </section>
  )
}

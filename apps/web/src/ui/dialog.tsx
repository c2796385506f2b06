import type { ReactNode } from 'react'
import { Dialog as AriaDialog } from 'react-aria-components/Dialog'
import { Heading } from 'react-aria-components/Heading'
import { Modal, ModalOverlay } from 'react-aria-components/Modal'
import styles from './dialog.module.css'

/** A dialog over the page. Escape and a press beside it close it. `bare`: its title is heard, not seen. */
export function Dialog({
  title,
  bare = false,
  wide = false,
  children,
  actions,
  onClose,
}: {
  title: string
  bare?: boolean
  /** As wide as the window has room for. */
  wide?: boolean
  children: ReactNode
  actions?: ReactNode
  onClose: () => void
}) {
  return (
    <ModalOverlay isOpen isDismissable onOpenChange={(open) => !open && onClose()} className={styles.veil as string}>
      <Modal className={`${styles.modal} ${wide ? styles.wide : ''}`}>
        <AriaDialog className={styles.dialog as string}>
          <Heading slot="title" className={bare ? 'visually-hidden' : (styles.title as string)}>
            {title}
          </Heading>
          <div className={bare ? styles.bare : styles.body}>{children}</div>
          {actions && <div className={styles.actions}>{actions}</div>}
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  )
}

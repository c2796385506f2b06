import type { RefObject } from 'react'
import { Header } from 'react-aria-components/Header'
import { Menu, MenuItem, MenuSection } from 'react-aria-components/Menu'
import { Popover } from 'react-aria-components/Popover'
import { Icon, type IconName } from './icon.tsx'
import styles from './menu-popup.module.css'

/** Entries of a menu that belong together. With `selected` it is a choice of one, and says which. */
export type MenuPart = {
  id: string
  heading?: string
  selected?: string | null
  items: readonly { id: string; text: string; icon?: IconName }[]
}

export default function MenuPopup({
  button,
  label,
  parts,
  onAction,
  onClose,
}: {
  button: RefObject<HTMLButtonElement | null>
  label: string
  parts: readonly MenuPart[]
  onAction: (id: string) => void
  onClose: () => void
}) {
  return (
    <Popover
      triggerRef={button}
      aria-label={label}
      isOpen
      onOpenChange={(open) => !open && onClose()}
      placement="bottom end"
      offset={6}
      className={styles.popover as string}
    >
      <Menu
        aria-label={label}
        autoFocus="first"
        className={styles.menu as string}
        onAction={(key) => onAction(String(key))}
        onClose={onClose}
      >
        {parts
          .filter((part) => part.items.length > 0)
          .map((part) => (
            <MenuSection
              key={part.id}
              id={part.id}
              aria-label={part.heading ?? label}
              className={styles.section as string}
              {...(part.selected === undefined
                ? {}
                : {
                    selectionMode: 'single' as const,
                    disallowEmptySelection: true,
                    selectedKeys: part.selected === null ? [] : [part.selected],
                  })}
            >
              {part.heading && <Header className={styles.heading as string}>{part.heading}</Header>}
              {part.items.map((item) => (
                <MenuItem key={item.id} id={item.id} textValue={item.text} className={styles.item as string}>
                  <span className={styles.icon}>
                    {part.selected === item.id ? <Icon name="check" /> : item.icon && <Icon name={item.icon} />}
                  </span>
                  <span>{item.text}</span>
                </MenuItem>
              ))}
            </MenuSection>
          ))}
      </Menu>
    </Popover>
  )
}

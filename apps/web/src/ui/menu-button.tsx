import { lazy, Suspense, useRef, useState } from 'react'
import buttonStyles from './button.module.css'
import { Icon, type IconName } from './icon.tsx'
import type { MenuPart } from './menu-popup.tsx'

const loadPopup = () => import('./menu-popup.tsx')
const MenuPopup = lazy(loadPopup)

/** A button with a menu. The menu's code is loaded when the button is first pointed at or focused. */
export function MenuButton({
  label,
  icon,
  text,
  parts,
  onAction,
}: {
  /** Accessible name; also the tooltip when there is no text. */
  label: string
  icon: IconName
  /** Shown beside the icon where the window has room. */
  text?: string
  parts: readonly MenuPart[]
  onAction: (id: string) => void
}) {
  const button = useRef<HTMLButtonElement>(null)
  const [open, setOpen] = useState(false)
  const openKeys = (key: string) => key === 'ArrowDown' || key === 'ArrowUp'
  return (
    <>
      <button
        ref={button}
        type="button"
        className={`${buttonStyles.button} ${buttonStyles.plain} ${text ? buttonStyles.menu : buttonStyles.square}`}
        aria-label={label}
        title={label}
        aria-haspopup="menu"
        aria-expanded={open}
        onPointerEnter={loadPopup}
        onFocus={loadPopup}
        onClick={() => setOpen(true)}
        onKeyDown={(event) => {
          if (!openKeys(event.key)) return
          event.preventDefault()
          setOpen(true)
        }}
      >
        <Icon name={icon} />
        {text && <span className={buttonStyles.menuText}>{text}</span>}
        {text && <Icon name="down" size={12} />}
      </button>
      {open && (
        <Suspense>
          <MenuPopup button={button} label={label} parts={parts} onAction={onAction} onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </>
  )
}

import type { ButtonHTMLAttributes, Ref } from 'react'
import styles from './button.module.css'
import { Icon, type IconName } from './icon.tsx'

type ButtonProps = ButtonHTMLAttributes<HTMLButtonElement> & {
  /** `plain`: a quiet one of a toolbar; `solid`: the one next step. */
  look?: 'plain' | 'line' | 'solid'
  icon?: IconName
  ref?: Ref<HTMLButtonElement>
}

export function Button({ look = 'line', icon, children, ...rest }: ButtonProps) {
  return (
    <button type="button" {...rest} className={`${styles.button} ${styles[look]}`}>
      {icon && <Icon name={icon} />}
      {children}
    </button>
  )
}

/** A button that shows an icon only; the label is its accessible name and tooltip. */
export function IconButton({
  label,
  icon,
  ...rest
}: ButtonHTMLAttributes<HTMLButtonElement> & {
  label: string
  icon: IconName
  ref?: Ref<HTMLButtonElement>
}) {
  return (
    <button
      type="button"
      {...rest}
      aria-label={label}
      title={label}
      className={`${styles.button} ${styles.plain} ${styles.square}`}
    >
      <Icon name={icon} />
    </button>
  )
}

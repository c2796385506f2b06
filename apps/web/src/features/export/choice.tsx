import { useId } from 'react'
import styles from './export-dialog.module.css'

/** One of a few, all seen at once. */
export function Choice<T extends string | number>({
  label,
  value,
  all,
  spell,
  onChange,
}: {
  label: string
  value: T
  all: readonly T[]
  spell: (one: T) => string
  onChange: (one: T) => void
}) {
  const name = useId()
  return (
    <fieldset className={styles.choice}>
      <legend>{label}</legend>
      {all.map((one) => (
        <label key={one}>
          <input type="radio" name={name} checked={one === value} onChange={() => onChange(one)} />
          <span>{spell(one)}</span>
        </label>
      ))}
    </fieldset>
  )
}

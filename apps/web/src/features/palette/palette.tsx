import { type KeyboardEvent, useId, useMemo, useState } from 'react'
import { useText } from '../../i18n/use-text.ts'
import { type Command, spellKey } from '../../ui/command.ts'
import { Dialog } from '../../ui/dialog.tsx'
import { Icon } from '../../ui/icon.tsx'
import { findEntries } from './find-entries.ts'
import styles from './palette.module.css'

/** More is not drawn: who does not see it types another letter. */
const SHOWN = 40

/** Commands and pods in one list, found by typing. */
export default function Palette({
  title,
  hint,
  commands,
  pods,
  unlisted,
  typed,
  onType,
  onPick,
  onClose,
}: {
  title: string
  /** What can be typed. */
  hint: string
  commands: readonly Command[]
  /** `namespace/name`, in the order of the list. */
  pods: readonly string[]
  /** How many more pods have what is typed. */
  unlisted: number
  typed: string
  onType: (typed: string) => void
  onPick: (pod: string) => void
  onClose: () => void
}) {
  const t = useText()
  const id = useId()
  const [active, setActive] = useState(0)
  const entries = useMemo(
    () => [
      ...commands,
      ...pods.map((pod): Command => ({ id: `pod ${pod}`, text: pod, icon: 'live', run: () => onPick(pod) })),
    ],
    [commands, pods, onPick],
  )
  const found = useMemo(() => findEntries(entries, typed), [entries, typed])
  const shown = found.slice(0, SHOWN)
  const more = found.length - shown.length + unlisted
  const at = Math.min(active, shown.length - 1)

  const choose = (command: Command | undefined) => {
    if (!command) return
    onClose()
    command.run()
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const moves: Record<string, number> = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: shown.length - 1 }
    const to = moves[event.key]
    if (event.key === 'Enter') choose(shown[at])
    else if (
      to === undefined ||
      (event.key.length < 6 && typed !== '' && (event.key === 'Home' || event.key === 'End'))
    )
      return
    else setActive((to + shown.length) % Math.max(1, shown.length))
    event.preventDefault()
  }

  return (
    <Dialog title={title} onClose={onClose} bare>
      <div className={styles.field}>
        <Icon name="search" />
        <input
          autoFocus
          role="combobox"
          aria-label={title}
          aria-expanded="true"
          aria-controls={id}
          aria-activedescendant={shown[at] ? `${id}-${at}` : undefined}
          aria-autocomplete="list"
          placeholder={hint}
          spellCheck={false}
          value={typed}
          onChange={(event) => {
            onType(event.target.value)
            setActive(0)
          }}
          onKeyDown={onKeyDown}
        />
      </div>
      <div id={id} role="listbox" aria-label={t.palette.found} className={styles.list}>
        {shown.map((command, index) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the field has the keys
          // biome-ignore lint/a11y/useFocusableInteractive: the field has the focus
          <div
            key={command.id}
            id={`${id}-${index}`}
            role="option"
            aria-selected={index === at}
            ref={index === at ? scrollToIt : undefined}
            className={styles.entry}
            onPointerMove={() => setActive(index)}
            onClick={() => choose(command)}
          >
            <Icon name={command.icon} />
            <span>{command.text}</span>
            {command.key && <kbd>{spellKey(command.key)}</kbd>}
          </div>
        ))}
      </div>
      <p role="status" className={styles.count}>
        {found.length === 0 ? t.palette.nothing(typed) : more > 0 ? t.palette.more(more) : ''}
      </p>
    </Dialog>
  )
}

function scrollToIt(element: HTMLElement | null): void {
  element?.scrollIntoView({ block: 'nearest' })
}

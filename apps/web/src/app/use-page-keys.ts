import { useEffect } from 'react'
import { type Command, commandOf } from '../ui/command.ts'

/** The keys of the commands wherever the focus is, but not below a dialog or menu; Escape steps back. */
export function usePageKeys(commands: readonly Command[], onEscape: () => void): void {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.defaultPrevented) return
      const on = event.target instanceof Element ? event.target : document.body
      if (on.closest('[role="dialog"], [role="menu"]')) return
      const command = commandOf(commands, event, on.closest('input, textarea') !== null)
      if (command) {
        event.preventDefault()
        command.run()
      } else if (event.key === 'Escape') onEscape()
    }
    window.addEventListener('keydown', onKeyDown)
    return () => window.removeEventListener('keydown', onKeyDown)
  }, [commands, onEscape])
}

import type { IconName } from './icon.tsx'

/** Something the page can do: found in the palette, done by its key, and told in the list of keys. One registry for all. */
export type Command = {
  id: string
  text: string
  icon: IconName
  /** A key by itself, as KeyboardEvent.key names it, or `mod+` and a letter: with Control, or with Command on a Mac. */
  key?: string
  run: () => void
}

const MAC = /Mac|iPhone|iPad/.test(navigator.userAgent)

/** The key as people know it from their keyboard. */
export function spellKey(key: string): string {
  return key.startsWith('mod+') ? `${MAC ? '⌘' : 'Ctrl'} ${key.slice(4).toUpperCase()}` : key.toUpperCase()
}

/** The command that a key press means; null for none, and for plain keys while somebody types. */
export function commandOf(commands: readonly Command[], event: KeyPress, typing: boolean): Command | null {
  const mod = event.ctrlKey || event.metaKey
  if (event.altKey || (typing && !mod)) return null
  const pressed = mod ? `mod+${event.key.toLowerCase()}` : event.key
  return commands.find(({ key }) => key === pressed) ?? null
}

type KeyPress = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey'>

import { useEffect, useState } from 'react'
import { useText } from '../../i18n/use-text.ts'
import { Icon } from '../../ui/icon.tsx'
import styles from './file-drop.module.css'

/** Lets a recording be dropped anywhere on the page, and says so while a file is dragged over it. */
export function FileDrop({ onFile, onSeveral }: { onFile: (file: File) => void; onSeveral: () => void }) {
  const t = useText()
  const [over, setOver] = useState(false)
  useEffect(() => {
    // Entering a child leaves its parent: only the balance of both tells whether the file is still over the page.
    let depth = 0
    const withFile = (handle: (event: DragEvent) => void) => (event: DragEvent) => {
      if (!event.dataTransfer?.types.includes('Files')) return
      event.preventDefault()
      handle(event)
    }
    const to = (next: number) => {
      depth = Math.max(0, next)
      setOver(depth > 0)
    }
    const listeners = {
      dragenter: withFile(() => to(depth + 1)),
      dragover: withFile(() => {}),
      dragleave: withFile(() => to(depth - 1)),
      drop: withFile((event) => {
        to(0)
        const files = event.dataTransfer?.files
        if (files && files.length > 1) onSeveral()
        else if (files?.[0]) onFile(files[0])
      }),
    }
    const each = Object.entries(listeners) as [keyof typeof listeners, (event: DragEvent) => void][]
    for (const [name, listener] of each) window.addEventListener(name, listener)
    return () => {
      for (const [name, listener] of each) window.removeEventListener(name, listener)
    }
  }, [onFile, onSeveral])
  if (!over) return null
  return (
    <div className={styles.drop}>
      <Icon name="film" size={32} />
      <p className={styles.title}>{t.recording.drop}</p>
      <p>{t.recording.dropHint}</p>
    </div>
  )
}

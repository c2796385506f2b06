import { useEffect, useState } from 'react'
import { useText } from '../i18n/use-text.ts'
import { Button } from './button.tsx'

/** How long the button says that it copied, in milliseconds. */
const SAID_FOR = 1600

/** Copies the text. `label` tells which, for those who hear the page. */
export function CopyButton({ text, label }: { text: string; label: string }) {
  const t = useText()
  const [said, setSaid] = useState<'copied' | 'failed' | null>(null)
  useEffect(() => {
    if (!said) return
    const timer = setTimeout(() => setSaid(null), SAID_FOR)
    return () => clearTimeout(timer)
  }, [said])
  const copy = () => {
    navigator.clipboard.writeText(text).then(
      () => setSaid('copied'),
      () => setSaid('failed'),
    )
  }
  return (
    <Button
      look="plain"
      icon={said === 'copied' ? 'check' : 'copy'}
      onClick={copy}
      aria-label={`${t.copy[said ?? 'copy']}: ${label}`}
    >
      {t.copy[said ?? 'copy']}
    </Button>
  )
}

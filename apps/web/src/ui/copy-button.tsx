import { useEffect, useState } from 'react'
import { useText } from '../i18n/use-text.ts'
import { Button, IconButton } from './button.tsx'
import type { IconName } from './icon.tsx'

/** How long the button says that it copied, in milliseconds. */
const SAID_FOR = 1600

/** Copies the text. `label` tells which, for those who hear the page; `small` shows the icon only, `spelled` the label. */
export function CopyButton({
  text,
  label,
  small = false,
  spelled = false,
}: {
  text: string
  label: string
  small?: boolean
  spelled?: boolean
}) {
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
  const icon = { copied: 'check', failed: 'cross', copy: 'copy' }[said ?? 'copy'] as IconName
  const name = `${t.copy[said ?? 'copy']}: ${label}`
  if (small) return <IconButton icon={icon} label={name} onClick={copy} />
  return (
    <Button look="plain" icon={icon} onClick={copy} aria-label={name}>
      {spelled && !said ? label : t.copy[said ?? 'copy']}
    </Button>
  )
}

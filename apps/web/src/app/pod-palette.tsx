import { useDeferredValue, useMemo, useState } from 'react'
import Palette from '../features/palette/palette.tsx'
import type { Command } from '../ui/command.ts'
import { someOf, usePods } from './use-pods.ts'
import type { Subject } from './use-subject.ts'

/** The palette over some commands and all pods but one. */
export default function PodPalette({
  subject,
  title,
  hint,
  commands,
  without = null,
  onPick,
  onClose,
}: {
  subject: Subject
  title: string
  hint: string
  commands: readonly Command[]
  /** `namespace/name` of a pod that is not offered. */
  without?: string | null
  onPick: (pod: string) => void
  onClose: () => void
}) {
  const [typed, setTyped] = useState('')
  const wanted = useDeferredValue(typed)
  const { list } = usePods(
    subject,
    useMemo(() => someOf(wanted), [wanted]),
  )
  const names = useMemo(
    () => (list?.pods ?? []).map(({ namespace, name }) => `${namespace}/${name}`).filter((name) => name !== without),
    [list, without],
  )
  return (
    <Palette
      title={title}
      hint={hint}
      commands={commands}
      pods={names}
      unlisted={list ? list.found - list.pods.length : 0}
      typed={typed}
      onType={setTyped}
      onPick={onPick}
      onClose={onClose}
    />
  )
}

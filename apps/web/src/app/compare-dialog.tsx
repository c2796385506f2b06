import { useMemo } from 'react'
import { useText } from '../i18n/use-text.ts'
import type { Command } from '../ui/command.ts'
import { formatInstant } from '../ui/instant.ts'
import { navigate } from '../url/use-view-state.ts'
import PodPalette from './pod-palette.tsx'
import type { Subject } from './use-subject.ts'
import type { Timeline } from './use-timeline.ts'

/** With what to compare the shown pod: itself at another moment of the recording or session, or another pod. */
export default function CompareDialog({
  subject,
  timeline: { moments, index },
  onClose,
}: {
  subject: Subject
  timeline: Timeline
  onClose: () => void
}) {
  const t = useText()
  const { pod, playing } = subject
  const commands = useMemo(
    () =>
      moments.flatMap(({ number, at, observation }, place): Command[] => {
        if (pod === null || place === index || !observation) return []
        const run = () => navigate({ compare: { pod, frame: number - 1 }, selection: null })
        return [{ id: `frame ${number}`, text: t.compare.moment(pod, formatInstant(at, 'second')), icon: 'clock', run }]
      }),
    [moments, index, pod, t],
  )
  return (
    <PodPalette
      subject={subject}
      title={t.compare.open}
      hint={t.compare.hint}
      commands={commands}
      without={pod}
      onPick={(other) => navigate({ compare: { pod: other, frame: playing?.index ?? 0 }, selection: null })}
      onClose={onClose}
    />
  )
}

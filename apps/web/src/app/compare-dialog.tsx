import { useMemo } from 'react'
import Palette from '../features/palette/palette.tsx'
import { useText } from '../i18n/use-text.ts'
import type { Command } from '../ui/command.ts'
import { formatInstant } from '../ui/instant.ts'
import { navigate } from '../url/use-view-state.ts'
import type { Subject } from './use-subject.ts'

/** With what to compare the shown pod: itself at another moment of the recording, or another pod. */
export default function CompareDialog({ subject, onClose }: { subject: Subject; onClose: () => void }) {
  const t = useText()
  const { pod, pods, playing } = subject
  const moments = useMemo(
    () =>
      (playing?.recording.frames ?? []).flatMap(({ at, observations }, frame): Command[] => {
        if (pod === null || frame === playing?.index) return []
        if (!observations.some((one) => `${one.pod.namespace}/${one.pod.name}` === pod)) return []
        const run = () => navigate({ compare: { pod, frame }, selection: null })
        return [{ id: `frame ${frame}`, text: t.compare.moment(pod, formatInstant(at, 'second')), icon: 'clock', run }]
      }),
    [playing, pod, t],
  )
  const others = useMemo(
    () => (pods ?? []).map(({ namespace, name }) => `${namespace}/${name}`).filter((name) => name !== pod),
    [pods, pod],
  )
  return (
    <Palette
      title={t.compare.open}
      hint={t.compare.hint}
      commands={moments}
      pods={others}
      onPick={(other) => navigate({ compare: { pod: other, frame: playing?.index ?? 0 }, selection: null })}
      onClose={onClose}
    />
  )
}

import type { Frame } from '@pausescope/shared'
import { useText } from '../../i18n/use-text.ts'
import { MenuButton } from '../../ui/menu-button.tsx'

/** Saves what is seen: as a recording that this page opens again, or as a picture; how that will be is chosen then. */
export function SaveMenu({
  name,
  at,
  seen,
  version,
  session,
  onExport,
}: {
  /** Of the pod or node that is seen. */
  name: string
  at: string
  seen: Pick<Frame, 'observations' | 'nodes' | 'evidence'>
  version: string
  /** All that this page has seen, where that is more than one moment. */
  session?: { count: number; frames: () => readonly Frame[] } | null
  onExport: () => void
}) {
  const t = useText()
  const file = name.replace('/', '-')
  const save: Record<string, () => void | Promise<void>> = {
    recording: async () => {
      const { saveRecording } = await import('./save.ts')
      saveRecording(file, { title: t.recording.saved(name), writtenBy: version }, [{ at, caption: null, ...seen }])
    },
    session: async () => {
      const { saveRecording } = await import('./save.ts')
      const title = t.timeline.savedTitle(name)
      saveRecording(`${file}-session`, { title, writtenBy: version }, session?.frames() ?? [])
    },
    picture: onExport,
  }
  return (
    <MenuButton
      label={t.tools.save}
      text={t.tools.save}
      icon="save"
      onAction={(id) => void save[id]?.()}
      parts={[
        {
          id: 'as',
          items: [
            { id: 'recording', text: t.tools.saveRecording, icon: 'film' },
            ...(session ? [{ id: 'session', text: t.timeline.save(session.count), icon: 'moments' as const }] : []),
            { id: 'picture', text: t.export.open, icon: 'picture' },
          ],
        },
      ]}
    />
  )
}

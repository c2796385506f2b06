import type { Frame } from '@pausescope/shared'
import { useText } from '../../i18n/use-text.ts'
import { MenuButton } from '../../ui/menu-button.tsx'

/** Saves what is seen: as a recording that this page opens again, or as a picture; how that will be is chosen then. */
export function SaveMenu({
  name,
  at,
  seen,
  version,
  onExport,
}: {
  /** Of the pod or node that is seen. */
  name: string
  at: string
  seen: Pick<Frame, 'observations' | 'nodes'>
  version: string
  onExport: () => void
}) {
  const t = useText()
  const file = name.replace('/', '-')
  const save: Record<string, () => void | Promise<void>> = {
    recording: async () => {
      const { saveRecording } = await import('./save.ts')
      saveRecording(file, { title: t.recording.saved(name), writtenBy: version }, { at, caption: null, ...seen })
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
            { id: 'picture', text: t.export.open, icon: 'picture' },
          ],
        },
      ]}
    />
  )
}

import {
  type Frame,
  paintSvg,
  RECORDING_FORMAT,
  RECORDING_VERSION,
  type Recording,
  type Scene,
} from '@pausescope/shared'
import { useText } from '../../i18n/use-text.ts'
import { download } from '../../ui/download.ts'
import { MenuButton } from '../../ui/menu-button.tsx'

/** Saves what is seen: as a recording that this page opens again, or as a picture; with `onExport` it is chosen how. */
export function SaveMenu({
  name,
  at,
  seen,
  scene,
  version,
  onExport,
}: {
  /** Of the pod or node that is seen. */
  name: string
  at: string
  seen: Pick<Frame, 'observations' | 'nodes'>
  scene: Scene
  version: string
  onExport?: () => void
}) {
  const t = useText()
  const file = name.replace('/', '-')
  const save: Record<string, () => void> = {
    recording: () => {
      const recording: Recording = {
        format: RECORDING_FORMAT,
        version: RECORDING_VERSION,
        title: t.recording.saved(name),
        writtenBy: version,
        frames: [{ at, caption: null, ...seen }],
      }
      const text = `${JSON.stringify(recording, null, 2)}\n`
      download(`${file}.pausescope.json`, new Blob([text], { type: 'application/json' }))
    },
    picture: onExport ?? (() => download(`${file}.svg`, new Blob([paintSvg(scene)], { type: 'image/svg+xml' }))),
  }
  return (
    <MenuButton
      label={t.tools.save}
      text={t.tools.save}
      icon="save"
      onAction={(id) => save[id]?.()}
      parts={[
        {
          id: 'as',
          items: [
            { id: 'recording', text: t.tools.saveRecording, icon: 'film' },
            { id: 'picture', text: onExport ? t.export.open : t.tools.savePicture, icon: 'picture' },
          ],
        },
      ]}
    />
  )
}

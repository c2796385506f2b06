import {
  type Frame,
  paintSvg,
  RECORDING_FORMAT,
  RECORDING_VERSION,
  type Recording,
  type Scene,
} from '@pausescope/shared'
import { useText } from '../../i18n/use-text.ts'
import { MenuButton } from '../../ui/menu-button.tsx'
import { download } from './download.ts'

/** Saves what is seen: as a recording that this page opens again, or as a picture. */
export function SaveMenu({
  name,
  at,
  seen,
  scene,
  version,
}: {
  /** Of the pod or node that is seen. */
  name: string
  at: string
  seen: Pick<Frame, 'observations' | 'nodes'>
  scene: Scene
  version: string
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
      download(`${file}.pausescope.json`, 'application/json', `${JSON.stringify(recording, null, 2)}\n`)
    },
    picture: () => download(`${file}.svg`, 'image/svg+xml', paintSvg(scene)),
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
            { id: 'picture', text: t.tools.savePicture, icon: 'picture' },
          ],
        },
      ]}
    />
  )
}

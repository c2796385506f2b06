import {
  type Observation,
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
export function SaveMenu({ observation, scene, version }: { observation: Observation; scene: Scene; version: string }) {
  const t = useText()
  const pod = `${observation.pod.namespace}/${observation.pod.name}`
  const name = pod.replace('/', '-')
  const save: Record<string, () => void> = {
    recording: () => {
      const recording: Recording = {
        format: RECORDING_FORMAT,
        version: RECORDING_VERSION,
        title: t.recording.saved(pod),
        writtenBy: version,
        frames: [{ at: observation.at, caption: null, observations: [observation] }],
      }
      download(`${name}.pausescope.json`, 'application/json', `${JSON.stringify(recording, null, 2)}\n`)
    },
    picture: () => download(`${name}.svg`, 'image/svg+xml', paintSvg(scene)),
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

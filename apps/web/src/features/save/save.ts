import { type Frame, RECORDING_FORMAT, RECORDING_VERSION, type Recording } from '@pausescope/shared'
import { download } from '../../ui/download.ts'

/** Saves what is seen as a recording of one moment. */
export function saveRecording(file: string, recording: Pick<Recording, 'title' | 'writtenBy'>, frame: Frame): void {
  const whole: Recording = { format: RECORDING_FORMAT, version: RECORDING_VERSION, ...recording, frames: [frame] }
  const text = `${JSON.stringify(whole, null, 2)}\n`
  download(`${file}.pausescope.json`, new Blob([text], { type: 'application/json' }))
}

import { type Frame, RECORDING_FORMAT, RECORDING_VERSION, type Recording } from '@pausescope/shared'
import { download } from '../../ui/download.ts'

/** Saves what is seen as a recording. */
export function saveRecording(
  file: string,
  recording: Pick<Recording, 'title' | 'writtenBy'>,
  frames: readonly Frame[],
): void {
  const whole: Recording = { format: RECORDING_FORMAT, version: RECORDING_VERSION, ...recording, frames: [...frames] }
  // One moment can be read by people; many would be twice as large for it.
  const text = `${JSON.stringify(whole, null, frames.length > 1 ? 0 : 2)}\n`
  download(`${file}.pausescope.json`, new Blob([text], { type: 'application/json' }))
}

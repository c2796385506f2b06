import { parseRecording, RECORDING_MAX_BYTES, type Recording, recordingTooLarge } from '@pausescope/shared'
import { readText } from './read-text.ts'

/**
 * Reads a recording file; its size is checked before it is read.
 * @throws FileError when the file cannot be read, RecordingError when it is no usable recording.
 */
export async function loadRecording(path: string): Promise<Recording> {
  const options = { what: 'recording', maxBytes: RECORDING_MAX_BYTES, tooLarge: recordingTooLarge }
  return parseRecording(await readText(path, options))
}

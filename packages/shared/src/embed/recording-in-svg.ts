import { parseRecording } from '../input/parse-recording.ts'
import type { Recording } from '../model/recording.ts'
import { recordingText } from './recording-text.ts'

const NAMESPACE = 'urn:pausescope:recording'

/** The element that carries a recording in a picture. */
export function recordingElement(recording: Recording): string {
  return `<metadata><recording xmlns="${NAMESPACE}">${recordingText(recording)}</recording></metadata>`
}

/**
 * The recording a picture carries, as we wrote it or after another program saved the picture anew.
 * @returns null for a picture that carries none.
 * @throws RecordingError for one that is damaged.
 */
export function recordingFromSvg(svg: string): Recording | null {
  // With its quotes: a name in a picture has them escaped, so no name is taken for the element.
  const name = Math.max(svg.indexOf(`="${NAMESPACE}"`), svg.indexOf(`='${NAMESPACE}'`))
  const start = name < 0 ? -1 : svg.indexOf('>', name)
  if (start < 0 || svg[start - 1] === '/') return null
  const end = svg.indexOf('<', start)
  return parseRecording(svg.slice(start + 1, end < 0 ? undefined : end).replace(/&(?:quot|#34|#x22);/g, '"'))
}

import { type Recording, recordingFromPng, recordingFromSvg } from '@pausescope/shared'

/**
 * The recording that a picture carries, by the name of its file; null when it carries none.
 * @throws RecordingError for a picture or recording that is damaged; DOMException when the file cannot be read.
 */
export async function recordingInPicture(file: Pick<File, 'name' | 'text' | 'arrayBuffer'>): Promise<Recording | null> {
  if (/\.svg$/i.test(file.name)) return recordingFromSvg(await file.text())
  return recordingFromPng(new Uint8Array(await file.arrayBuffer()))
}

import { type Recording, recordingSchema } from '../model/recording.ts'

/**
 * A recording as compact JSON in printable ASCII without `<`, `>` and `&`: whatever names it holds, nothing in it ends the
 * element or chunk it stands in. Keys are in the order of the format, so equal recordings give equal bytes.
 */
export function recordingText(recording: Recording): string {
  return JSON.stringify(recordingSchema.parse(recording)).replace(
    /[<>&\u007f-\uffff]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}

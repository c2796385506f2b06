/** In the address, a recording that was opened from a file has this before its name. */
export const FILE_PREFIX = 'file:'

/** The file's name when the recording is an opened file; null when it is one of the server's. */
export function fileNameOf(recording: string | null): string | null {
  return recording?.startsWith(FILE_PREFIX) ? recording.slice(FILE_PREFIX.length) : null
}

import {
  parseRecording,
  RECORDING_MAX_BYTES,
  type Recording,
  RecordingError,
  recordingTooLarge,
} from '@pausescope/shared'
import { ApiError } from './problem.ts'

/** A recording that the person opened from their machine. It never leaves the page. */
export type OpenedFile = { name: string; recording: Recording }

/** What a file system entry of the browser has that matters here. */
type ReadableFile = Pick<File, 'name' | 'size' | 'text'>

/**
 * Reads a recording file; its size is checked before it is read.
 * @throws ApiError that says what is wrong with the file; RecordingError's codes, or `file-unreadable`.
 */
export async function openFile(file: ReadableFile): Promise<OpenedFile> {
  if (file.size > RECORDING_MAX_BYTES) throw asApiError(recordingTooLarge(file.size))
  const text = await file.text().catch(() => {
    throw new ApiError({ code: 'file-unreadable', message: file.name, next: null })
  })
  try {
    return { name: file.name, recording: parseRecording(text) }
  } catch (cause) {
    throw cause instanceof RecordingError ? asApiError(cause) : cause
  }
}

function asApiError({ code, message, next }: RecordingError): ApiError {
  return new ApiError({ code, message, next })
}

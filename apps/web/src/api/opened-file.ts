import {
  parseRecording,
  RECORDING_MAX_BYTES,
  type Recording,
  RecordingError,
  recordingFromPng,
  recordingFromSvg,
  recordingTooLarge,
} from '@pausescope/shared'
import { ApiError } from './problem.ts'

/** A recording that the person opened from their machine. It never leaves the page. */
export type OpenedFile = {
  name: string
  recording: Recording
  /** Index of the moment that is shown first: a picture is of the last one it holds. */
  frame: number
}

/** What a file system entry of the browser has that matters here. */
type ReadableFile = Pick<File, 'name' | 'size' | 'text' | 'arrayBuffer'>

/**
 * Reads a recording file, or the recording in a picture; the file's size is checked before it is read.
 * @throws ApiError that says what is wrong with the file; RecordingError's codes, `file-unreadable`, or `none-inside` for a
 * picture without a recording.
 */
export async function openFile(file: ReadableFile): Promise<OpenedFile> {
  if (file.size > RECORDING_MAX_BYTES) throw asApiError(recordingTooLarge(file.size))
  try {
    const recording = await readRecording(file)
    if (!recording) throw new ApiError({ code: 'none-inside', message: file.name, next: null })
    return { name: file.name, recording, frame: PICTURE.test(file.name) ? recording.frames.length - 1 : 0 }
  } catch (cause) {
    if (cause instanceof DOMException) throw new ApiError({ code: 'file-unreadable', message: file.name, next: null })
    throw cause instanceof RecordingError ? asApiError(cause) : cause
  }
}

const PICTURE = /\.(?:svg|png)$/i

async function readRecording(file: ReadableFile): Promise<Recording | null> {
  if (/\.svg$/i.test(file.name)) return recordingFromSvg(await file.text())
  if (/\.png$/i.test(file.name)) return recordingFromPng(new Uint8Array(await file.arrayBuffer()))
  return parseRecording(await file.text())
}

function asApiError({ code, message, next, told }: RecordingError): ApiError {
  return new ApiError({ code, message, next, told })
}

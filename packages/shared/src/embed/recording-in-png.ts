import { parseRecording, RecordingError, recordingTooLarge } from '../input/parse-recording.ts'
import { RECORDING_MAX_BYTES, type Recording } from '../model/recording.ts'
import { told } from '../told/told.ts'
import { crc32 } from './crc32.ts'
import { recordingText } from './recording-text.ts'

const SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]
/**
 * Keyword of our iTXt chunk, then: not compressed, no language, no translated keyword (PNG 1.2, 4.2.3.3). Never compressed,
 * so that what is read is never larger than the file.
 */
const HEAD = 'pausescope-recording\0\0\0\0\0'

/**
 * A PNG with a recording in it, right behind its header; one that it carried before is replaced.
 * @throws RecordingError when the bytes are no PNG.
 */
export function embedInPng(png: Uint8Array, recording: Recording): Uint8Array {
  const chunks = chunksOf(png)
  const data = bytesOf(HEAD + recordingText(recording))
  const body = concat([bytesOf('iTXt'), data])
  const ours = concat([number(data.length), body, number(crc32(body))])
  const [header, ...rest] = chunks.filter((chunk) => !isOurs(chunk)).map(({ whole }) => whole)
  return concat([new Uint8Array(SIGNATURE), header as Uint8Array, ours, ...rest])
}

/**
 * The recording a PNG carries.
 * @returns null for a PNG that carries none.
 * @throws RecordingError when the bytes are no PNG, are cut, or the recording is damaged.
 */
export function recordingFromPng(png: Uint8Array): Recording | null {
  const chunk = chunksOf(png).find(isOurs)
  if (!chunk) return null
  const { typed, data, crc } = chunk
  if (data.length > RECORDING_MAX_BYTES) throw recordingTooLarge(data.length)
  if (crc32(typed) !== crc) throw new RecordingError('invalid', told('file.checksum'))
  return parseRecording(textOf(data.subarray(HEAD.length)))
}

type Chunk = {
  type: string
  data: Uint8Array
  /** Type and data: what the checksum is of. */
  typed: Uint8Array
  crc: number
  whole: Uint8Array
}

/** All chunks up to IEND; what follows it is no part of the picture. */
function chunksOf(png: Uint8Array): Chunk[] {
  if (SIGNATURE.some((byte, at) => png[at] !== byte)) {
    throw new RecordingError('other-kind', told('file.no-png'))
  }
  const view = new DataView(png.buffer, png.byteOffset, png.byteLength)
  const chunks: Chunk[] = []
  for (let at = SIGNATURE.length; at + 12 <= png.length; ) {
    const length = view.getUint32(at)
    const end = at + 12 + length
    if (end > png.length) break
    const typed = png.subarray(at + 4, end - 4)
    const type = textOf(typed.subarray(0, 4))
    chunks.push({ type, typed, data: typed.subarray(4), crc: view.getUint32(end - 4), whole: png.subarray(at, end) })
    if (type === 'IEND') return chunks
    at = end
  }
  throw new RecordingError('cut', told('file.png-cut'))
}

function isOurs({ type, data }: Chunk): boolean {
  return type === 'iTXt' && textOf(data.subarray(0, HEAD.length)) === HEAD
}

function number(value: number): Uint8Array {
  const bytes = new Uint8Array(4)
  new DataView(bytes.buffer).setUint32(0, value)
  return bytes
}

/** Of ASCII text. */
function bytesOf(text: string): Uint8Array {
  return Uint8Array.from(text, (char) => char.charCodeAt(0))
}

/** Each byte as the character of its number: ours are ASCII, and what is not will not be taken for a recording. */
function textOf(bytes: Uint8Array): string {
  const parts: string[] = []
  for (let at = 0; at < bytes.length; at += 8192) parts.push(String.fromCharCode(...bytes.subarray(at, at + 8192)))
  return parts.join('')
}

function concat(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0))
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}

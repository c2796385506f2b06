import { gunzipSync } from 'node:zlib'
import { type Told, told } from '@pausescope/shared'
import { ProbeError } from './probe-error.ts'
import { PROBE_VERSION } from './probe-shell.ts'

/** Largest body that is unpacked, in bytes: 32,768 processes need about 40 MB, and a string cannot hold 512 MB. */
const BODY_MAX_BYTES = 256 * 1024 * 1024

/** Most bytes that are made room for on the word of gzip's trailer: joining small pieces takes longer than unpacking. */
const ROOM_MAX_BYTES = 64 * 1024 * 1024
const ROOM_MIN_BYTES = 64

const HEADER = new RegExp(`^pausescope-probe ${PROBE_VERSION} (?:gzip|cannot (.*))\n`)
const TRAILER = Buffer.from('\npausescope-end\n')

/** Every part of a body by its name, one byte a character (latin1), as /proc holds arbitrary bytes. */
export type ProbeParts = ReadonlyMap<string, string>

/**
 * Takes the frame off the probe's output: header, end marker, gzip's checksum and byte count, and the parts' headings.
 * @throws ProbeError when any of them is wrong.
 */
export function unwrapProbe(output: Uint8Array): ProbeParts {
  const bytes = Buffer.from(output.buffer, output.byteOffset, output.byteLength)
  const header = HEADER.exec(bytes.toString('latin1', 0, 4096))
  if (!header) {
    throw new ProbeError('not-probe-output', excerpt(bytes))
  }
  const refusal = header[1]
  if (refusal !== undefined) {
    const code = refusal.startsWith('run here') ? 'no-tools' : 'cannot-read'
    throw new ProbeError(code, told('probe.refused', { what: printable(Buffer.from(refusal, 'latin1')) }))
  }
  const end = bytes.length - TRAILER.length
  if (end < header[0].length || !bytes.subarray(end).equals(TRAILER)) {
    throw new ProbeError('cut', told('probe.no-end'))
  }
  return splitBody(unpack(bytes.subarray(header[0].length, end)))
}

function unpack(body: Buffer): Buffer {
  const length = body.length < 4 ? 0 : body.readUInt32LE(body.length - 4)
  const chunkSize = Math.min(Math.max(length, ROOM_MIN_BYTES), ROOM_MAX_BYTES)
  try {
    return gunzipSync(body, { maxOutputLength: BODY_MAX_BYTES, chunkSize })
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE') {
      throw new ProbeError('too-large', told('probe.unpacks-too-large', { bytes: BODY_MAX_BYTES }))
    }
    throw new ProbeError('cut', told('probe.damaged'))
  }
}

const MARK = /^== [0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12} /

/**
 * Cuts the body at its headings. What stands before a heading belongs to the part before, line break included. Each part is
 * a string of its own: characters of a slice are slower to come by.
 */
function splitBody(body: Buffer): ProbeParts {
  const mark = MARK.exec(body.toString('latin1', 0, 64))?.[0]
  if (mark === undefined) throw new ProbeError('incomplete', told('probe.other-begin'))
  const parts = new Map<string, string>()
  for (let at = 0; at < body.length; ) {
    const next = body.indexOf(mark, at + mark.length, 'latin1')
    const end = next < 0 ? body.length : next
    const line = body.indexOf('\n', at)
    if (line < 0 || line >= end) break
    parts.set(body.toString('latin1', at + mark.length, line), body.toString('latin1', line + 1, end))
    at = end
  }
  if (parts.get('end') !== '') {
    throw new ProbeError('incomplete', told('probe.stopped'))
  }
  return parts
}

function excerpt(bytes: Buffer): Told {
  const begin = printable(bytes.subarray(0, 80))
  return begin === '' ? told('probe.empty') : told('probe.no-scan', { begin })
}

/** Without control characters, which a terminal would obey. */
function printable(bytes: Buffer): string {
  return bytes
    .toString('utf8')
    .replace(/\p{C}+/gu, ' ')
    .trim()
}

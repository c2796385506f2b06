import { gunzipSync } from 'node:zlib'
import { ProbeError } from './probe-error.ts'
import { PROBE_VERSION } from './probe-script.ts'

/** Largest body that is unpacked, in bytes: 32,768 processes need about 40 MB. */
const BODY_MAX_BYTES = 512 * 1024 * 1024

const HEADER = new RegExp(`^pausescope-probe ${PROBE_VERSION} (gzip|plain)\n`)
const TRAILER = /\npausescope-end (ok )?(\d+)\n$/

/**
 * Takes the frame off the probe's output: checks header, end marker and byte count, unpacks (gzip carries a checksum).
 * The body is one byte a character (latin1), as /proc holds arbitrary bytes.
 * @throws ProbeError when any of them is wrong.
 */
export function unwrapProbe(output: Uint8Array): string {
  const bytes = Buffer.from(output.buffer, output.byteOffset, output.byteLength)
  const header = HEADER.exec(bytes.latin1Slice(0, 40))
  if (!header) {
    throw new ProbeError('not-probe-output', `The node answered something that is not a scan${excerpt(bytes)}.`)
  }
  const trailer = TRAILER.exec(bytes.latin1Slice(Math.max(0, bytes.length - 80)))
  if (!trailer) throw new ProbeError('cut', 'The scan ends without its end marker: the tail of the output is lost.')
  const body = bytes.subarray(header[0].length, bytes.length - trailer[0].length)
  if (body.length !== Number(trailer[2])) {
    throw new ProbeError(
      'cut',
      `The scan has ${body.length} bytes where its end marker counts ${trailer[2]}: a part of the output is lost.`,
    )
  }
  const plain = header[1] === 'gzip' ? unpack(body) : body
  if (!trailer[1]) throw new ProbeError('incomplete', 'The scan stopped on the node before it had read everything.')
  return plain.latin1Slice()
}

function unpack(body: Buffer): Buffer {
  try {
    return gunzipSync(body, { maxOutputLength: BODY_MAX_BYTES })
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE') {
      throw new ProbeError('too-large', `The scan unpacks to more than ${BODY_MAX_BYTES} bytes.`)
    }
    throw new ProbeError('cut', 'The scan does not unpack: its checksum is wrong or a part is lost.')
  }
}

function excerpt(bytes: Buffer): string {
  const text = bytes
    .toString('utf8', 0, 80)
    .replace(/[^\x20-\x7e]+/g, ' ')
    .trim()
  return text === '' ? ' (it is empty)' : `, it begins "${text}"`
}

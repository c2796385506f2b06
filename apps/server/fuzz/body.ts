import { gunzipSync, gzipSync } from 'node:zlib'
import { PROBE_VERSION } from '../src/probe/probe-shell.ts'

/** A part of the probe's body: its lines, or its NUL-ended records. What stands behind the last ending is an item too. */
export type BodyPart = { name: string; ending: '\n' | '\0'; items: string[] }

const HEADER = `pausescope-probe ${PROBE_VERSION} gzip\n`
const TRAILER = '\npausescope-end\n'
/** In place of the one that the kernel made: the same seed must give the same bytes. */
const MARK = '== 00000000-0000-4000-8000-000000000000 '

/** The parts of a whole output of the probe, one byte a character. */
export function unframe(output: Uint8Array): BodyPart[] {
  const body = gunzipSync(output.subarray(HEADER.length, -TRAILER.length)).toString('latin1')
  return body
    .split(body.slice(0, MARK.length))
    .slice(1)
    .map((section) => {
      const head = section.indexOf('\n')
      const name = section.slice(0, head)
      const ending = name === 'records' ? '\0' : '\n'
      return { name, ending, items: section.slice(head + 1).split(ending) }
    })
}

export function bodyOf(parts: readonly BodyPart[]): string {
  return parts.map(({ name, ending, items }) => `${MARK}${name}\n${items.join(ending)}`).join('')
}

/** A body as the probe sends it, with the right checksum and length. */
export function frame(body: string): Buffer {
  return Buffer.concat([Buffer.from(HEADER), gzipSync(Buffer.from(body, 'latin1'), { level: 1 }), Buffer.from(TRAILER)])
}

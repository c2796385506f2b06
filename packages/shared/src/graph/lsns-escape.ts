/** What lsns reads of a command line: a buffer of BUFSIZ, its last byte given to the end of the string. */
const COMMAND_MAX_BYTES = 8191

/**
 * What is printed as bytes: what glibc's iswprint refuses in a UTF-8 locale (control, unassigned and surrogate characters,
 * two separators), and a backslash before an x, so that no name can fake an escape.
 */
const HIDDEN = /[\p{Cc}\p{Cn}\p{Cs}\p{Zl}\p{Zp}]|\\(?=x)/gu
/** In the C locale nothing beyond ASCII can be printed either. */
const HIDDEN_ASCII = /[^\x20-\x7e]|\\(?=x)/gu

/** A command as libsmartcols 2.38 prints it (mbs_safe_encode_to_buffer): the hidden characters' bytes as `\xHH`. */
export function escapeCommand(command: string, ascii: boolean): string {
  return cutBytes(command).replace(ascii ? HIDDEN_ASCII : HIDDEN, (character) =>
    utf8(character.codePointAt(0) as number)
      .map((byte) => `\\x${byte.toString(16).padStart(2, '0')}`)
      .join(''),
  )
}

/** The characters that fit as a whole. */
function cutBytes(text: string): string {
  if (text.length * 3 <= COMMAND_MAX_BYTES) return text
  let bytes = 0
  let length = 0
  for (const character of text) {
    bytes += utf8(character.codePointAt(0) as number).length
    if (bytes > COMMAND_MAX_BYTES) break
    length += character.length
  }
  return text.slice(0, length)
}

function utf8(code: number): number[] {
  const tail = (shift: number) => 0x80 | ((code >> shift) & 0x3f)
  if (code < 0x80) return [code]
  if (code < 0x800) return [0xc0 | (code >> 6), tail(0)]
  if (code < 0x10000) return [0xe0 | (code >> 12), tail(6), tail(0)]
  return [0xf0 | (code >> 18), tail(12), tail(6), tail(0)]
}

/** Nearly every text: printable ASCII, our own punctuation, Hangul and Han. */
const HARMLESS = /^[ -~·–—‘’“”…\uac00-\ud7a3\u4e00-\u9fff]*$/

/** Most marks that may stand on one letter: more of them would climb over the lines above and below. */
const MARKS_PER_LETTER = 3

/**
 * Makes names that others chose safe to show: what is invisible, reorders text or is not a character becomes a
 * visible sign, so nothing hides and the result is legal in XML 1.0. C0 controls become their control pictures
 * (escape is ␛), everything else U+FFFD.
 */
export function visibleText(text: string): string {
  if (HARMLESS.test(text)) return text
  let shown = ''
  let marks = 0
  for (const char of text) {
    const code = char.codePointAt(0) as number
    marks = isCombining(code) ? marks + 1 : 0
    if (marks === MARKS_PER_LETTER + 1) shown += '\ufffd'
    if (marks <= MARKS_PER_LETTER) shown += visibleSign(code) ?? char
  }
  return shown
}

function visibleSign(code: number): string | null {
  if (code < 0x20) return String.fromCharCode(0x2400 + code)
  if (code === 0x7f) return '\u2421'
  return HARMFUL.some((range) => code >= range[0] && code <= range[1]) || (code & 0xfffe) === 0xfffe ? '\ufffd' : null
}

/** Inclusive ranges. Source: Unicode 16, general categories Cc, Cf, Cs, Zl, Zp and the noncharacters. */
const HARMFUL: readonly (readonly [number, number])[] = [
  [0x80, 0x9f], // C1 controls
  [0xad, 0xad], // soft hyphen
  [0x600, 0x605], // Arabic marks that enclose the digits after them
  [0x61c, 0x61c], // Arabic letter mark
  [0x6dd, 0x6dd], // Arabic end of ayah, which encloses digits too
  [0x70f, 0x70f], // Syriac abbreviation mark
  [0x890, 0x891], // Arabic currency marks above
  [0x8e2, 0x8e2], // Arabic disputed end of ayah
  [0x115f, 0x1160], // Hangul fillers
  [0x180b, 0x180f], // Mongolian selectors and vowel separator
  [0x200b, 0x200f], // zero width, left-to-right and right-to-left marks
  [0x2028, 0x202e], // line and paragraph separators, bidi embeddings and overrides
  [0x2060, 0x206f], // invisible operators, bidi isolates
  [0x3164, 0x3164], // Hangul filler
  [0xd800, 0xdfff], // lone surrogates
  [0xfdd0, 0xfdef], // noncharacters
  [0xfeff, 0xfeff], // byte order mark
  [0xffa0, 0xffa0], // halfwidth Hangul filler
  [0xfff0, 0xfffb], // interlinear annotation, unassigned
  [0x110bd, 0x110bd], // Kaithi number sign
  [0x110cd, 0x110cd], // Kaithi number sign above
  [0x13430, 0x1345f], // hieroglyph format controls
  [0x1bca0, 0x1bca3], // shorthand format controls
  [0x1d173, 0x1d17a], // musical format controls
  [0xe0000, 0xe0fff], // tags, variation selectors supplement
]

/** True for marks drawn on the letter before them. */
export function isCombining(code: number): boolean {
  return code >= 0x300 && COMBINING.test(String.fromCodePoint(code))
}

const COMBINING = /^\p{M}$/u

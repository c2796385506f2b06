import { isCombining, visibleText } from './visible-text.ts'

/** How a text is set. Sizes in pixels. */
export type TextStyle = { size: number; weight: number; family: 'sans' | 'mono' }

/** What fits: `full` is the whole text, there only when `text` is shorter. */
export type FittedText = { text: string; full?: string }

const ELLIPSIS = '…'

/**
 * Upper bound of the width of a text in pixels, for any of the fonts a picture may be painted with. Nothing measures
 * fonts here: the same picture is made on a server and in a page. The tables are DejaVu Sans, the widest of the
 * usual system fonts (Inter, Arial, Noto Sans, Segoe UI and San Francisco are narrower).
 */
export function textWidth(text: string, style: TextStyle): number {
  let em = 0
  for (const char of text) em += charWidth(char.codePointAt(0) as number, style)
  return (em * style.size) / 1000
}

/** Shortens a text in the middle with … so that it is at most `width` pixels wide, and makes hostile characters visible. */
export function fitText(text: string, width: number, style: TextStyle): FittedText {
  const full = visibleText(text)
  if (textWidth(full, style) <= width) return { text: full }
  const letters = clusters(full)
  const room = width - textWidth(ELLIPSIS, style)
  let head = 0
  let tail = letters.length
  let used = 0
  // A little more of the end than of the start is lost: names differ at both ends, but begin with what they are.
  while (head < tail) {
    const fromHead = head <= letters.length - tail
    const next = letters[fromHead ? head : tail - 1] as string
    used += textWidth(next, style)
    if (used > room) break
    if (fromHead) head++
    else tail--
  }
  return { text: letters.slice(0, head).join('') + ELLIPSIS + letters.slice(tail).join(''), full }
}

/**
 * Breaks a text into lines of at most `width` pixels: at spaces, else after a separator, else anywhere; a number or
 * a dot stays with the word before it, a date or time whole and with what follows it (UTC). The last of `maxLines` is shortened with …,
 * and only then has `full`.
 */
export function wrapText(
  text: string,
  width: number,
  style: TextStyle,
  maxLines = Number.POSITIVE_INFINITY,
): FittedText[] {
  const full = visibleText(text)
  const letters = clusters(full)
  const lines: FittedText[] = []
  let start = 0
  while (start < letters.length && lines.length < maxLines - 1) {
    const end = lineEnd(letters, start, width, style)
    lines.push({ text: letters.slice(start, end).join('').trimEnd() })
    start = end
    while (letters[start] === ' ') start++
  }
  if (start < letters.length || lines.length === 0) {
    const last = fitText(letters.slice(start).join(''), width, style)
    lines.push(last.full === undefined ? last : { text: last.text, full })
  }
  return lines
}

/** Where the line that begins at `start` ends: at least one letter further. */
function lineEnd(letters: readonly string[], start: number, width: number, style: TextStyle): number {
  let used = 0
  let breakable = start
  for (let index = start; index < letters.length; index++) {
    const letter = letters[index] as string
    used += textWidth(letter, style)
    if (used > width && letter !== ' ' && index > start) return breakable > start ? breakable : index
    if (used > width * leastLine(letters, index)) breakable = index + 1
  }
  return letters.length
}

/**
 * How much of the width a line must fill for a break after this letter: a line that is nearly empty looks worse than
 * a word that is torn apart.
 */
function leastLine(letters: readonly string[], index: number): number {
  const letter = letters[index] as string
  if (letter === ' ') {
    const next = letters[index + 1] ?? ''
    const stays = next === '·' || /^\d/.test(next) || DATE_OR_TIME.test(wordAt(letters, index - 1))
    return stays && letters[index - 1] !== '·' ? Number.POSITIVE_INFINITY : 0.25
  }
  if (!/[/:@·,;-]/.test(letter) || DATE_OR_TIME.test(wordAt(letters, index))) return Number.POSITIVE_INFINITY
  return 0.5
}

/** What is nothing but digits with colons or dashes between them, and perhaps a mark at its end. */
const DATE_OR_TIME = /^\d+([:-]\d+)+[,;]?$/

/** The letters around a place up to the next spaces. */
function wordAt(letters: readonly string[], index: number): string {
  const end = letters.indexOf(' ', index)
  return letters.slice(letters.lastIndexOf(' ', index) + 1, end < 0 ? undefined : end).join('')
}

/** Letters with the marks that stand on them: what must not be torn apart. */
function clusters(text: string): string[] {
  const found: string[] = []
  for (const char of text) {
    if (found.length > 0 && isCombining(char.codePointAt(0) as number)) found[found.length - 1] += char
    else found.push(char)
  }
  return found
}

function charWidth(code: number, style: TextStyle): number {
  if (isCombining(code)) return 0
  const bold = style.weight >= 600
  if (code >= 0x20 && code < 0x7f) {
    // 620: San Francisco Mono; the other monospaced fonts have 550 to 602.
    if (style.family === 'mono') return 620
    return (bold ? BOLD : REGULAR)[code - 0x20] as number
  }
  for (const [last, regular, heavy] of RANGES) if (code <= last) return bold ? heavy : regular
  return 1300
}

/** Advances of U+0020 to U+007E in thousandths of an em. */
const REGULAR = advances(
  '318 401 460 838 637 951 780 275 391 391 500 838 318 361 318 337 637 637 637 637 637 637 637 637 637 637 337 337 838 838 838 531 1020 685 687 699 771 632 576 775 752 295 295 656 558 863 749 788 604 788 695 635 611 732 685 989 686 611 686 391 337 391 838 500 500 613 635 550 635 616 353 635 634 278 278 580 278 975 634 612 635 635 412 521 393 634 592 818 592 592 525 637 337 637 838',
)
const BOLD = advances(
  '349 457 521 838 696 1002 873 307 458 458 523 838 380 416 380 366 696 696 696 696 696 696 696 696 696 696 400 400 838 838 838 581 1040 774 763 734 831 684 684 821 837 373 373 775 638 996 837 851 733 851 771 721 683 813 774 1104 771 725 726 458 366 458 838 500 500 675 716 593 716 679 436 716 712 343 343 666 343 1042 712 688 716 716 494 596 479 712 652 924 646 652 583 712 366 712 838',
)

function advances(table: string): readonly number[] {
  return table.split(' ').map(Number)
}

/** Last code point of a range and the widest advance in it, regular and bold; the first range that reaches a code counts. */
const RANGES: readonly (readonly [number, number, number])[] = [
  [0xb6, 1000, 1000],
  [0xb7, 400, 400], // the middle dot of our own lines
  [0xff, 1000, 1090],
  [0x17f, 1070, 1170],
  [0x24f, 1430, 1560],
  [0x52f, 1180, 1410],
  [0x10ff, 1400, 1600],
  [0x11ff, 1000, 1000], // Hangul letters
  [0x1fff, 1400, 1600],
  [0x2017, 1000, 1000], // dashes
  [0x2019, 400, 400], // single quotes
  [0x201d, 520, 660], // double quotes
  [0x2026, 1000, 1000],
  [0x2e39, 1740, 1890],
  [0x2e7f, 3000, 3000], // two and three em dashes
  [0xa4cf, 1000, 1000], // CJK, kana, Yi
  [0xabff, 2000, 2000],
  [0xd7ff, 1000, 1000], // Hangul
  [0xf8ff, 1500, 1500],
  [0xfaff, 1000, 1000],
  [0xfdff, 12000, 12000], // ligatures that hold a whole sentence
  [0xfe0f, 0, 0],
  [0xfe6f, 1000, 1000],
  [0xfeff, 1400, 1500],
  [0xfffd, 1120, 1120],
  [0x11fff, 2000, 2000],
  [0x1254f, 8000, 8000], // cuneiform
  [0x16fff, 2000, 2000],
  [0x1afff, 1000, 1000],
  [0x1efff, 1600, 1600],
  [0x1ffff, 1400, 1400], // emoji
  [0x3ffff, 1000, 1000], // CJK extensions
]

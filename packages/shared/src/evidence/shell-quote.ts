import { visibleText } from '../picture/visible-text.ts'

/** Words that every sh reads as they are. */
const PLAIN = /^[A-Za-z0-9_@%+:,./-][A-Za-z0-9_@%+=:,./-]*$/

/** One word for sh, in single quotes where it needs them (POSIX, 2.2.2 Single-Quotes). It cannot hold NUL: no word can. */
export function shellQuote(word: string): string {
  return PLAIN.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`
}

/**
 * A command line of these words; null where one has a character that is not seen: pasted into a terminal it could act there,
 * whatever quotes are around it, and Kubernetes allows it in no name.
 */
export function shellLine(words: readonly string[]): string | null {
  return words.every((word) => visibleText(word) === word) ? words.map(shellQuote).join(' ') : null
}

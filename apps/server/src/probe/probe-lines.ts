/** Text that was not of its part's form, counted. */
export type Malformed = { lines: number }

/** Reads the decimal digits at `from`; `next` is where they end, `from` itself when there are none. */
export function digits(text: string, from: number): { value: number; next: number } {
  let value = 0
  let next = from
  for (; next < text.length; next++) {
    const digit = text.charCodeAt(next) - 48
    if (digit < 0 || digit > 9) break
    value = value * 10 + digit
  }
  return { value, next }
}

/**
 * Calls `visit(pid, file, start, end)` for each `PID/FILE:CONTENT` that ends with `ending` (a line break or a NUL), with
 * the bounds of the content in `text`. FILE is one of `files`; anything else is malformed. An empty line is nothing.
 */
export function eachRecord<File extends string>(
  text: string,
  ending: '\n' | '\0',
  files: readonly File[],
  malformed: Malformed,
  visit: (pid: number, file: File, start: number, end: number) => void,
): void {
  for (let at = 0, end = 0; at < text.length; at = end + 1) {
    end = text.indexOf(ending, at)
    if (end < 0) end = text.length
    const { value, next } = digits(text, at)
    const file = next > at ? files.find((file) => text.startsWith(`/${file}:`, next)) : undefined
    if (file !== undefined) visit(value, file, next + file.length + 2, end)
    else if (end > at) malformed.lines++
  }
}

/** UTF-8 from one byte a character; invalid bytes become U+FFFD. */
export function decode(latin1: string): string {
  return /[\x80-\xff]/.test(latin1) ? Buffer.from(latin1, 'latin1').toString('utf8') : latin1
}

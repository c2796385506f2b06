/** Text that was not of its part's form, counted. */
export type Malformed = { lines: number }

/** What reads a text from one end to the other. A character is a byte. */
export type Cursor = { text: string; at: number }

/** Reads decimal digits and moves behind them; -1, and no move, when there are none. */
export function readNumber(cursor: Cursor): number {
  const { text } = cursor
  const start = cursor.at
  let value = 0
  let at = start
  for (; at < text.length; at++) {
    const digit = text.charCodeAt(at) - 48
    if (digit < 0 || digit > 9) break
    value = value * 10 + digit
  }
  cursor.at = at
  return at > start ? value : -1
}

/** No kernel gives a PID above this: PID_MAX_LIMIT in include/linux/threads.h. */
const PID_MAX = 4_194_304

/** As `readNumber`; -1 for a number that is no PID. */
export function readPid(cursor: Cursor): number {
  const pid = readNumber(cursor)
  return pid > 0 && pid <= PID_MAX ? pid : -1
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
  const marks = files.map((file) => ({ file, mark: `/${file}:` }))
  const cursor: Cursor = { text, at: 0 }
  let match = marks[0]
  while (cursor.at < text.length) {
    const start = cursor.at
    const found = text.indexOf(ending, start)
    const end = found < 0 ? text.length : found
    const pid = readPid(cursor)
    // A file mostly follows one of its kind.
    if (!match || !text.startsWith(match.mark, cursor.at)) {
      match = marks.find(({ mark }) => text.startsWith(mark, cursor.at))
    }
    if (pid >= 0 && match) visit(pid, match.file, cursor.at + match.mark.length, end)
    else if (end > start) malformed.lines++
    cursor.at = end + 1
  }
}

/** The numbers between two places of a text, with one character between each; null when it is anything else. */
export function readNumbers(text: string, start: number, end: number): number[] | null {
  const cursor: Cursor = { text, at: start }
  const numbers: number[] = []
  for (; cursor.at <= end; cursor.at++) {
    const number = readNumber(cursor)
    if (number < 0 || cursor.at > end || !Number.isSafeInteger(number)) return null
    numbers.push(number)
  }
  return numbers
}

/** UTF-8 from one byte a character; invalid bytes become U+FFFD. */
export function decode(latin1: string): string {
  return Buffer.from(latin1, 'latin1').toString('utf8')
}

/** As the kernel writes paths with blanks, line breaks or backslashes; proc_pid_mountinfo(5). */
export function unescapeOctal(path: string): string {
  return path.replace(/\\([0-7]{3})/g, (_, octal: string) => String.fromCharCode(Number.parseInt(octal, 8)))
}

/**
 * Decodes, and gives the same string for the same bytes: most of a node's texts are alike. The result is a copy, where a
 * slice would keep the whole scan's text in memory.
 */
export function textPool(): (latin1: string) => string {
  const texts = new Map<string, string>()
  return (latin1) => {
    const known = texts.get(latin1)
    if (known !== undefined) return known
    const text = decode(latin1)
    texts.set(latin1, text)
    return text
  }
}

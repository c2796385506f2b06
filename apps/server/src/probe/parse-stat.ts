import { readNumber } from './probe-lines.ts'

/** Bits of proc_pid_stat(5)'s flags; include/linux/sched.h. */
const PF_EXITING = 0x4
const PF_KTHREAD = 0x200000

export type StatFacts = {
  pid: number
  ppid: number
  starttime: number
  state: string
  comm: string
  kernelThread: boolean
  /** It is past giving up its namespaces. */
  dying: boolean
}

/**
 * Reads /proc/PID/stat between two places of a text: proc_pid_stat(5). The comm ends at the LAST parenthesis, as it may hold
 * any byte but NUL; it is given as its bytes are, one a character.
 * @returns null when the text is anything else.
 */
export function parseStat(text: string, start = 0, end = text.length): StatFacts | null {
  const open = text.indexOf(' (', start)
  const close = text.lastIndexOf(') ', end - 2)
  if (open < 0 || close < open) return null
  // Fields are counted from the state on, which is one character.
  const fields: Fields = { text, end, at: close + 4 }
  const ppid = nextCount(fields)
  for (let field = 5; field < 9; field++) skipField(fields)
  const flags = nextCount(fields)
  for (let field = 10; field < 22; field++) skipField(fields)
  const starttime = nextCount(fields)
  const pid = nextCount({ text, end: open, at: start })
  if (pid < 0 || ppid < 0 || flags < 0 || starttime < 0 || text.charCodeAt(close + 3) !== SPACE) return null
  const state = text.charAt(close + 2)
  return {
    pid,
    ppid,
    starttime,
    state,
    comm: text.slice(open + 2, close),
    kernelThread: (flags & PF_KTHREAD) !== 0,
    dying: state === 'Z' || state === 'X' || (flags & PF_EXITING) !== 0,
  }
}

/** Where the next field begins, behind `end` when there is none. */
type Fields = { text: string; end: number; at: number }

const SPACE = 32
const DIGITS_MAX = 15

function skipField(fields: Fields): void {
  const space = fields.text.indexOf(' ', fields.at)
  fields.at = space < 0 ? fields.end + 1 : space + 1
}

/** The number that the next field is, with what may end the file behind it; -1 when it is none. */
function nextCount(fields: Fields): number {
  const { text, at: start } = fields
  const value = readNumber(fields)
  const stop = fields.at
  const isWhole = stop >= fields.end || text.charCodeAt(stop) === SPACE || text.slice(stop, fields.end).trim() === ''
  fields.at = stop + 1
  return stop <= fields.end && stop - start <= DIGITS_MAX && isWhole ? value : -1
}

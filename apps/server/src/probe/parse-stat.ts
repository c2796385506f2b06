import { decode } from './probe-lines.ts'

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
 * Reads /proc/PID/stat: proc_pid_stat(5). The comm ends at the LAST parenthesis, as it may hold any byte but NUL.
 * @returns null when the text is anything else.
 */
export function parseStat(stat: string): StatFacts | null {
  const open = stat.indexOf(' (')
  const close = stat.lastIndexOf(') ')
  if (open < 0 || close < open) return null
  // Fields are counted from the state on, which is one character.
  const ppid = countAt(stat, skip(stat, close + 2, 1))
  const flagsAt = skip(stat, close + 2, 6)
  const flags = countAt(stat, flagsAt)
  const starttime = countAt(stat, skip(stat, flagsAt, 13))
  const pid = countAt(stat, 0)
  if (pid < 0 || ppid < 0 || flags < 0 || starttime < 0 || stat[close + 3] !== ' ') return null
  const state = stat[close + 2] as string
  return {
    pid,
    ppid,
    starttime,
    state,
    comm: decode(stat.slice(open + 2, close)),
    kernelThread: (flags & PF_KTHREAD) !== 0,
    dying: state === 'Z' || state === 'X' || (flags & PF_EXITING) !== 0,
  }
}

/** Where the field that comes `fields` later begins. */
function skip(text: string, from: number, fields: number): number {
  let at = from
  for (let count = 0; count < fields && at >= 0; count++) {
    const space = text.indexOf(' ', at)
    at = space < 0 ? -1 : space + 1
  }
  return at
}

/** The number of a field; -1 when it is none. */
function countAt(text: string, at: number): number {
  if (at < 0) return -1
  const space = text.indexOf(' ', at)
  const field = text.slice(at, space < 0 ? undefined : space)
  return /^\d{1,15}$/.test(field.trimEnd()) ? Number(field) : -1
}

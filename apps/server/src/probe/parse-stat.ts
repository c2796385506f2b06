import type { ScannedProcess } from '@pausescope/shared'
import { decode } from './probe-lines.ts'

/** Bits of proc_pid_stat(5)'s flags; include/linux/sched.h. */
const PF_EXITING = 0x4
const PF_KTHREAD = 0x200000

export type StatFacts = Pick<ScannedProcess, 'pid' | 'ppid' | 'starttime' | 'state' | 'comm' | 'kernelThread'> & {
  /** It is past giving up its namespaces. */
  dying: boolean
}

/** From the last parenthesis on: state, ppid, four that nobody needs, flags, twelve more, starttime. */
const TAIL = /^\) (\S) (\d{1,15}) (?:-?\d+ ){4}(\d{1,15}) (?:-?\d+ ){12}(\d{1,15})(?: |$)/

/**
 * Reads /proc/PID/stat: proc_pid_stat(5). The comm ends at the LAST parenthesis, as it may hold any byte but NUL.
 * @returns null when the text is anything else.
 */
export function parseStat(stat: string): StatFacts | null {
  const open = stat.indexOf(' (')
  const close = stat.lastIndexOf(')')
  const tail = open > 0 && close > open ? TAIL.exec(stat.slice(close)) : null
  const pid = Number(stat.slice(0, open))
  if (!tail || !Number.isSafeInteger(pid)) return null
  const state = tail[1] as string
  const flags = Number(tail[3])
  return {
    pid,
    ppid: Number(tail[2]),
    starttime: Number(tail[4]),
    state,
    comm: decode(stat.slice(open + 2, close)),
    kernelThread: (flags & PF_KTHREAD) !== 0,
    dying: state === 'Z' || state === 'X' || (flags & PF_EXITING) !== 0,
  }
}

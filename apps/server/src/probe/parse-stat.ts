import type { ScannedProcess } from '@pausescope/shared'
import { decode } from './probe-lines.ts'

/** Bits of proc_pid_stat(5)'s flags; include/linux/sched.h. */
const PF_EXITING = 0x4
const PF_KTHREAD = 0x200000

/** A process as its stat shows it, and whether it is past giving up its namespaces. */
export type StatFacts = { process: ScannedProcess; dying: boolean }

/**
 * Reads /proc/PID/stat: proc_pid_stat(5). The comm ends at the LAST parenthesis, as it may hold any byte but NUL.
 * @returns null when the text is anything else.
 */
export function parseStat(pid: number, stat: string): StatFacts | null {
  const open = stat.indexOf('(')
  const close = stat.lastIndexOf(')')
  if (open < 0 || close < open || Number(stat.slice(0, open)) !== pid) return null
  const [state, ppid, , , , , flags, ...rest] = stat.slice(close + 2).split(' ', 20)
  const starttime = rest[12]
  if (state?.length !== 1 || !isCount(ppid) || !isCount(flags) || !isCount(starttime)) return null
  const process: ScannedProcess = {
    pid,
    ppid: Number(ppid),
    starttime: Number(starttime),
    state,
    uid: null,
    nspid: [],
    comm: decode(stat.slice(open + 1, close)),
    argv: [],
    kernelThread: (Number(flags) & PF_KTHREAD) !== 0,
    cgroup: [],
    ns: {},
  }
  return { process, dying: state === 'Z' || state === 'X' || (Number(flags) & PF_EXITING) !== 0 }
}

function isCount(text: string | undefined): text is string {
  return text !== undefined && /^\d{1,15}$/.test(text)
}

import type { ScannedProcess } from '@pausescope/shared'
import type { Malformed } from './probe-lines.ts'
import { THREAD_TYPES } from './probe-script.ts'

type Threads = NonNullable<ScannedProcess['threads']>

const LINE = new RegExp(`^'(\\d{1,7})/task/(\\d{1,7})/ns/(${THREAD_TYPES.join('|')})' -> '\\3:\\[(\\d{1,15})\\]'$`)

/** GNU's stat prints the name alone, busybox's an empty line. */
const GONE = /^'\d{1,7}\/task\/\d{1,7}\/ns\/[a-z]+'$/
/** A process with too many threads to look at. */
const MANY = /^(\d{1,7})\/task:\d+$/

/**
 * Reads the links of threads that are elsewhere than their process, by PID; and the PIDs of processes with too many to
 * look at. A thread that ended meanwhile has no target.
 */
export function parseThreads(text: string, malformed: Malformed): { byPid: Map<number, Threads>; many: number[] } {
  const byPid = new Map<number, Threads>()
  const many: number[] = []
  for (const line of text.split('\n')) {
    const match = LINE.exec(line)
    const crowd = MANY.exec(line)
    if (crowd) many.push(Number(crowd[1]))
    if (!match) {
      if (!crowd && line !== '' && !GONE.test(line)) malformed.lines++
      continue
    }
    const [pid, tid, inode] = [Number(match[1]), Number(match[2]), Number(match[4])]
    const type = match[3] as (typeof THREAD_TYPES)[number]
    if (pid === 0 || tid === 0 || inode === 0) {
      malformed.lines++
      continue
    }
    const threads = byPid.get(pid) ?? []
    byPid.set(pid, threads)
    const thread = threads.find((one) => one.tid === tid)
    if (thread) thread.ns[type] = inode
    else threads.push({ tid, ns: { [type]: inode } })
  }
  for (const threads of byPid.values()) threads.sort((a, b) => a.tid - b.tid)
  return { byPid, many }
}

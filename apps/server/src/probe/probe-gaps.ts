import { type Gap, NAMESPACE_LINKS, NAMESPACE_TYPES, type NamespaceType, type ScannedProcess } from '@pausescope/shared'
import { type Reader, whyDenied } from './probe-reader.ts'
import { THREADS_MAX } from './probe-script.ts'

/** What a scan could not tell, gathered while it is read. */
export type ProbeGapFacts = {
  processes: readonly ScannedProcess[]
  types: readonly NamespaceType[]
  /** Link names and pinned types the kernel spelled. */
  spelled: readonly string[]
  /** PIDs that had no stat any more. */
  vanished: readonly number[]
  /** PIDs of processes younger than the scan. */
  young: readonly number[]
  /** PIDs whose arguments are uncertain. */
  doubtful: readonly number[]
  /** False: PID 1's mountinfo could not be read. */
  pinsRead: boolean
  malformed: number
  /** Numbered folders in the /proc root when the scan began; 0 when there was none for PID 1. */
  listed: number
  reader: Reader
  /** PIDs of processes with more threads than are looked at. */
  manyThreads: readonly number[]
}

/** PIDs a gap names, at most. */
const PIDS_MAX = 1000

/** One sentence for each thing missing: what, why, and what to do. */
export function describeGaps(facts: ProbeGapFacts): Gap[] {
  const { processes, types } = facts
  const pidsOf = (test: (process: ScannedProcess) => boolean) => processes.filter(test).map(({ pid }) => pid)
  const known = new Set<string>(NAMESPACE_LINKS)
  const unknown = [...new Set(facts.spelled)].filter((name) => !known.has(name))
  const missing = NAMESPACE_TYPES.filter((type) => !types.includes(type))
  return [
    hidden(facts),
    about(
      'links-denied',
      pidsOf(({ unreadable }) => unreadable === 'denied'),
      `Namespace links that may not be read. ${whyDenied(facts.reader, types.length === 0)}`,
    ),
    about('process-vanished', facts.vanished, 'Processes that ended while the node was read; they are left out.'),
    about(
      'pid-reused',
      facts.young,
      'Processes that started while the node was read. Their PIDs may have been others’ before, so they are left out; scan again.',
    ),
    about('part-missing', pidsOf(hasNoCgroup), 'The cgroup could not be read, so no container is known; scan again.'),
    about('part-missing', pidsOf(hasNoUid), 'The status could not be read: no user, no PIDs inside; scan again.'),
    facts.pinsRead
      ? null
      : gap(
          'part-missing',
          0,
          'The mounts of PID 1 may not be read, so namespaces that only a bind mount holds are missing. The reader needs hostPID and CAP_SYS_PTRACE.',
        ),
    about(
      'argv-ambiguous',
      facts.doubtful,
      'Arguments left out: too long, or not to be told apart with these tools (a busybox whose grep has no -z).',
    ),
    about(
      'threads-unread',
      facts.manyThreads,
      `Processes with more than ${THREADS_MAX} threads: whether one of these has namespaces of its own was not looked at.`,
    ),
    types.length > 0 && missing.length > 0
      ? gap('kernel-lacks-type', 0, `No process has a namespace of type ${missing.join(', ')}.`)
      : null,
    unknown.length > 0
      ? gap('unknown-type', 0, `This kernel has namespaces that are not shown: ${unknown.join(', ')}.`)
      : null,
    facts.malformed > 0
      ? gap('malformed', facts.malformed, 'Lines of the scan that could not be read; they are left out.')
      : null,
  ].filter((found) => found !== null)
}

/**
 * Processes that are kept from the reader: the folder of PID 1 is there, but closed (hidepid=1), or not even that. Every
 * node has a PID 1, and where it is not to be seen most others are not either (proc(5), hidepid).
 */
function hidden({ listed, processes, reader }: ProbeGapFacts): Gap | null {
  if (processes[0]?.pid === 1) return null
  const closed = Math.max(0, listed - processes.length)
  const others = closed > 0 ? `${closed} more may not be looked at, PID 1 among them` : 'PID 1 is not among them'
  const option = reader.hidepid === null ? '' : `/proc is mounted with hidepid=${reader.hidepid}. `
  const detail = `Only ${processes.length} of the node's processes could be read; ${others}. ${option}Let the reader run as root with CAP_SYS_PTRACE and hostPID, or mount /proc without hidepid.`
  return gap('processes-hidden', closed, detail)
}

function about(code: Gap['code'], pids: readonly number[], detail: string): Gap | null {
  return pids.length === 0 ? null : { code, detail, count: pids.length, pids: pids.slice(0, PIDS_MAX) }
}

function gap(code: Gap['code'], count: number, detail: string): Gap {
  return { code, detail, count }
}

function hasNoCgroup({ cgroup }: ScannedProcess): boolean {
  return cgroup.length === 0
}

function hasNoUid({ uid }: ScannedProcess): boolean {
  return uid === null
}

import {
  type Gap,
  gapOf,
  NAMESPACE_LINKS,
  NAMESPACE_TYPES,
  type NamespaceType,
  type ScannedProcess,
  type Told,
  told,
} from '@pausescope/shared'
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
      told('scan.links-denied', { why: whyDenied(facts.reader, types.length === 0) }),
    ),
    about('process-vanished', facts.vanished, told('scan.vanished')),
    about('pid-reused', facts.young, told('scan.young')),
    about('part-missing', pidsOf(hasNoCgroup), told('scan.no-cgroup')),
    about('part-missing', pidsOf(hasNoUid), told('scan.no-status')),
    facts.pinsRead ? null : gapOf('part-missing', 0, told('scan.no-mounts')),
    about('argv-ambiguous', facts.doubtful, told('scan.arguments')),
    about('threads-unread', facts.manyThreads, told('scan.threads', { most: THREADS_MAX })),
    types.length > 0 && missing.length > 0
      ? gapOf('kernel-lacks-type', 0, told('scan.lacks-types', { types: missing }))
      : null,
    unknown.length > 0 ? gapOf('unknown-type', 0, told('scan.unknown-types', { types: unknown })) : null,
    facts.malformed > 0 ? gapOf('malformed', facts.malformed, told('scan.malformed')) : null,
  ].filter((found) => found !== null)
}

/**
 * Processes that are kept from the reader: the folder of PID 1 is there, but closed (hidepid=1), or not even that. Every
 * node has a PID 1, and where it is not to be seen most others are not either (proc(5), hidepid).
 */
function hidden({ listed, processes, reader }: ProbeGapFacts): Gap | null {
  if (processes[0]?.pid === 1) return null
  const closed = Math.max(0, listed - processes.length)
  const others = closed > 0 ? told('scan.others-closed', { count: closed }) : told('scan.no-first')
  const [read, option] = [processes.length, reader.hidepid]
  return gapOf(
    'processes-hidden',
    closed,
    option === null ? told('scan.hidden', { read, others }) : told('scan.hidden-by-option', { read, others, option }),
  )
}

function about(code: Gap['code'], pids: readonly number[], sentence: Told): Gap | null {
  return pids.length === 0 ? null : gapOf(code, pids.length, sentence, pids.slice(0, PIDS_MAX))
}

function hasNoCgroup({ cgroup }: ScannedProcess): boolean {
  return cgroup.length === 0
}

function hasNoUid({ uid }: ScannedProcess): boolean {
  return uid === null
}

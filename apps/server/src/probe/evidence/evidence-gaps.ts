import { type EvidenceGap, type EvidencePart, english, type Told, told } from '@pausescope/shared'
import { LINES_MAX } from './evidence-script.ts'
import type { FdsUnread } from './parse-holders.ts'

/** What a gap has beside its sentence, what it is about and its code. */
type More = Pick<EvidenceGap, 'command' | 'capability' | 'pids'>

function gap(code: EvidenceGap['code'], part: EvidencePart, sentence: Told, more: More = {}): EvidenceGap {
  return { code, part, detail: english(sentence), told: sentence, ...more }
}

/** The process that was to be read is not the one of the scan any more. */
export function vanished(part: EvidencePart, pid: number): EvidenceGap {
  return gap('vanished', part, told('evidence.vanished', { pid }), { pids: [pid] })
}

/** Nothing of a file was read. `recorded`: whether the tree has the like at all. */
export function unread(part: EvidencePart, pid: number, recorded: boolean): EvidenceGap {
  if (!recorded) return notRecorded(part)
  return gap('denied', part, told('evidence.denied', { pid }), { capability: 'SYS_PTRACE', pids: [pid] })
}

export function notRecorded(part: EvidencePart, sentence = told('evidence.not-recorded')): EvidenceGap {
  return gap('not-recorded', part, sentence)
}

export function cut(part: EvidencePart): EvidenceGap {
  return gap('cut', part, told('evidence.cut', { most: LINES_MAX }))
}

export function malformedLines(part: EvidencePart, lines: number): EvidenceGap {
  return gap('doubtful', part, told('evidence.malformed', { lines }))
}

/** What sysfs has of interfaces could not be read. `state`: of the process's root folder. */
export function noLinks(pid: number, state: RootState, doubtful: boolean): EvidenceGap {
  const command = `nsenter -t ${pid} -n ip -d link`
  if (state === 'missing') return notRecorded('links', told('evidence.no-sysfs-recorded'))
  if (state === 'denied') return { ...unread('links', pid, true), command }
  const more = { command, capability: 'SYS_ADMIN' }
  if (doubtful) return gap('doubtful', 'links', told('evidence.other-sysfs', { pid }), more)
  return gap('needs-nsenter', 'links', told('evidence.no-sysfs', { pid }), more)
}

/** Whether what is below a process's root folder can be reached. */
export type RootState = 'missing' | 'denied' | 'open'

/** One gap for each reason why descriptors were not looked at. */
export function unreadHolders(unread: ReadonlyMap<number, FdsUnread>): EvidenceGap[] {
  const reasons = [...new Set(unread.values())].sort()
  return reasons.map((reason) => {
    const pids = [...unread].flatMap(([pid, why]) => (why === reason ? [pid] : []))
    return unreadHolder(reason, pids)
  })
}

function unreadHolder(reason: FdsUnread, pids: number[]): EvidenceGap {
  switch (reason) {
    case 'missing':
      return notRecorded('holders', told('evidence.no-holders-recorded'))
    case 'closed':
      return gap('denied', 'holders', told('evidence.holders-closed'), { capability: 'DAC_READ_SEARCH', pids })
    case 'denied':
      return gap('denied', 'holders', told('evidence.holders-denied'), { capability: 'SYS_PTRACE', pids })
    case 'many':
      return gap('cut', 'holders', told('evidence.holders-many'), { pids })
  }
}

export function moreProcesses(count: number): EvidenceGap {
  return gap('cut', 'holders', told('evidence.more-processes', { count }))
}

/** The kernel's own name of a uts namespace is only told inside it. */
export function hostnameInside(pid: number, file: boolean): EvidenceGap {
  const why = file ? told('evidence.hostname-of-file') : told('evidence.hostname')
  return inside('hostname', `nsenter -t ${pid} -u hostname`, why)
}

export function sysvInside(pid: number): EvidenceGap {
  return inside('sysv', `nsenter -t ${pid} -i ipcs`, told('evidence.sysv'))
}

function inside(part: EvidencePart, command: string, why: Told): EvidenceGap {
  return gap('needs-nsenter', part, told('evidence.inside', { why }), { command, capability: 'SYS_ADMIN' })
}

export function noObjects(pid: number, state: RootState): EvidenceGap {
  if (state === 'missing') return notRecorded('posix', told('evidence.no-folders-recorded'))
  if (state === 'denied') return unread('posix', pid, true)
  const command = `ls -l /proc/${pid}/root/dev/shm /proc/${pid}/root/dev/mqueue`
  return gap('doubtful', 'posix', told('evidence.odd-folders', { pid }), { command })
}

export function oddObjects(count: number): EvidenceGap {
  return gap('cut', 'posix', told('evidence.odd-objects', { count }))
}

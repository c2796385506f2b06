import type { EvidenceGap, EvidencePart } from '@pausescope/shared'
import { LINES_MAX } from './evidence-script.ts'
import type { FdsUnread } from './parse-holders.ts'

/** The process that was to be read is not the one of the scan any more. */
export function vanished(part: EvidencePart, pid: number): EvidenceGap {
  const detail = `The process ${pid}, from which this was to be read, has ended or left since the scan; refresh.`
  return { code: 'vanished', part, detail, pids: [pid] }
}

/** Nothing of a file was read. `recorded`: whether the tree has the like at all. */
export function unread(part: EvidencePart, pid: number, recorded: boolean): EvidenceGap {
  if (!recorded) return notRecorded(part, 'The captured tree does not have it.')
  return {
    code: 'denied',
    part,
    detail: `Of the process ${pid} it may not be read. The reader needs CAP_SYS_PTRACE and, on nodes with AppArmor, the profile Unconfined.`,
    capability: 'SYS_PTRACE',
    pids: [pid],
  }
}

export function notRecorded(part: EvidencePart, detail: string): EvidenceGap {
  return { code: 'not-recorded', part, detail }
}

export function cut(part: EvidencePart): EvidenceGap {
  return {
    code: 'cut',
    part,
    detail: `There is more than is read here (${LINES_MAX} lines of a file); the rest is left out.`,
  }
}

export function malformedLines(part: EvidencePart, lines: number): EvidenceGap {
  const what = lines === 1 ? 'One line' : `${lines} lines`
  return {
    code: 'doubtful',
    part,
    detail: `${what} could not be understood and ${lines === 1 ? 'is' : 'are'} left out.`,
  }
}

/** What sysfs has of interfaces could not be read. `state`: of the process's root folder. */
export function noLinks(pid: number, state: RootState, doubtful: boolean): EvidenceGap {
  const command = `nsenter -t ${pid} -n ip -d link`
  if (state === 'missing')
    return notRecorded('links', 'The captured tree has no sysfs: MAC, MTU, state, kind and peer are not in it.')
  if (state === 'denied') return { ...unread('links', pid, true), command }
  const detail = doubtful
    ? `The sysfs of the process ${pid} shows another network namespace, or one that changed meanwhile: MAC, MTU, state, kind and peer of the interfaces are left out.`
    : `The process ${pid} has no sysfs at /sys, so MAC, MTU, state, kind and peer of the interfaces cannot be read.`
  if (doubtful) return { code: 'doubtful', part: 'links', detail, command, capability: 'SYS_ADMIN' }
  return { code: 'needs-nsenter', part: 'links', detail, command, capability: 'SYS_ADMIN' }
}

/** Whether what is below a process's root folder can be reached. */
export type RootState = 'missing' | 'denied' | 'open'

const HOLDERS: Readonly<Record<FdsUnread, Omit<EvidenceGap, 'part' | 'pids'>>> = {
  missing: {
    code: 'not-recorded',
    detail: 'The captured tree has no file descriptors: which process holds a socket is not in it.',
  },
  closed: {
    code: 'denied',
    detail:
      'The file descriptors of processes of other users may not be listed: the reader lacks CAP_DAC_READ_SEARCH, and the kernel, or what it shows of other sockets, is not enough to do without.',
    capability: 'DAC_READ_SEARCH',
  },
  denied: {
    code: 'denied',
    detail: 'The file descriptors of these processes may not be followed. The reader needs CAP_SYS_PTRACE.',
    capability: 'SYS_PTRACE',
  },
  many: { code: 'cut', detail: 'These processes have so many file descriptors that they were not looked at.' },
}

/** One gap for each reason why descriptors were not looked at. */
export function unreadHolders(unread: ReadonlyMap<number, FdsUnread>): EvidenceGap[] {
  const reasons = [...new Set(unread.values())].sort()
  return reasons.map((reason) => {
    const pids = [...unread].flatMap(([pid, why]) => (why === reason ? [pid] : []))
    return { ...HOLDERS[reason], part: 'holders', ...(reason === 'missing' ? {} : { pids }) }
  })
}

export function moreProcesses(count: number): EvidenceGap {
  return { code: 'cut', part: 'holders', detail: `The file descriptors of ${count} more processes were not looked at.` }
}

/** The kernel's own name of a uts namespace is only told inside it. */
export function hostnameInside(pid: number, file: boolean): EvidenceGap {
  const detail = file
    ? 'This is what /etc/hostname of the container says. The name that the kernel has is only told inside the namespace.'
    : 'The hostname is only told inside the namespace.'
  return inside('hostname', `nsenter -t ${pid} -u hostname`, detail)
}

export function sysvInside(pid: number): EvidenceGap {
  const detail = 'System V objects are only told inside the namespace.'
  return inside('sysv', `nsenter -t ${pid} -i ipcs`, detail)
}

function inside(part: EvidencePart, command: string, why: string): EvidenceGap {
  const detail = `${why} To go there takes CAP_SYS_ADMIN, which the helper does not have; on the node, run the command as root.`
  return { code: 'needs-nsenter', part, detail, command, capability: 'SYS_ADMIN' }
}

export function noObjects(pid: number, state: RootState): EvidenceGap {
  if (state === 'missing') return notRecorded('posix', 'The captured tree has no /dev/shm and no /dev/mqueue.')
  if (state === 'denied') return unread('posix', pid, true)
  const detail = `The process ${pid} has no /dev/shm and no /dev/mqueue of the usual kind.`
  return {
    code: 'doubtful',
    part: 'posix',
    detail,
    command: `ls -l /proc/${pid}/root/dev/shm /proc/${pid}/root/dev/mqueue`,
  }
}

export function oddObjects(count: number): EvidenceGap {
  const detail = `${count} more objects are not named here: there are many, or their names have unusual characters.`
  return { code: 'cut', part: 'posix', detail }
}

import type { PosixObject, SysvObjects } from '@pausescope/shared'
import type { Malformed } from '../probe-lines.ts'

/**
 * The files of /proc/sysvipc, `sysvipc/shm:LINE` each; proc_sysvipc(5).
 * @returns null where not even a heading was read.
 */
export function parseSysv(text: string, malformed: Malformed): SysvObjects | null {
  const objects: SysvObjects = { shm: [], sem: [], msg: [] }
  let isRead = false
  for (const line of text.split('\n')) {
    const [, kind, row = ''] = /^sysvipc\/(shm|sem|msg):(.*)$/.exec(line) ?? []
    if (/^ *key /.test(row)) isRead = true
    else if (kind && /^[\s\d-]+$/.test(row)) addRow(objects, kind as keyof SysvObjects, row.trim().split(/ +/))
    else if (line !== '') malformed.lines++
  }
  return isRead ? objects : null
}

/** Columns: key, id, perms (octal), and then by kind. */
function addRow(objects: SysvObjects, kind: keyof SysvObjects, row: readonly string[]): void {
  const [key = 0, id = 0] = row.map(Number)
  const perms = row[2] ?? ''
  const at = (column: number) => Number(row[column] ?? 0)
  const common = { id, key, perms }
  if (kind === 'shm') objects.shm.push({ ...common, bytes: at(3), creator: at(4), attached: at(6), uid: at(7) })
  else if (kind === 'sem') objects.sem.push({ ...common, semaphores: at(3), uid: at(4) })
  else objects.msg.push({ ...common, bytes: at(3), messages: at(4), uid: at(7) })
}

const FOLDERS = { 'dev/shm': 'shm', 'dev/mqueue': 'mqueue' } as const

/** What was seen in /dev/shm and /dev/mqueue: null: neither could be looked at. `odd`: so many are not named. */
export type PosixObjects = { objects: PosixObject[] | null; odd: number }

/** `PID/dev/shm` for each folder looked at, `odd:N`, and `SIZE:UID:PID/root/dev/shm/NAME` for each object. */
export function parsePosix(text: string, pid: number, malformed: Malformed): PosixObjects {
  const found: PosixObjects = { objects: null, odd: 0 }
  for (const line of text.split('\n')) {
    const odd = /^odd:(\d+)$/.exec(line)?.[1]
    const [, bytes, uid, owner, folder, name] =
      /^(\d+):(\d+):(\d+)\/root\/(dev\/shm|dev\/mqueue)\/([\w.+@%=,~-]+)$/.exec(line) ?? []
    if (odd !== undefined) found.odd += Number(odd)
    else if (line === `${pid}/dev/shm` || line === `${pid}/dev/mqueue`) found.objects ??= []
    else if (name !== undefined && Number(owner) === pid) {
      const kind = FOLDERS[folder as keyof typeof FOLDERS]
      const isSemaphore = kind === 'shm' && name.startsWith('sem.')
      found.objects ??= []
      found.objects.push({
        kind: isSemaphore ? 'sem' : kind,
        name: isSemaphore ? name.slice('sem.'.length) : name,
        bytes: kind === 'mqueue' ? null : Number(bytes),
        uid: Number(uid),
        pid,
      })
    } else if (line !== '') malformed.lines++
  }
  return found
}

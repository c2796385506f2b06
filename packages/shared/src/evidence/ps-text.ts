import { lsnsUser } from '../graph/lsns.ts'
import type { ProcessTree } from './process-tree.ts'

/**
 * What `ps -ef` in the tree's PID namespace prints of it, in the columns that one scan can tell: UID PID PPID CMD. Users have
 * no names but root, for names are the image's. Empty where the namespace could not be read.
 */
export function psText({ processes }: ProcessTree): string {
  const rows = processes
    .flatMap((process) => (process.inner === null ? [] : [{ ...process, inner: process.inner }]))
    .sort((a, b) => a.inner - b.inner)
  if (rows.length === 0) return ''
  const lines = rows.map(({ uid, inner, innerParent, command }) =>
    line(lsnsUser(uid, {}), `${inner}`, `${innerParent ?? '?'}`, command),
  )
  return line('UID', 'PID', 'PPID', 'CMD') + lines.join('')
}

function line(uid: string, pid: string, ppid: string, command: string): string {
  return `${uid.padEnd(8)} ${pid.padStart(7)} ${ppid.padStart(7)} ${command}\n`
}

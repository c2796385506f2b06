import type { ProbeParts } from '../probe-frame.ts'
import type { Malformed } from '../probe-lines.ts'
import { MAGIC } from './evidence-script.ts'

/** Why the descriptors of a process were not looked at. `closed`: they may not be listed · `denied`: nor followed. */
export type FdsUnread = 'missing' | 'closed' | 'denied' | 'many'

export type Holders = {
  /** Who holds a socket, by its inode. */
  byInode: ReadonlyMap<number, readonly { pid: number; fd: number }[]>
  unread: ReadonlyMap<number, FdsUnread>
}

/** Reads who holds sockets from `PID/fd/N:INODE` and `PID/fd/N:MAGIC`, and where those are closed from fdinfo. */
export function parseHolders(parts: ProbeParts, malformed: Malformed): Holders {
  const byInode = new Map<number, { pid: number; fd: number }[]>()
  const add = (inode: number, holder: { pid: number; fd: number }) => {
    byInode.set(inode, [...(byInode.get(inode) ?? []), holder])
  }
  const unread = new Map<number, FdsUnread>()
  for (const line of linesOf(parts, 'closed')) {
    const [, pid, why] = /^(\d+)\/fd:(missing|closed|denied|many)$/.exec(line) ?? []
    if (why) unread.set(Number(pid), why as FdsUnread)
    else malformed.lines++
  }
  const onSockfs = new Set(linesOf(parts, 'systems').filter((line) => line.endsWith(`:${MAGIC.sockfs}`)))
  for (const line of linesOf(parts, 'sockets')) {
    const [, pid, fd, inode] = /^(\d+)\/fd\/(\d+):(\d+)$/.exec(line) ?? []
    if (!inode) malformed.lines++
    else if (onSockfs.has(`${pid}/fd/${fd}:${MAGIC.sockfs}`)) add(Number(inode), { pid: Number(pid), fd: Number(fd) })
  }
  for (const { pid, fd, inode } of parseInfos(linesOf(parts, 'infos'), malformed)) {
    unread.delete(pid)
    if (inode !== null) add(inode, { pid, fd })
  }
  for (const holders of byInode.values()) holders.sort((a, b) => a.pid - b.pid || a.fd - b.fd)
  return { byInode, unread }
}

type Info = { pid: number; fd: number; mount?: number; inode?: number }

/**
 * `PID/fdinfo/N:mnt_id:` and `:ino:`, and from a descriptor that is known to be a socket the mount that all sockets are on.
 * Without that, or on a kernel that does not tell the inode (before 5.14), there is nothing.
 */
function parseInfos(lines: readonly string[], malformed: Malformed) {
  let socketMount: number | null = null
  const infos = new Map<string, Info>()
  for (const line of lines) {
    const known = /^mount:\d+\/fd\/\d+:([\da-f]*):(?:mnt_id:\s*(\d+))?$/.exec(line)
    const [, pid, fd, key, value] = /^(\d+)\/fdinfo\/(\d+):(mnt_id|ino):\s*(\d+)$/.exec(line) ?? []
    if (known) {
      if (known[1] === MAGIC.sockfs && known[2]) socketMount = Number(known[2])
    } else if (!key) {
      malformed.lines++
    } else {
      const info = infos.get(`${pid} ${fd}`) ?? { pid: Number(pid), fd: Number(fd) }
      infos.set(`${pid} ${fd}`, { ...info, [key === 'ino' ? 'inode' : 'mount']: Number(value) })
    }
  }
  if (socketMount === null) return []
  return [...infos.values()].flatMap(({ pid, fd, mount, inode }) =>
    mount === undefined || inode === undefined ? [] : [{ pid, fd, inode: mount === socketMount ? inode : null }],
  )
}

/** The lines of a part that hold anything. */
export function linesOf(parts: ProbeParts, name: string): string[] {
  return (parts.get(name) ?? '').split('\n').filter((line) => line !== '')
}

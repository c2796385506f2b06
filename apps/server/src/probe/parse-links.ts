import { NAMESPACE_LINKS, type ScannedProcess } from '@pausescope/shared'
import { type Cursor, type Malformed, readNumber, readPid } from './probe-lines.ts'

/** What stands behind the PID, without and with the target, by link. */
const FORMS = NAMESPACE_LINKS.map((link, index) => ({
  index,
  closed: `/ns/${link}'\n`,
  open: `/ns/${link}' -> '${link.replace('_for_children', '')}:[`,
}))

const QUOTE = 39

type Link = (typeof NAMESPACE_LINKS)[number]
const MNT = NAMESPACE_LINKS.indexOf('mnt')

export type Inodes = ScannedProcess['ns']

/** What the scan says of the reader itself. */
export type ReaderFacts = {
  /** The reader's uts namespace, `uts:[INODE]`. */
  uts: string | null
  /** st_dev of the namespaces' file system. */
  nsfsDevice: number | null
}

/**
 * `'PID/ns/LINK' -> 'TYPE:[INODE]'`, as `stat -c %N` prints it. Of a link that may not be read GNU prints the name alone
 * and busybox an empty line; of one that does not exist both print nothing.
 * @param visit gets what stands together of one PID. Processes in all the same namespaces mostly get the same object.
 */
export function parseLinks(text: string, malformed: Malformed, visit: (pid: number, ns: Inodes) => void): ReaderFacts {
  const reader: ReaderFacts = { uts: null, nsfsDevice: null }
  const groups = linkGroups(visit)
  const cursor: Cursor = { text, at: 0 }
  // The script asks for the links in their order, so the form after the last is nearly always the right one.
  let turn = 0
  while (cursor.at < text.length) {
    const start = cursor.at
    if (readLikely(cursor, turn, groups.add)) {
      turn++
      continue
    }
    cursor.at = start
    const found = text.indexOf('\n', start)
    const end = found < 0 ? text.length : found
    cursor.at++
    const pid = text.charCodeAt(start) === QUOTE ? readPid(cursor) : -1
    const form = pid > 0 ? formAt(text, cursor.at, turn) : undefined
    if (form) {
      turn = form.index + 1
      cursor.at += form.open.length
      const inode = readNumber(cursor)
      if (inode > 0 && Number.isSafeInteger(inode) && cursor.at + 2 === end && text.startsWith("]'", cursor.at)) {
        groups.add(pid, form.index, inode)
      } else malformed.lines++
    } else if (end > start && !isClosed(text, pid, cursor.at) && !parseReader(text.slice(start, end), reader)) {
      malformed.lines++
    }
    cursor.at = end + 1
  }
  groups.end()
  return reader
}

/** Reads a line that is as the script's order lets expect, which nearly all are; where it is not, says so. */
function readLikely(cursor: Cursor, turn: number, add: (pid: number, index: number, inode: number) => void): boolean {
  const { text } = cursor
  if (text.charCodeAt(cursor.at++) !== QUOTE) return false
  const pid = readPid(cursor)
  const form = FORMS[turn % FORMS.length]
  if (pid < 0 || !form || !text.startsWith(form.open, cursor.at)) return false
  cursor.at += form.open.length
  const inode = readNumber(cursor)
  if (inode <= 0 || !Number.isSafeInteger(inode) || !text.startsWith("]'\n", cursor.at)) return false
  cursor.at += 3
  add(pid, form.index, inode)
  return true
}

/** Gathers the inodes of one PID, and hands them on as an object when another PID comes. */
function linkGroups(visit: (pid: number, ns: Inodes) => void): { add: typeof add; end: () => void } {
  const inodes = NAMESPACE_LINKS.map(() => 0)
  /** The last of each mount namespace: processes that share one mostly share the others too. */
  const known = new Map<number, Inodes>()
  let current = -1
  const end = () => {
    if (current < 0) return
    const mnt = inodes[MNT] as number
    let ns = known.get(mnt)
    if (!ns || !isSame(ns, inodes)) {
      ns = {}
      for (let index = 0; index < inodes.length; index++) {
        const inode = inodes[index] as number
        if (inode > 0) ns[NAMESPACE_LINKS[index] as Link] = inode
      }
      known.set(mnt, ns)
    }
    visit(current, ns)
    inodes.fill(0)
  }
  const add = (pid: number, index: number, inode: number) => {
    if (pid !== current) {
      end()
      current = pid
    }
    inodes[index] = inode
  }
  return { add, end }
}

function isSame(ns: Inodes, inodes: readonly number[]): boolean {
  for (let index = 0; index < inodes.length; index++) {
    if ((ns[NAMESPACE_LINKS[index] as Link] ?? 0) !== inodes[index]) return false
  }
  return true
}

function formAt(text: string, at: number, turn: number): (typeof FORMS)[number] | undefined {
  const likely = FORMS[turn % FORMS.length]
  return likely && text.startsWith(likely.open, at) ? likely : FORMS.find(({ open }) => text.startsWith(open, at))
}

function isClosed(text: string, pid: number, at: number): boolean {
  return pid > 0 && FORMS.some(({ closed }) => text.startsWith(closed, at))
}

function parseReader(line: string, reader: ReaderFacts): boolean {
  const uts = /^'self\/ns\/uts'(?: -> '(uts:\[\d+\])')?$/.exec(line)
  const device = /^nsfs:(\d+)$/.exec(line)
  if (uts) reader.uts = uts[1] ?? null
  if (device) reader.nsfsDevice = Number(device[1])
  return uts !== null || device !== null
}

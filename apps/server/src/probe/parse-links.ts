import { NAMESPACE_LINKS, type ScannedProcess } from '@pausescope/shared'
import { type Cursor, type Malformed, readNumber, readPid } from './probe-lines.ts'

/** What stands behind the PID, without and with the target, by link. */
const FORMS = NAMESPACE_LINKS.map((link, index) => ({
  index,
  closed: `/ns/${link}'\n`,
  open: `/ns/${link}' -> '${link.replace('_for_children', '')}:[`,
}))

const QUOTE = 39

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
 * @param visit gets what stands together of one PID. Neighbours in all the same namespaces get the same object.
 */
export function parseLinks(text: string, malformed: Malformed, visit: (pid: number, ns: Inodes) => void): ReaderFacts {
  const reader: ReaderFacts = { uts: null, nsfsDevice: null }
  const groups = linkGroups(visit)
  const cursor: Cursor = { text, at: 0 }
  // The script asks for the links in their order, so the form after the last is nearly always the right one.
  let turn = 0
  while (cursor.at < text.length) {
    const start = cursor.at
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

/** Gathers the inodes of one PID, and hands them on as an object when another PID comes. */
function linkGroups(visit: (pid: number, ns: Inodes) => void): { add: typeof add; end: () => void } {
  const inodes = NAMESPACE_LINKS.map(() => 0)
  const last = NAMESPACE_LINKS.map(() => 0)
  let lastNs: Inodes = {}
  let current = -1
  const end = () => {
    if (current < 0) return
    if (inodes.some((inode, index) => inode !== last[index])) {
      lastNs = {}
      for (const [index, link] of NAMESPACE_LINKS.entries()) {
        const inode = inodes[index] as number
        if (inode > 0) lastNs[link] = inode
        last[index] = inode
      }
    }
    visit(current, lastNs)
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

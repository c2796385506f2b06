import { NAMESPACE_LINKS, type NamespaceLink } from '@pausescope/shared'
import { type Cursor, type Malformed, readNumber, readPid } from './probe-lines.ts'

/** What stands behind the PID, without and with the target, by link. */
const FORMS = NAMESPACE_LINKS.map((link, index) => ({
  link,
  next: (index + 1) % NAMESPACE_LINKS.length,
  closed: `/ns/${link}'\n`,
  open: `/ns/${link}' -> '${link.replace('_for_children', '')}:[`,
}))

const QUOTE = 39

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
 */
export function parseLinks(
  text: string,
  malformed: Malformed,
  visit: (pid: number, link: NamespaceLink, inode: number) => void,
): ReaderFacts {
  const reader: ReaderFacts = { uts: null, nsfsDevice: null }
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
      turn = form.next
      cursor.at += form.open.length
      const inode = readNumber(cursor)
      if (inode > 0 && Number.isSafeInteger(inode) && cursor.at + 2 === end && text.startsWith("]'", cursor.at)) {
        visit(pid, form.link, inode)
      } else malformed.lines++
    } else if (end > start && !isClosed(text, pid, cursor.at) && !parseReader(text.slice(start, end), reader)) {
      malformed.lines++
    }
    cursor.at = end + 1
  }
  return reader
}

function formAt(text: string, at: number, turn: number): (typeof FORMS)[number] | undefined {
  const likely = FORMS[turn]
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

import { NAMESPACE_LINKS, type NamespaceLink } from '@pausescope/shared'
import { digits, type Malformed } from './probe-lines.ts'

const LINKS: ReadonlyMap<string, NamespaceLink> = new Map(NAMESPACE_LINKS.map((link) => [link, link]))
const ARROW = "' -> '"

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
  for (let at = 0, end = 0; at < text.length; at = end + 1) {
    end = text.indexOf('\n', at)
    if (end < 0) end = text.length
    const { value: pid, next } = digits(text, at + 1)
    const close = text.indexOf("'", next)
    const link = text.startsWith('/ns/', next) ? LINKS.get(text.slice(next + 4, close)) : undefined
    if (next > at + 1 && link !== undefined && close < end) {
      const inode = text.startsWith(ARROW, close) ? inodeAt(text, close + ARROW.length, end) : null
      if (inode !== null) visit(pid, link, inode)
      else if (close + 1 < end) malformed.lines++
    } else if (end > at && !parseReader(text.slice(at, end), reader)) malformed.lines++
  }
  return reader
}

/** The number of `TYPE:[INODE]'` between `from` and `end`; null when it is anything else. */
function inodeAt(text: string, from: number, end: number): number | null {
  const open = text.indexOf(':[', from)
  if (open < 0 || open > end) return null
  const { value, next } = digits(text, open + 2)
  return value > 0 && Number.isSafeInteger(value) && next + 2 === end && text.startsWith("]'", next) ? value : null
}

function parseReader(line: string, reader: ReaderFacts): boolean {
  const uts = /^'self\/ns\/uts'(?: -> '(uts:\[\d+\])')?$/.exec(line)
  const device = /^nsfs:(\d+)$/.exec(line)
  if (uts) reader.uts = uts[1] ?? null
  if (device) reader.nsfsDevice = Number(device[1])
  return uts !== null || device !== null
}

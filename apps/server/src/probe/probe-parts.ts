import {
  isNamespaceType,
  NAMESPACE_LINKS,
  type NamespaceLink,
  type Pin,
  parseNamespaceSpelling,
} from '@pausescope/shared'

/** A process while its parts are gathered. */
export type RawProcess = {
  pid: number
  ppid: number
  starttime: number
  state: string
  kernelThread: boolean
  comm: string
  uid: number | null
  nspid: number[]
  cgroup: string[]
  argv: string[]
  ns: Partial<Record<NamespaceLink, number>>
}

/** Lines that were not of their part's form. */
export type Malformed = { lines: number }

/**
 * Calls `visit(pid, start, end)` for each line `PID/FILE:content` of a part, with the bounds of the content in `text`.
 * Lines of one file come together and in order.
 */
function eachLine(
  text: string,
  file: string,
  malformed: Malformed,
  visit: (pid: number, start: number, end: number) => void,
): void {
  const mark = `/${file}:`
  let at = 0
  while (at < text.length) {
    let end = text.indexOf('\n', at)
    if (end < 0) end = text.length
    const { value, next } = digits(text, at)
    if (next > at && text.startsWith(mark, next)) visit(value, next + mark.length, end)
    else if (end > at) malformed.lines++
    at = end + 1
  }
}

function digits(text: string, from: number): { value: number; next: number } {
  let value = 0
  let next = from
  for (; next < text.length; next++) {
    const digit = text.charCodeAt(next) - 48
    if (digit < 0 || digit > 9) break
    value = value * 10 + digit
  }
  return { value, next }
}

/** /proc/PID/stat of all processes: proc_pid_stat(5). A comm with line breaks spans several lines of one file. */
export function parseStat(text: string, malformed: Malformed): Map<number, RawProcess> {
  const stats = new Map<number, string>()
  eachLine(text, 'stat', malformed, (pid, start, end) => {
    const line = text.slice(start, end)
    const before = stats.get(pid)
    stats.set(pid, before === undefined ? line : `${before}\n${line}`)
  })
  const processes = new Map<number, RawProcess>()
  for (const [pid, stat] of stats) {
    const process = parseStatText(pid, stat)
    if (process) processes.set(pid, process)
    else malformed.lines++
  }
  return processes
}

const KERNEL_THREAD_FLAG = 0x00200000

function parseStatText(pid: number, stat: string): RawProcess | null {
  const open = stat.indexOf('(')
  const close = stat.lastIndexOf(')')
  if (open < 0 || close < open || Number(stat.slice(0, open)) !== pid) return null
  const fields = stat.slice(close + 2).split(' ', 20)
  const starttime = Number(fields[19])
  const ppid = Number(fields[1])
  const state = fields[0]
  if (state?.length !== 1 || !Number.isSafeInteger(ppid) || fields.length < 20 || !Number.isFinite(starttime))
    return null
  return {
    pid,
    ppid,
    starttime,
    state,
    kernelThread: (Number(fields[6]) & KERNEL_THREAD_FLAG) !== 0,
    comm: decode(stat.slice(open + 1, close)),
    uid: null,
    nspid: [pid],
    cgroup: [],
    argv: [],
    ns: {},
  }
}

/** Start times of a second look, by PID, to notice a PID that changed hands. */
export function parseStartTimes(text: string, malformed: Malformed): Map<number, number> {
  const times = new Map<number, number>()
  for (const [pid, process] of parseStat(text, malformed)) times.set(pid, process.starttime)
  return times
}

/** `'PID/ns/LINK' -> 'TYPE:[INODE]'`, as stat %N prints it. Busybox leaves an empty line for what it cannot read. */
export function parseLinks(text: string, processes: Map<number, RawProcess>, malformed: Malformed): void {
  const known = new Set<string>(NAMESPACE_LINKS)
  let at = 0
  while (at < text.length) {
    let end = text.indexOf('\n', at)
    if (end < 0) end = text.length
    const { value: pid, next } = digits(text, at + 1)
    const linkEnd = text.indexOf("'", next)
    const link = text.slice(next + 4, linkEnd)
    const open = text.indexOf('[', linkEnd)
    if (open > 0 && open < end && known.has(link) && text.startsWith('/ns/', next)) {
      const { value: inode, next: close } = digits(text, open + 1)
      const process = processes.get(pid)
      if (text.charCodeAt(close) !== 93 || inode === 0) malformed.lines++
      else if (process) process.ns[link as NamespaceLink] = inode
    } else if (end > at) malformed.lines++
    at = end + 1
  }
}

/** The Uid and NSpid lines of proc_pid_status(5), where Name is escaped and cannot forge a line. */
export function parseStatus(text: string, processes: Map<number, RawProcess>, malformed: Malformed): void {
  eachLine(text, 'status', malformed, (pid, start, end) => {
    const process = processes.get(pid)
    if (!process) return
    const isUid = text.startsWith('Uid:', start)
    const numbers = text
      .slice(start + (isUid ? 4 : 6), end)
      .trim()
      .split('\t')
      .map(Number)
    if (!numbers.every(Number.isSafeInteger)) malformed.lines++
    else if (isUid) process.uid = numbers[1] ?? null
    else process.nspid = numbers
  })
}

/** The raw lines of /proc/PID/cgroup. */
export function parseCgroups(text: string, processes: Map<number, RawProcess>, malformed: Malformed): void {
  eachLine(text, 'cgroup', malformed, (pid, start, end) => {
    processes.get(pid)?.cgroup.push(decode(text.slice(start, end)))
  })
}

/** The nsfs lines of PID 1's mountinfo: proc_pid_mountinfo(5), paths octal-escaped. */
export function parsePins(text: string, malformed: Malformed): Pin[] {
  const pins: Pin[] = []
  eachLine(text, 'mountinfo', malformed, (_pid, start, end) => {
    const fields = text.slice(start, end).split(' ')
    const spelling = parseNamespaceSpelling(fields[3] ?? '')
    const [major, minor] = (fields[2] ?? '').split(':').map(Number)
    if (!spelling || major === undefined || minor === undefined || fields[4] === undefined) malformed.lines++
    else if (isNamespaceType(spelling.type)) {
      const id = { type: spelling.type, inode: spelling.inode, device: major * 256 + minor }
      pins.push({ id, path: decode(unescapeOctal(fields[4])) })
    }
  })
  return pins
}

function unescapeOctal(path: string): string {
  return path.replace(/\\([0-7]{3})/g, (_, octal: string) => String.fromCharCode(Number.parseInt(octal, 8)))
}

/** NUL-ended records `PID/cmdline:ARGUMENT`, one for each argument. */
export function parseArguments(
  text: string,
  processes: Map<number, RawProcess>,
  malformed: Malformed,
  ending = '\0',
): void {
  const mark = '/cmdline:'
  let at = 0
  while (at < text.length) {
    let end = text.indexOf(ending, at)
    if (end < 0) end = text.length
    const { value: pid, next } = digits(text, at)
    if (next > at && text.startsWith(mark, next)) {
      processes.get(pid)?.argv.push(decode(text.slice(next + mark.length, end)))
    } else malformed.lines++
    at = end + 1
  }
}

/** PIDs whose command line holds a line break, from `wc -l`: a grep without -z cannot tell it from the next argument. */
export function parseBreaks(text: string): number[] {
  const pids: number[] = []
  for (const match of text.matchAll(/^\s*(\d+) (\d+)\/cmdline$/gm)) {
    if (match[1] !== '0') pids.push(Number(match[2]))
  }
  return pids
}

/** UTF-8 from one byte a character; invalid bytes become U+FFFD. */
export function decode(latin1: string): string {
  return /[\x80-\xff]/.test(latin1) ? Buffer.from(latin1, 'latin1').toString('utf8') : latin1
}

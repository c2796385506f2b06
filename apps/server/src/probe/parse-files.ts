import { isNamespaceType, type Pin, parseNamespaceSpelling, type ScannedProcess } from '@pausescope/shared'
import { decode, eachRecord, type Malformed, readNumbers, textPool, unescapeOctal } from './probe-lines.ts'

/**
 * Reads the lines of PID/status, PID/cgroup and PID 1's mountinfo. All were picked by fixed strings, which other lines may
 * hold too: a status line counts by its beginning (Name escapes line breaks), a mountinfo line by its file system.
 * @param draft where the facts of a PID go.
 * @returns the pins, and the types of pinned namespaces that are not known here.
 */
export function parseFiles(
  text: string,
  malformed: Malformed,
  draft: (pid: number) => ScannedProcess,
): { pins: Pin[]; unknownTypes: string[] } {
  const pins: Pin[] = []
  const unknownTypes: string[] = []
  const pool = textPool()
  eachRecord(text, '\n', ['status', 'cgroup', 'mountinfo'], malformed, (pid, file, start, end) => {
    if (file === 'cgroup') draft(pid).cgroup.push(pool(text.slice(start, end)))
    else if (file === 'status') readStatus(text, start, end, draft(pid), malformed)
    else if (text.slice(start, end).includes(' - nsfs ')) {
      const pin = parsePin(text.slice(start, end))
      if (pin === null) malformed.lines++
      else if (typeof pin === 'string') unknownTypes.push(pin)
      else pins.push(pin)
    }
  })
  return { pins, unknownTypes }
}

/** `Uid:` real, effective, saved, file system; `NSpid:` outermost first. proc_pid_status(5). */
function readStatus(text: string, start: number, end: number, draft: ScannedProcess, malformed: Malformed): void {
  const isUid = text.startsWith('Uid:\t', start)
  if (!isUid && !text.startsWith('NSpid:\t', start)) return
  const numbers = readNumbers(text, start + (isUid ? 5 : 7), end)
  if (!numbers) malformed.lines++
  else if (isUid) draft.uid = numbers[1] ?? null
  else draft.nspid = numbers
}

/** A line of proc_pid_mountinfo(5): the pin, or the name of a type that is not known here. Paths are octal-escaped. */
function parsePin(line: string): Pin | string | null {
  const [, , device = '', root = '', path = ''] = line.split(' ')
  const spelling = parseNamespaceSpelling(root)
  const numbers = /^(\d+):(\d+)$/.exec(device)
  if (!spelling || spelling.inode === 0 || !numbers || path === '') return null
  const { type, inode } = spelling
  if (!isNamespaceType(type)) return type
  return {
    id: { type, inode, device: makeDevice(Number(numbers[1]), Number(numbers[2])) },
    path: decode(unescapeOctal(path)),
  }
}

/** As gnu_dev_makedev does for the numbers the kernel uses (12 bits of major, 20 of minor); stat %d prints the same. */
function makeDevice(major: number, minor: number): number {
  return (minor & 0xff) + major * 0x100 + (minor >> 8) * 0x100000
}

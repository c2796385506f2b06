import { isNamespaceType, type Pin, parseNamespaceSpelling, type ScannedProcess } from '@pausescope/shared'
import { decode, eachRecord, type Malformed } from './probe-lines.ts'

/**
 * Reads the lines of PID/status, PID/cgroup and PID 1's mountinfo. All were picked by fixed strings, which other lines may
 * hold too: a status line counts by its beginning (Name escapes line breaks), a mountinfo line by its file system.
 * @param find the process of a PID, and where its facts go.
 * @returns the pins, and the types of pinned namespaces that are not known here.
 */
export function parseFiles(
  text: string,
  malformed: Malformed,
  find: (pid: number) => ScannedProcess | undefined,
): { pins: Pin[]; unknownTypes: string[] } {
  const pins: Pin[] = []
  const unknownTypes: string[] = []
  eachRecord(text, '\n', ['status', 'cgroup', 'mountinfo'], malformed, (pid, file, start, end) => {
    if (file === 'cgroup') find(pid)?.cgroup.push(decode(text.slice(start, end)))
    else if (file === 'status') readStatus(text.slice(start, end), find(pid), malformed)
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
function readStatus(line: string, process: ScannedProcess | undefined, malformed: Malformed): void {
  const [name, ...values] = line.split('\t')
  if (!process || (name !== 'Uid:' && name !== 'NSpid:')) return
  const numbers = values.map(Number)
  if (values.includes('') || !numbers.every(Number.isSafeInteger)) malformed.lines++
  else if (name === 'NSpid:') process.nspid = numbers
  else process.uid = numbers[1] ?? null
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

function unescapeOctal(path: string): string {
  return path.replace(/\\([0-7]{3})/g, (_, octal: string) => String.fromCharCode(Number.parseInt(octal, 8)))
}

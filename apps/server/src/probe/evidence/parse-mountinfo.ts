import type { Mount } from '@pausescope/shared'
import { decode, unescapeOctal } from '../probe-lines.ts'

const LINE = /^(\d+) (\d+) (\d+:\d+) (\S+) (\S+) (\S+)((?: \S+)*) - (\S+) (\S*) (\S+)$/

/** A line of proc_pid_mountinfo(5); null for anything else. */
export function parseMount(line: string): Mount | null {
  const [, id, parent, device, root, path, options, fields = '', fstype, source = '', system = ''] =
    LINE.exec(line) ?? []
  if (!device || !root || !path || !options || !fstype) return null
  const group = (name: string) => {
    const value = new RegExp(` ${name}:(\\d+)(?: |$)`).exec(fields)?.[1]
    return value === undefined ? {} : { [name]: Number(value) }
  }
  return {
    id: Number(id),
    parent: Number(parent),
    device,
    root: text(root),
    path: text(path),
    readOnly: [options, system].some((list) => list.split(',').includes('ro')),
    options: text(options),
    ...group('shared'),
    ...group('master'),
    ...(/ unbindable(?: |$)/.test(fields) ? { unbindable: true } : {}),
    fstype: text(fstype),
    source: text(source),
  }
}

function text(escaped: string): string {
  return decode(unescapeOctal(escaped))
}

import type { UidRange } from '../model/node-scan.ts'

/** The lines of /proc/PID/uid_map or gid_map, as the kernel pads them (user_namespaces(7)). */
export function idMapText(ranges: readonly UidRange[]): string {
  return ranges
    .map((range) => `${[range.inside, range.outside, range.count].map((part) => `${part}`.padStart(10)).join(' ')}\n`)
    .join('')
}

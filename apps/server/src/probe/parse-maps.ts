import type { NodeScan, ScannedProcess, UidRange } from '@pausescope/shared'
import { eachRecord, type Malformed } from './probe-lines.ts'

/** By PID: its user namespace's map, and the owner of its network namespace's files. */
type Maps = { ranges: Map<number, UidRange[]>; netOwners: Map<number, number> }

const RANGE = /^ *(\d{1,10}) +(\d{1,10}) +(\d{1,10})$/
const UID = /^\d{1,10}$/

/** The map that says nothing: of the machine's own user namespace, and of those made alike. */
const isCommon = ({ inside, outside, count }: UidRange) => inside === 0 && outside === 0 && count === 0xffff_ffff

/**
 * Reads `PID/uid_map:INSIDE OUTSIDE COUNT` (user_namespaces(7)) and `PID/net/dev:UID`. What stands of PID/status between
 * them told the script whose threads to look at.
 */
export function parseMaps(text: string, malformed: Malformed): Maps {
  const maps: Maps = { ranges: new Map(), netOwners: new Map() }
  eachRecord(text, '\n', ['uid_map', 'net/dev', 'status'], malformed, (pid, file, start, end) => {
    if (file === 'status') return
    const line = text.slice(start, end)
    const range = file === 'uid_map' ? RANGE.exec(line) : null
    if (range) {
      const [inside, outside, count] = range.slice(1).map(Number) as [number, number, number]
      const one = { inside, outside, count }
      if (isCommon(one)) return
      const ranges = maps.ranges.get(pid) ?? []
      ranges.push(one)
      maps.ranges.set(pid, ranges)
    } else if (file === 'net/dev' && UID.test(line)) {
      // 0 tells nothing: it stands for the node's root, and for an owner without a number when the namespace was made.
      if (Number(line) > 0) maps.netOwners.set(pid, Number(line))
    } else malformed.lines++
  })
  return maps
}

/** The same by namespace, of processes that were there all the while. Those of one namespace say the same. */
export function mapsOfNamespaces(
  { ranges, netOwners }: Maps,
  stayed: readonly ScannedProcess[],
): Pick<NodeScan, 'userMaps' | 'netOwners'> {
  const users = new Map<number, UidRange[]>()
  const nets = new Map<number, number>()
  for (const { pid, ns } of stayed) {
    const map = ranges.get(pid)
    const owner = netOwners.get(pid)
    if (ns.user !== undefined && map) users.set(ns.user, map)
    if (ns.net !== undefined && owner !== undefined) nets.set(ns.net, owner)
  }
  return {
    ...(users.size > 0 ? { userMaps: [...users].map(([inode, map]) => ({ inode, ranges: map })) } : {}),
    ...(nets.size > 0 ? { netOwners: [...nets].map(([inode, uid]) => ({ inode, uid })) } : {}),
  }
}

import type {
  EvidenceGap,
  EvidencePart,
  HostnameEvidence,
  IpcEvidence,
  MountsEvidence,
  NetworkEvidence,
  Observation,
  PodEvidence,
  UsersEvidence,
} from '@pausescope/shared'
import { parseLinks } from '../parse-links.ts'
import { parseStat } from '../parse-stat.ts'
import type { ProbeParts } from '../probe-frame.ts'
import { decode, eachRecord, type Malformed } from '../probe-lines.ts'
import * as gap from './evidence-gaps.ts'
import { type EvidencePlan, type EvidenceReader, hasOwnHostname } from './evidence-plan.ts'
import { LINES_MAX } from './evidence-script.ts'
import { type Holders, linesOf, parseHolders } from './parse-holders.ts'
import { nodeLinks, parseCounters, parseLinkFiles } from './parse-interfaces.ts'
import { parsePosix, parseSysv } from './parse-ipc.ts'
import { parseMount } from './parse-mountinfo.ts'
import { netLines, parseNetwork } from './parse-network.ts'
import { compareSockets } from './parse-sockets.ts'

export type EvidenceContext = {
  /** What the plan was made of. */
  observation: Observation
  plan: EvidencePlan
  /** When it was read, ISO 8601 in UTC. */
  at: string
}

/** Most sockets of one namespace that are given: on a node there can be tens of thousands. */
const SOCKETS_MAX = 500

/** What one part of the evidence is made from. */
type Reading = {
  parts: ProbeParts
  observation: Observation
  holders: Holders
  /** Of what belongs to no single namespace. */
  malformed: Malformed
  /** Whether the process is still the one of the scan, and in the namespace. */
  isHere: (reader: EvidenceReader) => boolean
  rootOf: (pid: number) => gap.RootState
}

/** Reads what EVIDENCE_SCRIPT printed, out of its frame. What is missing or doubtful is in `gaps`. */
export function parseEvidence(parts: ProbeParts, { observation, plan, at }: EvidenceContext): PodEvidence {
  const malformed: Malformed = { lines: 0 }
  const same = samePids(parts, plan, malformed)
  const inodes = new Map<number, Record<string, number>>()
  parseLinks(parts.get('namespaces') ?? '', malformed, (pid, ns) => {
    inodes.set(pid, { ...inodes.get(pid), ...ns })
  })
  const read = parseHolders(parts, malformed)
  const holders: Holders = {
    byInode: new Map([...read.byInode].map(([inode, list]) => [inode, list.filter(({ pid }) => same.has(pid))])),
    unread: new Map([...read.unread].filter(([pid]) => same.has(pid))),
  }
  const roots = new Map(linesOf(parts, 'roots').map((line) => line.split('/root:') as [string, gap.RootState]))
  const reading: Reading = {
    parts,
    observation,
    holders,
    malformed,
    isHere: ({ id, pid }) => same.has(pid) && inodes.get(pid)?.[id.type] === id.inode,
    rootOf: (pid) => roots.get(String(pid)) ?? 'open',
  }
  const { namespace, name, uid } = observation.pod
  return {
    at,
    scannedAt: observation.at,
    node: observation.node.name,
    pod: { namespace, name, uid },
    networks: networksOf(reading, plan),
    mounts: plan.readers.mnt.map((reader) => mountsOf(reading, reader)),
    users: plan.readers.user.map((reader) => usersOf(reading, reader)),
    hostnames: plan.readers.uts.map((reader) => hostnameOf(reading, reader)),
    ipcs: plan.readers.ipc.map((reader) => ipcOf(reading, reader)),
    gaps: malformed.lines > 0 ? [gap.malformedLines('holders', malformed.lines)] : [],
  }
}

/** PIDs that still have the starttime of the scan, and PID 1, which no other process ever gets. */
function samePids(parts: ProbeParts, { processes }: EvidencePlan, malformed: Malformed): Set<number> {
  const stats = new Map<number, string>()
  const text = parts.get('stat') ?? ''
  // A comm with line breaks makes several lines of one file.
  eachRecord(text, '\n', ['stat'], malformed, (pid, _, start, end) => {
    const before = stats.get(pid)
    stats.set(pid, `${before === undefined ? '' : `${before}\n`}${text.slice(start, end)}`)
  })
  const same = new Set([1])
  for (const { pid, starttime } of processes) {
    const stat = parseStat(stats.get(pid) ?? '')
    if (stat?.pid === pid && stat.starttime === starttime && !stat.dying) same.add(pid)
  }
  return same
}

const NETWORK_PARTS = ['interfaces', 'addresses', 'routes', 'sockets'] as const satisfies readonly EvidencePart[]

function networksOf(
  { parts, holders, malformed: common, isHere, rootOf }: Reading,
  plan: EvidencePlan,
): NetworkEvidence[] {
  const lines = netLines(parts.get('net') ?? '', common)
  const after = netLines(parts.get('again') ?? '', common)
  const links = parseLinkFiles(parts.get('links') ?? '', common)
  const node = nodeLinks(parts.get('node') ?? '', common)
  return plan.readers.net.map(({ id, pid }) => {
    const blank = { id, pid, interfaces: [], routes: [], sockets: [] }
    if (!isHere({ id, pid })) return { ...blank, gaps: NETWORK_PARTS.map((part) => gap.vanished(part, pid)) }
    const own = lines.get(pid)
    if (!own?.has('dev'))
      return { ...blank, gaps: NETWORK_PARTS.map((part) => gap.unread(part, pid, rootOf(pid) !== 'missing')) }
    const malformed: Malformed = { lines: 0 }
    const counters = parseCounters(after.get(pid)?.get('dev') ?? [])
    const isNodes = pid === 1
    const input = { lines: own, after: counters, links: links.get(pid), node: isNodes ? new Map() : node }
    const { linksDoubtful, cut, sockets, ...rest } = parseNetwork(input, malformed)
    for (const socket of sockets) socket.holders.push(...(holders.byInode.get(socket.inode) ?? []))
    const hasLinks = rest.interfaces.some(({ kind }) => kind !== null)
    const hasTables = (['tcp', 'udp'] as const).every((file) => own.has(file))
    const gaps: EvidenceGap[] = [
      ...(hasLinks || rest.interfaces.length === 0 ? [] : [gap.noLinks(pid, rootOf(pid), linksDoubtful)]),
      ...(hasTables ? [] : [gap.unread('sockets', pid, rootOf(pid) !== 'missing')]),
      ...(cut || sockets.length > SOCKETS_MAX ? [gap.cut('sockets')] : []),
      ...(malformed.lines > 0 ? [gap.malformedLines('sockets', malformed.lines)] : []),
      ...gap.unreadHolders(holders.unread),
      ...(plan.left > 0 ? [gap.moreProcesses(plan.left)] : []),
    ]
    return { id, pid, ...rest, sockets: sockets.sort(compareSockets).slice(0, SOCKETS_MAX), gaps }
  })
}

function mountsOf({ parts, isHere, rootOf }: Reading, { id, pid }: EvidenceReader): MountsEvidence {
  if (!isHere({ id, pid })) return { id, pid, mounts: [], gaps: [gap.vanished('mounts', pid)] }
  const malformed: Malformed = { lines: 0 }
  const lines = linesOfFile(parts.get('mounts') ?? '', pid, 'mountinfo')
  if (lines.length === 0) return { id, pid, mounts: [], gaps: [gap.unread('mounts', pid, rootOf(pid) !== 'missing')] }
  const mounts = lines.flatMap((line) => {
    const mount = parseMount(line)
    if (mount) return [mount]
    malformed.lines++
    return []
  })
  const gaps = [
    ...(lines.length >= LINES_MAX ? [gap.cut('mounts')] : []),
    ...(malformed.lines > 0 ? [gap.malformedLines('mounts', malformed.lines)] : []),
  ]
  return { id, pid, mounts, gaps }
}

function usersOf({ parts, isHere, rootOf }: Reading, { id, pid }: EvidenceReader): UsersEvidence {
  if (!isHere({ id, pid })) return { id, pid, uidMap: [], gidMap: [], gaps: [gap.vanished('maps', pid)] }
  const text = parts.get('maps') ?? ''
  const [uidMap, gidMap] = (['uid_map', 'gid_map'] as const).map((file) =>
    linesOfFile(text, pid, file).flatMap(parseRange),
  )
  const isRead = uidMap?.length !== 0 && gidMap?.length !== 0
  const gaps = isRead ? [] : [gap.unread('maps', pid, rootOf(pid) !== 'missing')]
  return { id, pid, uidMap: uidMap ?? [], gidMap: gidMap ?? [], gaps }
}

function parseRange(line: string) {
  const [, inside, outside, count] = /^ *(\d{1,10}) +(\d{1,10}) +(\d{1,10})$/.exec(line) ?? []
  return count === undefined ? [] : [{ inside: Number(inside), outside: Number(outside), count: Number(count) }]
}

function hostnameOf({ parts, observation, isHere, rootOf }: Reading, { id, pid }: EvidenceReader): HostnameEvidence {
  const blank = { id, pid, hostname: null, source: null }
  if (!isHere({ id, pid })) return { ...blank, gaps: [gap.vanished('hostname', pid)] }
  const [kernel] = linesOf(parts, `kernel ${pid}`)
  if (kernel !== undefined) return { id, pid, hostname: decode(kernel), source: 'kernel', gaps: [] }
  const file = (parts.get(`file ${pid}`) ?? '').trim()
  // Whatever else stands there was not written by the kubelet.
  const isName = /^[a-z0-9](?:[a-z0-9.-]{0,252}[a-z0-9])?$/i.test(file) && hasOwnHostname(observation, pid)
  if (isName) return { id, pid, hostname: file, source: 'file', gaps: [gap.hostnameInside(pid, true)] }
  const gaps = [gap.hostnameInside(pid, false)]
  if (rootOf(pid) === 'missing') gaps.push(gap.notRecorded('hostname'))
  return { ...blank, gaps }
}

function ipcOf({ parts, isHere, rootOf }: Reading, { id, pid }: EvidenceReader): IpcEvidence {
  const malformed: Malformed = { lines: 0 }
  if (!isHere({ id, pid })) {
    return { id, pid, sysv: null, posix: null, gaps: [gap.vanished('sysv', pid), gap.vanished('posix', pid)] }
  }
  const sysv = parseSysv(parts.get(`sysv ${pid}`) ?? '', malformed)
  const { objects, odd } = parsePosix(parts.get(`posix ${pid}`) ?? '', pid, malformed)
  const gaps = [
    ...(sysv ? [] : [gap.sysvInside(pid)]),
    ...(objects ? [] : [gap.noObjects(pid, rootOf(pid))]),
    ...(odd > 0 ? [gap.oddObjects(odd)] : []),
    ...(malformed.lines > 0 ? [gap.malformedLines('posix', malformed.lines)] : []),
  ]
  return { id, pid, sysv, posix: objects, gaps }
}

function linesOfFile(text: string, pid: number, file: 'mountinfo' | 'uid_map' | 'gid_map'): string[] {
  const start = `${pid}/${file}:`
  return text.split('\n').flatMap((line) => (line.startsWith(start) ? [line.slice(start.length)] : []))
}

import { NAMESPACE_TYPES, type NamespaceType, type NodeScan, type ScannedProcess } from '@pausescope/shared'
import { parseFiles } from './parse-files.ts'
import { parseHeads } from './parse-heads.ts'
import { parseLinks } from './parse-links.ts'
import { type ProbeMeta, parseMeta } from './parse-meta.ts'
import { parseStat, type StatFacts } from './parse-stat.ts'
import { type ProbeParts, unwrapProbe } from './probe-frame.ts'
import { describeGaps } from './probe-gaps.ts'
import { decode, eachRecord, type Malformed } from './probe-lines.ts'

/**
 * Reads what PROBE_SCRIPT printed.
 * @throws ProbeError when the frame is broken. What is missing or unreadable inside a whole frame is in `gaps`.
 */
export function parseProbe(output: Uint8Array): NodeScan {
  const parts = unwrapProbe(output)
  const malformed: Malformed = { lines: 0 }
  const meta = parseMeta(parts.get('meta') ?? '')
  const { stats, doubtful } = readLast(parts, malformed)

  const vanished = new Set<number>()
  const find = (pid: number): ScannedProcess | undefined => {
    const found = stats.get(pid)
    if (!found) vanished.add(pid)
    return found?.process
  }
  const { uts, nsfsDevice } = parseLinks(parts.get('links') ?? '', malformed, (pid, link, inode) => {
    const process = find(pid)
    if (process) process.ns[link] = inode
  })
  const { pins, unknownTypes } = parseFiles(parts.get('files') ?? '', malformed, find)

  const { stayed, young } = keepStayed(stats, meta.reader)
  const processes = stayed.map(({ process }) => process)
  const types = NAMESPACE_TYPES.filter((type) => processes.some((process) => process.ns[type] !== undefined))
  for (const { process, dying } of stayed) {
    if (process.nspid.length === 0) process.nspid = [process.pid]
    if (lacksLinks(process, types)) process.unreadable = dying ? 'gone' : 'denied'
  }
  const first = stats.get(1)?.process
  const gaps = describeGaps({
    processes,
    types,
    spelled: [...meta.links, ...unknownTypes],
    vanished: [...vanished],
    young,
    doubtful,
    pinsRead: meta.files.has('1/mountinfo'),
    malformed: malformed.lines,
  })
  return {
    hostname: hostnameOf(meta, uts !== null && uts === `uts:[${first?.ns.uts}]`),
    bootId: meta.files.get('sys/kernel/random/boot_id') ?? null,
    kernel: meta.files.get('sys/kernel/osrelease') ?? null,
    uptime: secondsOf(meta.files.get('uptime')),
    cgroupVersion: cgroupVersionOf(first ?? processes[0]),
    nsfsDevice: nsfsDevice ?? pins[0]?.id.device ?? null,
    processes,
    pins,
    gaps,
    types,
  }
}

type Stats = ReadonlyMap<number, StatFacts>

/** The parts read last: arguments and stat, as NUL-ended records or, without `grep -z`, as headings and lines. */
function readLast(parts: ProbeParts, malformed: Malformed): { stats: Stats; doubtful: number[] } {
  const argv = new Map<number, string[]>()
  const texts = new Map<number, string>()
  const records = parts.get('records') ?? ''
  eachRecord(records, '\0', ['cmdline', 'stat'], malformed, (pid, file, start, end) => {
    if (file === 'stat') texts.set(pid, records.slice(start, end))
    else append(argv, pid, decode(records.slice(start, end)))
  })
  const lines = parts.get('lines') ?? ''
  eachRecord(lines, '\n', ['stat'], malformed, (pid, _, start, end) => {
    // A comm with line breaks makes several lines of one file.
    const before = texts.get(pid)
    texts.set(pid, `${before === undefined ? '' : `${before}\n`}${lines.slice(start, end)}`)
  })
  const heads = parseHeads(parts.get('heads') ?? '', (pid) => texts.has(pid))

  const stats = new Map<number, StatFacts>()
  for (const [pid, text] of texts) {
    const found = parseStat(pid, text)
    if (found) stats.set(pid, found)
    else malformed.lines++
    if (found) found.process.argv = argv.get(pid) ?? heads.argv.get(pid) ?? []
  }
  return { stats, doubtful: heads.doubtful }
}

function append(lists: Map<number, string[]>, pid: number, item: string): void {
  const list = lists.get(pid)
  if (list) list.push(item)
  else lists.set(pid, [item])
}

/**
 * The processes older than the scan, by PID. One that is not may have got its PID from another, whose parts were read
 * before; the clock is that of proc_pid_stat(5)'s starttime, 10 ms a tick, so the tick of the start is in doubt too.
 * The script itself is left out: it is no part of the node.
 */
function keepStayed(stats: Stats, reader: ProbeMeta['reader']): { stayed: StatFacts[]; young: number[] } {
  const sorted = [...stats.values()].sort((a, b) => a.process.pid - b.process.pid)
  if (!reader) return { stayed: sorted, young: [] }
  const others = sorted.filter(({ process }) => !reader.pids.includes(process.pid))
  return {
    stayed: others.filter(({ process }) => process.starttime < reader.starttime),
    young: others
      .map(({ process }) => process)
      .filter(({ starttime }) => starttime >= reader.starttime)
      .map(({ pid }) => pid),
  }
}

/** A living process has every type its kernel knows; a dying one keeps only user and pid (namespaces(7)). */
function lacksLinks(process: ScannedProcess, types: readonly NamespaceType[]): boolean {
  return (types.length > 0 ? types : NAMESPACE_TYPES).some((type) => process.ns[type] === undefined)
}

/**
 * sys/kernel/hostname speaks of the reader's uts namespace: it is the node's only when that is PID 1's. Otherwise the
 * file the node's hostname is set from stands in, hostname(5).
 */
function hostnameOf({ files }: ProbeMeta, shared: boolean): string | null {
  return files.get(shared ? 'sys/kernel/hostname' : '1/root/etc/hostname') ?? null
}

/** Version 2 has the one line `0::PATH`; version 1 and hybrids have controllers, which rule (cgroups(7)). */
function cgroupVersionOf(process: ScannedProcess | undefined): 'v1' | 'v2' | null {
  if (!process || process.cgroup.length === 0) return null
  return process.cgroup.every((line) => line.startsWith('0::')) ? 'v2' : 'v1'
}

/** `UPTIME IDLE`: proc_uptime(5). */
function secondsOf(uptime: string | undefined): number | null {
  const seconds = Number.parseFloat(uptime ?? '')
  return Number.isFinite(seconds) ? seconds : null
}

import type { NodeScan, ScannedProcess } from '@pausescope/shared'
import { parseFiles } from './parse-files.ts'
import { parseLast } from './parse-last.ts'
import { parseLinks } from './parse-links.ts'
import { mapsOfNamespaces, parseMaps } from './parse-maps.ts'
import { type ProbeMeta, parseMeta } from './parse-meta.ts'
import { parseThreads } from './parse-threads.ts'
import { unwrapProbe } from './probe-frame.ts'
import { describeGaps } from './probe-gaps.ts'
import type { Malformed } from './probe-lines.ts'
import { readerOf } from './probe-reader.ts'
import { ProcessDrafts } from './process-drafts.ts'

/**
 * Reads what PROBE_SCRIPT printed.
 * @throws ProbeError when the frame is broken. What is missing or unreadable inside a whole frame is in `gaps`.
 */
export function parseProbe(output: Uint8Array): NodeScan {
  const parts = unwrapProbe(output)
  const malformed: Malformed = { lines: 0 }
  const drafts = new ProcessDrafts()
  const meta = parseMeta(parts.get('meta') ?? '')
  const { uts, nsfsDevice } = parseLinks(parts.get('links') ?? '', malformed, (pid, ns) => {
    const draft = drafts.at(pid)
    draft.ns = Object.keys(draft.ns).length === 0 ? ns : { ...draft.ns, ...ns }
  })
  const { pins, unknownTypes } = parseFiles(parts.get('files') ?? '', malformed, (pid) => drafts.at(pid))
  const maps = parseMaps(parts.get('maps') ?? '', malformed)
  // The node's own network is owned by root: where it is not, this is a copy of /proc, owned by whoever made it.
  if (maps.netOwners.has(1)) maps.netOwners.clear()
  const doubtful = parseLast(parts, malformed, drafts)

  const { processes, vanished, young } = sortOut(drafts.sorted(), meta.reader)
  const types = drafts.finish(processes)
  const threads = parseThreads(parts.get('threads') ?? '', malformed)
  for (const process of processes) {
    const apart = threads.byPid.get(process.pid)
    if (apart) process.threads = apart
  }
  const gaps = describeGaps({
    processes,
    types,
    spelled: [...meta.links, ...unknownTypes],
    vanished,
    young,
    doubtful,
    pinsRead: meta.files.has('1/mountinfo'),
    malformed: malformed.lines,
    listed: Number(meta.files.get('listed') ?? 0),
    reader: readerOf(meta),
    manyThreads: threads.many,
  })
  const first = processes[0]?.pid === 1 ? processes[0] : undefined
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
    ...mapsOfNamespaces(maps, processes),
  }
}

/**
 * Keeps the processes older than the scan. One that is not may have got its PID from another, whose parts were read
 * before; the clock is that of proc_pid_stat(5)'s starttime, 10 ms a tick, so the tick of the start is in doubt too.
 * The script itself is left out: it is no part of the node.
 */
function sortOut(drafts: readonly ScannedProcess[], reader: ProbeMeta['reader']) {
  const processes: ScannedProcess[] = []
  const vanished: number[] = []
  const young: number[] = []
  for (const draft of drafts) {
    if (reader?.pids.includes(draft.pid)) continue
    if (draft.state === '') vanished.push(draft.pid)
    else if (reader && draft.starttime >= reader.starttime) young.push(draft.pid)
    else processes.push(draft)
  }
  return { processes, vanished, young }
}

/** What a file says that has no name: a comment, or what images have whose name comes from the network. */
const NO_HOSTNAME = /^(?:#.*|localhost(?:\.localdomain)?)$/

/**
 * sys/kernel/hostname speaks of the reader's uts namespace: it is the node's only when that is PID 1's. Otherwise the
 * file the node's hostname is set from stands in, hostname(5).
 */
function hostnameOf({ files }: ProbeMeta, shared: boolean): string | null {
  if (shared) return files.get('sys/kernel/hostname') ?? null
  const line = files.get('1/root/etc/hostname')
  return line === undefined || NO_HOSTNAME.test(line) ? null : line
}

/** `HIERARCHY:CONTROLLERS:PATH` of version 1, cgroups(7). */
const RULED_BY_V1 = /^\d+:(?:[^:]+,)?(?:cpu|memory)[,:]/

/**
 * Version 1, and a hybrid, where it rules processors or memory, which the kubelet needs. A single hierarchy of version 1
 * beside version 2 changes nothing for a runtime: `name=systemd` for old containers, `net_cls` of a VPN.
 */
function cgroupVersionOf(process: ScannedProcess | undefined): 'v1' | 'v2' | null {
  if (!process || process.cgroup.length === 0) return null
  return process.cgroup.some((line) => RULED_BY_V1.test(line)) ? 'v1' : 'v2'
}

/** `UPTIME IDLE`: proc_uptime(5). */
function secondsOf(uptime: string | undefined): number | null {
  const seconds = Number.parseFloat(uptime ?? '')
  return Number.isFinite(seconds) ? seconds : null
}

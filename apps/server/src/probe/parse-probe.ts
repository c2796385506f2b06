import { type Gap, NAMESPACE_TYPES, type NamespaceType, type NodeScan, type ScannedProcess } from '@pausescope/shared'
import { ProbeError } from './probe-error.ts'
import { unwrapProbe } from './probe-frame.ts'
import {
  decode,
  type Malformed,
  parseArguments,
  parseBreaks,
  parseCgroups,
  parseLinks,
  parsePins,
  parseStartTimes,
  parseStat,
  parseStatus,
  type RawProcess,
} from './probe-parts.ts'

const PARTS = ['meta', 'stat', 'links', 'status', 'cgroup', 'pins', 'stat-again', 'complaints'] as const
type Parts = Partial<Record<(typeof PARTS)[number] | 'argv-nul' | 'argv-breaks' | 'argv-lines', string>>

/**
 * Reads what PROBE_SCRIPT printed.
 * @throws ProbeError when the frame is broken. What is missing or unreadable inside a whole frame is in `gaps`.
 */
export function parseProbe(output: Uint8Array): NodeScan {
  const parts = splitParts(unwrapProbe(output))
  const malformed: Malformed = { lines: 0 }
  const gaps: Gap[] = []
  const text = (name: keyof Parts) => parts[name] ?? ''

  const found = parseStat(text('stat'), malformed)
  parseLinks(text('links'), found, malformed)
  parseStatus(text('status'), found, malformed)
  parseCgroups(text('cgroup'), found, malformed)
  const pins = parsePins(text('pins'), malformed)
  if (parts['argv-nul'] !== undefined) parseArguments(text('argv-nul'), found, malformed)
  else {
    parseArguments(text('argv-lines'), found, malformed, '\n')
    const pids = parseBreaks(text('argv-breaks')).filter((pid) => found.has(pid))
    const detail =
      'Arguments with a line break cannot be told apart by this busybox (its grep has no -z); they are split there.'
    if (pids.length > 0) gaps.push({ code: 'argv-ambiguous', detail, count: pids.length, pids })
  }

  const stayed = keepStayed(found, parseStartTimes(text('stat-again'), malformed), gaps)
  const types = NAMESPACE_TYPES.filter((type) => stayed.some((process) => process.ns[type] !== undefined))
  const processes = stayed.map((process) => withReadability(process, types))
  const meta = parseMeta(text('meta'))
  const node = found.get(1)

  gaps.push(...describeGaps(parts, processes, types, malformed))
  return {
    hostname: hostnameOf(meta, node),
    bootId: meta.get('sys/kernel/random/boot_id') ?? null,
    kernel: meta.get('sys/kernel/osrelease') ?? null,
    uptime: numberOrNull(meta.get('uptime')?.split(' ')[0]),
    cgroupVersion: cgroupVersionOf(node ?? stayed[0]),
    nsfsDevice: numberOrNull(meta.get('nsfs')) ?? pins[0]?.id.device ?? null,
    processes,
    pins,
    gaps,
    types,
  }
}

/**
 * Cuts the body at its headings. No data line can be taken for one: each starts with its file's path. The arguments,
 * whose records may hold line breaks, are the last part and go to the end.
 */
function splitParts(body: string): Parts {
  const byNul = body.startsWith('== argv-nul\n', cutPoint(body, 0, '== argv-'))
  const names = [...PARTS, ...(byNul ? (['argv-nul'] as const) : (['argv-breaks', 'argv-lines'] as const))]
  const parts: Parts = {}
  let at = 0
  for (const [index, name] of names.entries()) {
    const head = `== ${name}\n`
    if (!body.startsWith(head, at)) {
      throw new ProbeError('incomplete', `The scan has no part "${name}": the script did not run as written.`)
    }
    const start = at + head.length
    const following = names[index + 1]
    at = following === undefined ? body.length : cutPoint(body, start, `== ${following}\n`)
    parts[name] = body.slice(start, at)
  }
  return parts
}

/** Where the next line that starts with `head` begins; the end of the body when there is none. */
function cutPoint(body: string, from: number, head: string): number {
  if (body.startsWith(head, from)) return from
  const found = body.indexOf(`\n${head}`, from)
  return found < 0 ? body.length : found + 1
}

/** Drops processes that ended during the scan, or whose PID went to another process: their parts may not belong together. */
function keepStayed(found: Map<number, RawProcess>, again: Map<number, number>, gaps: Gap[]): RawProcess[] {
  const vanished: number[] = []
  const reused: number[] = []
  const stayed: RawProcess[] = []
  for (const process of found.values()) {
    const starttime = again.get(process.pid)
    if (starttime === process.starttime) stayed.push(process)
    else (starttime === undefined ? vanished : reused).push(process.pid)
  }
  if (vanished.length > 0) {
    const detail = 'Processes that ended while the node was read; they are left out.'
    gaps.push({ code: 'process-vanished', detail, count: vanished.length, pids: vanished })
  }
  if (reused.length > 0) {
    const detail = 'PIDs that went to another process while the node was read; they are left out. Scan again.'
    gaps.push({ code: 'pid-reused', detail, count: reused.length, pids: reused })
  }
  return stayed.sort((a, b) => a.pid - b.pid)
}

/**
 * Says why links are missing. A zombie keeps only user and pid (namespaces(7)), so what it lacks is gone with it; a living
 * process has every type its kernel knows, so what it lacks was not permitted.
 */
function withReadability(process: RawProcess, types: readonly NamespaceType[]): ScannedProcess {
  const expected = types.length > 0 ? types : NAMESPACE_TYPES
  if (expected.every((type) => process.ns[type] !== undefined)) return process
  const dead = process.state === 'Z' || process.state === 'X'
  return { ...process, unreadable: dead ? 'gone' : 'denied' }
}

function describeGaps(parts: Parts, processes: ScannedProcess[], types: NamespaceType[], malformed: Malformed): Gap[] {
  const gaps: Gap[] = []
  const denied = processes.filter((process) => process.unreadable === 'denied').map((process) => process.pid)
  if (denied.length > 0) {
    const detail =
      'Namespace links that may not be read. The reader needs CAP_SYS_PTRACE and, on nodes with AppArmor, the profile Unconfined; a process with a capability the reader lacks stays closed.'
    gaps.push({ code: 'links-denied', detail, count: denied.length, pids: denied.slice(0, 1000) })
  }
  if (types.length > 0 && types.length < NAMESPACE_TYPES.length) {
    const missing = NAMESPACE_TYPES.filter((type) => !types.includes(type))
    gaps.push({
      code: 'kernel-lacks-type',
      detail: `No process has a namespace of type ${missing.join(', ')}.`,
      count: 0,
    })
  }
  for (const tool of ['stat', 'grep', 'xargs', 'wc']) {
    const complaint = parts.complaints
      ?.split('\n')
      .find((line) => line.includes(`${tool}: not found`) || line.includes(`${tool}: command not found`))
    if (complaint)
      gaps.push({
        code: 'part-missing',
        detail: `The node's shell has no "${tool}"; what it reads is missing.`,
        count: 0,
      })
  }
  if (malformed.lines > 0) {
    gaps.push({
      code: 'malformed',
      detail: 'Lines of the scan that could not be read; they are left out.',
      count: malformed.lines,
    })
  }
  return gaps
}

/** `path:value` lines; the last of a path counts. */
function parseMeta(text: string): Map<string, string> {
  const meta = new Map<string, string>()
  for (const line of text.split('\n')) {
    const link = /^'self\/ns\/uts' -> '(.*)'$/.exec(line)
    const colon = line.indexOf(':')
    if (link) meta.set('self/ns/uts', link[1] as string)
    else if (colon > 0 && !meta.has(line.slice(0, colon))) meta.set(line.slice(0, colon), decode(line.slice(colon + 1)))
  }
  return meta
}

/** sys/kernel/hostname speaks of the reader's uts namespace: it is the node's only when that is PID 1's. */
function hostnameOf(meta: Map<string, string>, node: RawProcess | undefined): string | null {
  const reader = meta.get('self/ns/uts')
  const name =
    reader !== undefined && reader === `uts:[${node?.ns.uts}]`
      ? meta.get('sys/kernel/hostname')
      : meta.get('1/root/etc/hostname')
  return name === undefined || name === '' ? null : name
}

/** Version 2 has the one line `0::PATH`; version 1 and hybrids have controllers, which rule (cgroups(7)). */
function cgroupVersionOf(process: RawProcess | undefined): 'v1' | 'v2' | null {
  if (!process || process.cgroup.length === 0) return null
  return process.cgroup.every((line) => line.startsWith('0::')) ? 'v2' : 'v1'
}

function numberOrNull(text: string | undefined): number | null {
  const value = text === undefined || text === '' ? Number.NaN : Number(text)
  return Number.isFinite(value) ? value : null
}

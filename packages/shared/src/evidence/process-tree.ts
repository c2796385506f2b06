import type { PodGraph } from '../graph/graph-types.ts'
import { namespaceKey } from '../model/namespace-id.ts'
import type { NamespaceCensus, Observation, PodProcess } from '../model/observation.ts'
import { groupBy } from '../observe/group-by.ts'
import { processCommand } from '../observe/process-command.ts'
import { visibleText } from '../picture/visible-text.ts'
import { pidNumbering } from './pid-numbering.ts'

/** Another process, as little of it as names it: `inner` and `comm` are null for one that is not in the tree. */
export type ProcessName = { pid: number; inner: number | null; comm: string | null }

export type TreeProcess = {
  /** PID and parent's PID on the node. */
  pid: number
  ppid: number
  /** PID in the tree's namespace; null where it could not be told. */
  inner: number | null
  /** The parent's PID there; 0: the parent is not in this namespace; null: not known. */
  innerParent: number | null
  /** User id as the namespace's PID 1 would see it; null when it was unreadable. */
  uid: number | null
  /** One letter of proc_pid_stat(5). */
  state: string
  /** With arguments, safe to show; of who has none the name in brackets, as ps prints it. */
  command: string
  container: { key: string; name: string }
  /** PID 1 of the tree's namespace: when it ends, the kernel kills all others in there. */
  isFirst: boolean
  /** Lives in a PID namespace that was made inside this one. */
  nested: boolean
  /** Set for a zombie: its parent must reap it; if the parent ends before it does, `heir` inherits that. */
  zombie: { parent: ProcessName; heir: ProcessName | null } | null
  /** How many of its ancestors are in the tree. */
  depth: number
}

export type ProcessTree = {
  /** `pid:[4026532897]`; null: of these processes the PID namespace could not be read. */
  namespace: string | null
  /** Keys of the containers with a process that lives in it, in the graph's order. */
  containers: readonly string[]
  /** Processes in it that are not the pod's, and so not in the tree. */
  outside: number
  /** Each after its parent; those with one parent by their number. */
  processes: readonly TreeProcess[]
}

type Seen = PodProcess & Pick<TreeProcess, 'container'>

/**
 * The pod's processes as each PID namespace shows them: for every namespace that one of them lives in, its own processes and
 * those of the PID namespaces inside it. In the order of the containers that live in them.
 */
export function processTrees({ containers, observation }: PodGraph): ProcessTree[] {
  const all: Seen[] = containers.flatMap(({ key, name, processes }) =>
    processes.map((process) => ({ ...process, container: { key, name } })),
  )
  const numberOf = pidNumbering(observation)
  return [...new Set(all.map(({ ns }) => ns.pid))].map((inode) => {
    const inner = (process: Seen) => (inode === undefined ? null : numberOf(process, inode))
    const inside = all.filter((process) => process.ns.pid === inode || inner(process) !== null)
    const living = new Set(inside.filter(({ ns }) => ns.pid === inode).map(({ container }) => container.key))
    return {
      namespace: inode === undefined ? null : namespaceKey({ type: 'pid', inode }),
      containers: containers.map(({ key }) => key).filter((key) => living.has(key)),
      outside: censusOf(observation, 'pid', inode)?.outside.processes ?? 0,
      processes: describe(inside, inode, inner, observation),
    }
  })
}

function describe(
  inside: readonly Seen[],
  inode: number | undefined,
  inner: (process: Seen) => number | null,
  observation: Observation,
): TreeProcess[] {
  const byPid = new Map(inside.map((process) => [process.pid, process]))
  const isNode = inode !== undefined && inode === observation.baseline.pid?.inode
  const mayHaveOthers = inode === undefined || (censusOf(observation, 'pid', inode)?.outside.processes ?? 0) > 0
  const first = isNode ? undefined : inside.find((process) => inner(process) === 1)
  const uidOf = userNumbering(observation, first)

  const nameOf = (pid: number): ProcessName => {
    const process = byPid.get(pid)
    return { pid, inner: process ? inner(process) : null, comm: process ? visibleText(process.comm) : null }
  }
  const parentOf = ({ ppid }: Seen): number | null => {
    const parent = byPid.get(ppid)
    if (isNode || parent) return parent ? inner(parent) : ppid
    return mayHaveOthers ? null : 0
  }
  const heirOf = ({ ppid }: Seen): ProcessName | null => {
    const parent = byPid.get(ppid)
    // A parent outside hands over to a process outside (find_new_reaper in the kernel's exit.c): which one, cannot be told.
    return first && parent && parent !== first && parent.ns.pid === inode ? nameOf(first.pid) : null
  }
  return inTreeOrder(inside, (process) => inner(process) ?? process.pid).map(({ process, depth }) => ({
    pid: process.pid,
    ppid: process.ppid,
    inner: inner(process),
    innerParent: parentOf(process),
    uid: uidOf(process.uid),
    state: process.state,
    command: commandOf(process),
    container: process.container,
    isFirst: process === first,
    nested: process.ns.pid !== inode,
    zombie: process.state === 'Z' ? { parent: nameOf(process.ppid), heir: heirOf(process) } : null,
    depth,
  }))
}

/** Each process after its parent, whatever the parents say: chains of any length, and rings, which a reused PID can make. */
function inTreeOrder(processes: readonly Seen[], number: (process: Seen) => number) {
  const children = groupBy(
    processes.toSorted((a, b) => number(b) - number(a)),
    ({ ppid }) => ppid,
  )
  const pids = new Set(processes.map(({ pid }) => pid))
  const roots = processes.filter(({ ppid }) => !pids.has(ppid)).toSorted((a, b) => number(a) - number(b))
  const placed = new Map<Seen, number>()
  for (const root of [...roots, ...processes]) {
    const waiting = [{ process: root, depth: 0 }]
    for (let next = waiting.pop(); next; next = waiting.pop()) {
      const { process, depth } = next
      if (placed.has(process)) continue
      placed.set(process, depth)
      for (const child of children.get(process.pid) ?? []) waiting.push({ process: child, depth: depth + 1 })
    }
  }
  return [...placed].map(([process, depth]) => ({ process, depth }))
}

/** As ps: the name in brackets where there are no arguments, and what is dead says so. */
function commandOf(process: PodProcess): string {
  if (process.state === 'Z') return `[${visibleText(process.comm)}] <defunct>`
  return visibleText(process.argv.length > 0 ? processCommand(process) : `[${process.comm}]`)
}

/** The user that stands for all whom a user namespace does not know: /proc/sys/kernel/overflowuid. */
const OVERFLOW_UID = 65534

/** Users as the process's user namespace numbers them, where its map was read; else as the node does. */
function userNumbering(observation: Observation, process: Seen | undefined) {
  const map = process && censusOf(observation, 'user', process.ns.user)?.uidMap
  return (uid: number | null): number | null => {
    if (uid === null || !map) return uid
    const range = map.find(({ outside, count }) => uid >= outside && uid < outside + count)
    return range ? range.inside + (uid - range.outside) : OVERFLOW_UID
  }
}

function censusOf(
  { namespaces }: Observation,
  type: NamespaceCensus['id']['type'],
  inode: number | undefined,
): NamespaceCensus | undefined {
  return namespaces.find(({ id }) => id.type === type && id.inode === inode)
}

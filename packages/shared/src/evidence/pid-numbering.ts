import type { Observation, PodProcess } from '../model/observation.ts'

type Numbered = Pick<PodProcess, 'pid' | 'ppid' | 'nspid' | 'ns'>

/** The number a process has in a PID namespace; null where it is not in it, or where that could not be read. */
export type PidNumbering = (process: Numbered, namespace: number) => number | null

/**
 * How the processes of an observation are numbered in each PID namespace (pid_namespaces(7)).
 *
 * NSpid has a number for each level, from the reader's namespace inwards, and does not name the namespaces. The last number
 * belongs to the one that `ns/pid` names. So a namespace's level is that of those who live in it; and since setns(2) and
 * clone(2) lead inwards only, whoever has a child in another PID namespace is in one around it.
 */
export function pidNumbering({ processes, baseline }: Pick<Observation, 'processes' | 'baseline'>): PidNumbering {
  const levels = new Map<number, number>()
  for (const { nspid, ns } of processes) {
    if (ns.pid !== undefined && nspid.length > 0) levels.set(ns.pid, nspid.length - 1)
  }
  const node = baseline.pid?.inode
  if (node !== undefined) levels.set(node, 0)
  const around = namespacesAround(processes)
  return (process, namespace) => {
    const own = process.ns.pid
    const level = levels.get(namespace)
    if (own === undefined || level === undefined) return null
    // Level 0 is where the reader counts: there every process has a number, and it is its PID.
    if (level === 0) return process.pid
    return own === namespace || around.get(own)?.has(namespace) ? (process.nspid[level] ?? null) : null
  }
}

/** For each PID namespace those around it, as far as parents tell. */
function namespacesAround(processes: readonly Numbered[]): Map<number, ReadonlySet<number>> {
  const byPid = new Map(processes.map((process) => [process.pid, process]))
  const outer = new Map<number, Set<number>>()
  for (const { ppid, ns } of processes) {
    const parent = byPid.get(ppid)?.ns.pid
    if (ns.pid === undefined || parent === undefined || parent === ns.pid) continue
    outer.set(ns.pid, (outer.get(ns.pid) ?? new Set()).add(parent))
  }
  for (const found of outer.values()) {
    // A set grows while it is walked: what is added is walked too.
    for (const one of found) for (const further of outer.get(one) ?? []) found.add(further)
  }
  return outer
}

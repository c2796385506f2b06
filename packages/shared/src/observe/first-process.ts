import type { ScannedProcess } from '../model/node-scan.ts'

/**
 * The process a container was started with, among the container's: the oldest living one whose parent is not in the
 * container. Whoever came in later by exec has such a parent too, but is younger; when both came within one clock tick,
 * the lower PID inside the container's PID namespace tells.
 */
export function firstProcess<Process extends ScannedProcess>(processes: readonly Process[]): Process | null {
  const pids = new Set(processes.map((process) => process.pid))
  let first: Process | null = null
  for (const process of processes) {
    if (pids.has(process.ppid) && process.ppid !== process.pid) continue
    if (first === null || compareAge(process, first) < 0) first = process
  }
  return first ?? processes.toSorted(compareAge)[0] ?? null
}

function compareAge(a: ScannedProcess, b: ScannedProcess): number {
  return (
    Number(isDead(a)) - Number(isDead(b)) || a.starttime - b.starttime || innerPid(a) - innerPid(b) || a.pid - b.pid
  )
}

/** A zombie, or a process about to be gone. */
export function isDead(process: Pick<ScannedProcess, 'state'>): boolean {
  return process.state === 'Z' || process.state === 'X'
}

/** The PID that the process has in its own, innermost PID namespace. */
export function innerPid(process: Pick<ScannedProcess, 'nspid' | 'pid'>): number {
  return process.nspid.at(-1) ?? process.pid
}

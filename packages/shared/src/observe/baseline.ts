import type { NamespaceId } from '../model/namespace-id.ts'
import { NAMESPACE_TYPES, type NamespaceType } from '../model/namespace-type.ts'
import type { Gap, NodeScan, ScannedProcess } from '../model/node-scan.ts'
import { told } from '../told/told.ts'
import { gapOf } from './gap-of.ts'

/** The node's own namespaces. A missing type is not known. */
export type Baseline = Partial<Record<NamespaceType, NamespaceId>>

/**
 * The namespaces of PID 1, which are the node's. What may not be read of it is taken from kthreadd: a kernel thread never
 * leaves the machine's initial namespaces, and those are the node's too unless the node is itself a container, which
 * has no kernel threads to see.
 * @param processes by PID.
 * @param gaps takes what could not be told, and whose namespaces stand in.
 */
export function baselineOf(processes: readonly ScannedProcess[], scan: NodeScan, gaps: Gap[]): Baseline {
  const first = processes.find(({ pid }) => pid === 1)
  const thread = processes.find(isKthreadd)
  const expected = scan.types.length > 0 ? scan.types : NAMESPACE_TYPES
  const lent = expected.filter((type) => first?.ns[type] === undefined && thread?.ns[type] !== undefined)
  const missing = expected.filter((type) => first?.ns[type] === undefined && !lent.includes(type))
  const cause = first ? told('scan.first-unread') : told('scan.first-missing')
  if (lent.length > 0) {
    gaps.push(gapOf('baseline-lent', lent.length, told('scan.baseline-lent', { cause, types: lent })))
  }
  if (missing.length > 0) {
    gaps.push(gapOf('baseline-unreadable', missing.length, told('scan.baseline-unreadable', { cause, types: missing })))
  }
  const baseline: Baseline = {}
  for (const type of NAMESPACE_TYPES) {
    const inode = first?.ns[type] ?? thread?.ns[type]
    if (inode !== undefined) baseline[type] = { type, inode, device: scan.nsfsDevice }
  }
  return baseline
}

/** The mother of all kernel threads, as the kernel starts it (init/main.c, rest_init). A user's process cannot be one. */
function isKthreadd({ pid, ppid, kernelThread }: ScannedProcess): boolean {
  return pid === 2 && ppid === 0 && kernelThread
}

import type { NamespaceType } from '../model/namespace-type.ts'
import type { NodeObservation } from '../model/node-observation.ts'
import { type LsnsOptions, lsnsTree, lsnsUser, type PrintedLsnsRow } from './lsns.ts'

/**
 * The rows of `lsns -t TYPE` on a node, in its order. Besides, where the type has pins, what is pinned, with namespaces that
 * have no process at all: lsns finds those only with `--persistent`.
 */
export function nodeLsnsTable(
  { namespaces, lowest }: NodeObservation,
  type: NamespaceType,
  options: LsnsOptions = {},
): PrintedLsnsRow[] {
  const processes = new Map(lowest.map((process) => [process.pid, process]))
  const ofType = namespaces.filter((namespace) => namespace.type === type)
  const hasPins = ofType.some(({ pins }) => pins !== undefined)
  const rows = ofType.map(({ inode, nprocs, lowest: pid, pins }) => {
    const process = pid === null ? undefined : processes.get(pid)
    const row = { ns: inode, type, nprocs, pid, ppid: process?.ppid ?? 0, command: process?.command ?? '' }
    return { ...row, user: process ? lsnsUser(process.uid, options) : '', ...(hasPins ? { nsfs: pins ?? [] } : {}) }
  })
  return lsnsTree(rows).map(({ ppid: _, ...row }) => row)
}

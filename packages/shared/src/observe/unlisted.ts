import type { Unlisted } from '../model/node-observation.ts'
import type { ScannedProcess } from '../model/node-scan.ts'
import { isPause } from './find-sandboxes.ts'
import { firstProcess } from './first-process.ts'
import { groupBy } from './group-by.ts'
import { sandboxOf, unknownOf } from './node-containers.ts'
import { compareText, type ScanIndex } from './scan-index.ts'

/** What runs in containers of the node without being one of its pods: pods by UID, then containers by id. */
export function unlistedOf(index: ScanIndex): Unlisted[] {
  const pods = [...index.processes].filter(([uid]) => !index.podsByUid.has(uid)).sort(byKey)
  const podless = index.scan.processes.filter(({ pid }) => index.podless.has(pid))
  const containers = [...groupBy(podless, ({ pid }) => index.podless.get(pid)?.id ?? '')].sort(byKey)
  return [
    ...pods.map(([uid, processes]): Unlisted => ({ kind: 'pod', id: uid, containers: containersOf(index, processes) })),
    ...containers.map(([id, own]): Unlisted => {
      const engine = index.podless.get(own[0]?.pid ?? 0)?.engine
      return { kind: 'container', id, ...(engine === undefined ? {} : { engine }), containers: [unknownOf(id, own)] }
    }),
  ]
}

/** Of a pod without a specification: what runs pause is a sandbox, nothing more can be told of the others. */
function containersOf(index: ScanIndex, processes: readonly ScannedProcess[]): Unlisted['containers'] {
  const byId = groupBy(processes, ({ pid }) => index.places.get(pid)?.containerId ?? null)
  const found = [...byId].flatMap(([id, own]) => {
    const first = firstProcess(own)
    if (id === null || !first) return []
    return [isPause(first) ? sandboxOf(id, own) : unknownOf(id, own)]
  })
  return found.sort((a, b) => compareText(a.kind, b.kind) || compareText(a.key, b.key))
}

function byKey([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number {
  return compareText(a, b)
}

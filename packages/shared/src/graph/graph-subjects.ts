import type { Isolation } from '../model/isolation.ts'
import type { Observation, PodProcess } from '../model/observation.ts'
import type { ContainerState, PodContainer } from '../model/pod.ts'
import { shortId } from '../observe/find-sandboxes.ts'
import { firstProcess } from '../observe/first-process.ts'
import { groupBy } from '../observe/group-by.ts'
import { sandboxProcess } from '../observe/isolation.ts'
import { compareText } from '../observe/scan-index.ts'
import type { GraphContainer } from './graph-types.ts'
import type { GraphWords } from './graph-words.ts'

/** A container or sandbox with its processes, before anything is said about namespaces. */
export type Subject = {
  key: string
  kind: GraphContainer['kind']
  name: string
  /** Null for a sandbox, and for a container that the API server does not name. */
  spec: PodContainer | null
  containerId: string | null
  state: ContainerState
  first: PodProcess | null
  /** By PID. */
  processes: readonly PodProcess[]
}

const ORDER = ['sandbox', 'init', 'sidecar', 'app', 'ephemeral', 'unknown'] as const

/**
 * Sandboxes first, then init containers, sidecars, app containers, ephemeral ones, each as the spec orders them; at the end
 * those that only the node knows, by id.
 * @param isolation set when the containers live in a kernel of their own: then no process of the node is one of theirs.
 */
export function subjectsOf(
  { pod, sandboxes, processes }: Observation,
  isolation: Isolation | null,
  words: GraphWords['name'],
): Subject[] {
  const byId = groupBy(processes, ({ containerId }) => containerId)
  const take = (id: string | null | undefined): PodProcess[] => {
    const own = id ? (byId.get(id) ?? []) : []
    if (id) byId.delete(id)
    return own
  }
  const subjects: Subject[] = sandboxes.map(({ id, pid }) => {
    const own = take(id)
    return {
      key: `sandbox:${id}`,
      kind: 'sandbox',
      name: isolation ? words.isolated(isolation.runtime) : 'pause',
      spec: null,
      containerId: id,
      state: pid === null ? { kind: 'unknown' } : { kind: 'running', startedAt: null },
      first: sandboxProcess(own),
      processes: byPid(own),
    }
  })
  for (const spec of pod.containers) {
    const own = take(spec.id)
    const left = take(spec.previousId)
    subjects.push({
      key: `container:${spec.name}`,
      kind: spec.kind,
      name: spec.name,
      spec,
      containerId: spec.id,
      state: spec.state,
      first: isolation ? null : (firstProcess(own) ?? firstProcess(left)),
      processes: byPid([...own, ...left]),
    })
  }
  for (const [id, own] of [...byId].sort(([a], [b]) => compareText(a, b))) {
    subjects.push({
      key: `unknown:${id}`,
      kind: 'unknown',
      name: words.unknown(shortId(id)),
      spec: null,
      containerId: id,
      state: { kind: 'running', startedAt: null },
      first: isolation ? null : firstProcess(own),
      processes: byPid(own),
    })
  }
  return subjects.sort((a, b) => ORDER.indexOf(a.kind) - ORDER.indexOf(b.kind))
}

function byPid(processes: readonly PodProcess[]): PodProcess[] {
  return processes.toSorted((a, b) => a.pid - b.pid)
}

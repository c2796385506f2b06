import type { Gap, ScannedProcess } from '../model/node-scan.ts'
import type { Observation, PodProcess } from '../model/observation.ts'
import type { Pod } from '../model/pod.ts'
import { told } from '../told/told.ts'
import { gapOf } from './gap-of.ts'
import { groupBy } from './group-by.ts'
import { isolatingProgram, sandboxProcess } from './isolation.ts'
import { compareText } from './scan-index.ts'

type Sandboxes = { sandboxes: Observation['sandboxes']; gaps: Gap[] }
type Candidate = { id: string; first: PodProcess }

/**
 * The sandboxes of a pod, the newest first: ids in the pod's cgroup that no container status names. The API server may be
 * behind the node, so such an id can also be a container that has just been started; what its first process runs
 * decides, age only where that tells nothing, and then doubt is reported.
 * @param processes the pod's, any order.
 * @param runtime as in NodeFacts: CRI-O usually has no process for its sandboxes.
 */
export function findSandboxes(pod: Pod, processes: readonly PodProcess[], runtime: string | null): Sandboxes {
  const known = new Set(pod.containers.flatMap(({ id, previousId }) => [id, previousId]))
  const candidates = candidatesOf(processes.filter(({ containerId }) => !known.has(containerId)))
  const pauses = candidates
    .filter(({ first }) => isPause(first))
    .filter((one, at, all) => !hasHost(pod, one, all.slice(at + 1)))
  const gaps: Gap[] = []
  let chosen = pauses
  const oldest = candidates.at(-1)
  if (chosen.length === 0 && oldest && runtime !== 'cri-o') {
    chosen = [oldest]
    const { pid } = oldest.first
    gaps.push(gapOf('sandbox-doubtful', 1, told('scan.sandbox-doubtful', { id: shortId(oldest.id), pid }), [pid]))
  }
  for (const { id, first } of candidates) {
    if (chosen.some((one) => one.id === id)) continue
    const { pid } = first
    gaps.push(gapOf('unknown-container', 1, told('scan.unnamed', { id: shortId(id), pid }), [pid]))
  }
  return { sandboxes: chosen.map(({ id, first }) => ({ id, pid: first.pid, starttime: first.starttime })), gaps }
}

/**
 * True in a namespace of an older one, of a type that each sandbox has for itself: then it is a container, of pause's image
 * like those that keep room on a node.
 */
function hasHost({ hostIPC, hostNetwork }: Pod, { first }: Candidate, older: readonly Candidate[]): boolean {
  const type = hostIPC ? 'net' : 'ipc'
  if ((hostIPC && hostNetwork) || first.ns[type] === undefined) return false
  return older.some((one) => one.first.ns[type] === first.ns[type])
}

/** One for each container id with a living process, the newest first. */
function candidatesOf(processes: readonly PodProcess[]): Candidate[] {
  const byId = groupBy(processes, ({ containerId }) => containerId)
  const candidates: Candidate[] = []
  for (const [id, own] of byId) {
    const first = sandboxProcess(own)
    if (first) candidates.push({ id, first })
  }
  return candidates.sort((a, b) => b.first.starttime - a.first.starttime || compareText(a.id, b.id))
}

/** Kubernetes' pause, OpenShift's pod, Podman's and some CRI-O builds' `catatonit -P`; what gVisor and Kata run instead. */
export function isPause(process: ScannedProcess): boolean {
  const { argv, comm } = process
  if (isolatingProgram(process)) return true
  const program = (argv[0] ?? comm).split('/').at(-1)
  if (program === 'catatonit') return argv[1] === '-P'
  return program === 'pause' || program === 'pod'
}

/** The first twelve digits, as crictl and docker show an id. */
export function shortId(id: string): string {
  return id.slice(0, 12)
}

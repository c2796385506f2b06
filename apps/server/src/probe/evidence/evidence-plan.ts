import {
  compareNamespaces,
  firstProcess,
  type NamespaceId,
  type NamespaceType,
  type Observation,
  type PodProcess,
} from '@pausescope/shared'
import { EVIDENCE_SCRIPT } from './evidence-script.ts'

/** The types of namespace that evidence is read of, in the order of the script's arguments. */
const EVIDENCE_TYPES = ['net', 'mnt', 'user', 'uts', 'ipc'] as const satisfies readonly NamespaceType[]
type EvidenceType = (typeof EVIDENCE_TYPES)[number]

/** A namespace of the pod and the process it is read from. */
export type EvidenceReader = { id: NamespaceId; pid: number }

/** What is read of which processes. */
export type EvidencePlan = {
  readers: Readonly<Record<EvidenceType, readonly EvidenceReader[]>>
  /** Whose descriptors are looked at, by PID. */
  processes: readonly PodProcess[]
  /** Processes beyond that, which are not looked at. */
  left: number
}

/** The descriptors of no more processes are looked at. */
const PROCESSES_MAX = 500

/**
 * Chooses for each namespace that a living process of the pod is in the one to read it from: PID 1 where it is the node's,
 * else the lowest PID of the pod in it. The hostname is better asked of a container's first process, since /etc/hostname is
 * its container's.
 */
export function planEvidence(observation: Observation): EvidencePlan {
  const living = observation.processes
    .filter(({ state }) => state !== 'Z' && state !== 'X')
    .toSorted((a, b) => a.pid - b.pid)
  const firsts = firstsOf(observation, living)
  const readersOf = (type: EvidenceType): EvidenceReader[] => {
    const inodes = [...new Set(living.map(({ ns }) => ns[type]))].filter((inode) => inode !== undefined)
    const order = type === 'uts' ? [...firsts, ...living] : living
    return inodes
      .map((inode) => {
        const isNodes = observation.baseline[type]?.inode === inode
        return {
          id: idOf(observation, type, inode),
          pid: isNodes ? 1 : (order.find(({ ns }) => ns[type] === inode)?.pid ?? 1),
        }
      })
      .sort((a, b) => compareNamespaces(a.id, b.id))
  }
  const [net, mnt, user, uts, ipc] = EVIDENCE_TYPES.map(readersOf) as [EvidenceReader[], ...EvidenceReader[][]]
  const readers = { net, mnt, user, uts, ipc } as EvidencePlan['readers']
  const chosen = new Set(Object.values(readers).flatMap((list) => list.map(({ pid }) => pid)))
  const wanted = [...living.filter(({ pid }) => chosen.has(pid)), ...living.filter(({ pid }) => !chosen.has(pid))]
  const processes = wanted.slice(0, PROCESSES_MAX).sort((a, b) => a.pid - b.pid)
  return { readers, processes, left: living.length - processes.length }
}

/** The script for one pod, or for several of one node at once, with its arguments in it: ROOT is all it still asks for. */
export function evidenceScript(...plans: readonly EvidencePlan[]): string {
  const lists = evidenceArguments(...plans).map((list) => `'${list}'`)
  return `set -- "$1" ${lists.join(' ')}\n${EVIDENCE_SCRIPT}`
}

/** The script's arguments behind ROOT. */
export function evidenceArguments(...plans: readonly EvidencePlan[]): string[] {
  const lists = EVIDENCE_TYPES.map((type) => plans.flatMap(({ readers }) => readers[type].map(({ pid }) => pid)))
  const all = plans.flatMap(({ processes }) => processes.map(({ pid }) => pid))
  return [...lists, all].map((pids) => [...new Set(pids)].join(' '))
}

/** The first processes of the pod's containers, by PID; a sandbox has no file with its name. */
function firstsOf({ pod }: Observation, living: readonly PodProcess[]): PodProcess[] {
  const ids = pod.containers.map(({ id }) => id)
  return ids
    .map((id) => firstProcess(living.filter(({ containerId }) => containerId === id)))
    .filter((first) => first !== null)
    .sort((a, b) => a.pid - b.pid)
}

/** True where /etc/hostname of the process's root folder may speak of the process's uts namespace. */
export function hasOwnHostname(observation: Observation, pid: number): boolean {
  return pid === 1 || firstsOf(observation, observation.processes).some((first) => first.pid === pid)
}

function idOf({ baseline, namespaces }: Observation, type: EvidenceType, inode: number): NamespaceId {
  const known = namespaces.find(({ id }) => id.type === type && id.inode === inode)?.id
  const node = baseline[type]
  return known ?? (node?.inode === inode ? node : { type, inode, device: null })
}

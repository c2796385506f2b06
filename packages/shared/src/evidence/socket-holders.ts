import type { PodGraph } from '../graph/graph-types.ts'
import type { PodProcess } from '../model/observation.ts'
import type { NetworkEvidence, SocketEvidence } from '../model/pod-evidence.ts'

/** A process of the pod that holds a socket. */
export type SocketHolder = {
  process: PodProcess
  /** Its descriptors of the socket. */
  fds: readonly number[]
  container: { key: string; name: string }
}

/** Who holds a socket, with container; one entry for each process. Processes that the graph does not have are left out. */
export function holdersOf(socket: SocketEvidence, graph: PodGraph): SocketHolder[] {
  const fds = new Map<number, number[]>()
  for (const { pid, fd } of socket.holders) fds.set(pid, [...(fds.get(pid) ?? []), fd])
  return graph.containers.flatMap(({ key, name, processes }) =>
    processes.flatMap((process) => {
      const own = fds.get(process.pid)
      return own ? [{ process, fds: own, container: { key, name } }] : []
    }),
  )
}

/** True when a socket without holders has none in the pod: the descriptors of all processes there could be looked at. */
export function knowsHolders({ gaps }: NetworkEvidence): boolean {
  return gaps.every(({ part }) => part !== 'holders')
}

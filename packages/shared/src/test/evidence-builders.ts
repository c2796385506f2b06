import type { PodGraph } from '../graph/graph-types.ts'
import type { NamespaceId } from '../model/namespace-id.ts'
import type { Mount, NetworkEvidence, PodEvidence } from '../model/pod-evidence.ts'
import { containerId, process, UID } from './domain-builders.ts'
import { type GraphSketch, sketchGraph } from './graph-builder.ts'

/** Evidence in which nothing was found. */
export function podEvidence(more: Partial<PodEvidence> = {}): PodEvidence {
  const pod = { namespace: 'default', name: 'myweb2', uid: UID }
  const nothing = { networks: [], mounts: [], users: [], hostnames: [], ipcs: [], gaps: [] }
  return { at: '2026-05-02T10:11:12.345Z', node: 'node3', pod, ...nothing, ...more }
}

export function networkEvidence(id: NamespaceId, more: Partial<NetworkEvidence> = {}): NetworkEvidence {
  return { id, pid: 700, interfaces: [], routes: [], sockets: [], gaps: [], ...more }
}

export function mount(path: string, more: Partial<Mount> = {}): Mount {
  const file = { device: '0:50', root: '/', fstype: 'ext4', source: '/dev/vda1' }
  return { id: 1, parent: 0, path, readOnly: false, options: 'rw', ...file, ...more }
}

/** As `sketchGraph`, each container with its first process in the namespaces that the sketch says. */
export function sketchWithProcesses(sketch: GraphSketch): PodGraph {
  const graph = sketchGraph(sketch)
  const containers = graph.containers.map((container, index) => {
    const { pid } = container
    const ns = sketch.containers[index]?.ns ?? {}
    return pid === null
      ? container
      : { ...container, processes: [{ ...process(pid, { ns }), containerId: containerId(`${index}`) }] }
  })
  return { ...graph, containers }
}

import type { Finding, GraphContainer, GraphNamespace, Holder, PodGraph } from '../graph/graph-types.ts'
import { type NamespaceId, namespaceKey } from '../model/namespace-id.ts'
import { NAMESPACE_TYPES, type NamespaceType } from '../model/namespace-type.ts'
import type { Gap } from '../model/node-scan.ts'
import type { Pod } from '../model/pod.ts'
import { NODE_NAMESPACES, pod } from './domain-builders.ts'

/** What a test says of a container; everything else is made up. Inodes by type; a type left out was not readable. */
export type ContainerSketch = {
  name: string
  kind?: GraphContainer['kind']
  image?: string | null
  pid?: number | null
  state?: GraphContainer['state']
  restarts?: number
  lastExit?: GraphContainer['lastExit']
  ns?: Partial<Record<NamespaceType, number>>
}

export type GraphSketch = {
  containers: readonly ContainerSketch[]
  pod?: Partial<Pod>
  runtime?: string
  cgroupVersion?: 'v1' | 'v2'
  scanned?: boolean
  isolation?: PodGraph['isolation']
  /** The node's inode by type. */
  node?: Partial<Record<NamespaceType, number>>
  /** Inodes that processes outside the pod hold. */
  foreign?: readonly number[]
  /** Paths by inode. */
  pins?: Readonly<Record<number, string>>
  facts?: Readonly<Record<number, readonly string[]>>
  /** Made inside a container: type, inode, name of the container. */
  nested?: readonly { type: NamespaceType; inode: number; container: string; by: string }[]
  findings?: readonly Finding[]
  gaps?: readonly Gap[]
}

/** A graph as a picture's test needs it, made without a scan: places follow from equal inodes. For tests only. */
export function sketchGraph(sketch: GraphSketch): PodGraph {
  const node = sketch.node ?? NODE_NAMESPACES
  const containers = sketch.containers.map(toContainer)
  const found = new Map<string, { id: NamespaceId; members: string[] }>()
  for (const { key, memberships } of containers) {
    for (const { namespace, type } of memberships) {
      const inode = Number(/\d+/.exec(namespace)?.[0])
      const entry = found.get(namespace) ?? { id: { type, inode, device: null }, members: [] }
      entry.members.push(key)
      found.set(namespace, entry)
    }
  }
  const pause = containers.find(({ kind }) => kind === 'sandbox') ?? null
  const namespaces = [...found].map(([key, { id, members }]): GraphNamespace => {
    const isNodes = node[id.type] === id.inode
    const isForeign = sketch.foreign?.includes(id.inode) ?? false
    const pin = sketch.pins?.[id.inode]
    const alone = members.length === 1 && pin === undefined
    return {
      key,
      id,
      scope: isNodes ? 'node' : isForeign ? 'foreign' : alone ? 'own' : 'pod',
      holder: isNodes ? null : holderOf(members, containers, pause, pin),
      census: isNodes || isForeign ? census(id, isForeign ? 4 : 86) : null,
      members,
      facts: sketch.facts?.[id.inode] ?? [],
      nested: false,
    }
  })
  for (const { type, inode, container, by } of sketch.nested ?? []) {
    const id = { type, inode, device: null }
    const key = namespaceKey(id)
    const holder: Holder = { kind: 'process', pid: 4321, command: by, pins: [] }
    namespaces.push({
      key,
      id,
      scope: 'own',
      holder,
      census: null,
      members: [`container:${container}`],
      facts: [],
      nested: true,
    })
  }
  return {
    observation: observation(sketch),
    isolation: sketch.isolation ?? null,
    containers,
    namespaces,
    findings: sketch.findings ?? [],
    gaps: sketch.gaps ?? [],
  }
}

function toContainer(sketch: ContainerSketch, index: number): GraphContainer {
  const kind = sketch.kind ?? 'app'
  const key = `${kind === 'sandbox' || kind === 'unknown' ? kind : 'container'}:${sketch.name}`
  const pid = sketch.pid === undefined ? 700 + index * 61 : sketch.pid
  const ns = pid === null ? {} : (sketch.ns ?? {})
  const types = NAMESPACE_TYPES.filter((type) => ns[type] !== undefined)
  return {
    key,
    kind,
    name: sketch.name,
    image: sketch.image ?? null,
    containerId: `${index}`.padStart(64, 'c'),
    state: sketch.state ?? { kind: 'running', startedAt: null },
    restarts: sketch.restarts ?? 0,
    lastExit: sketch.lastExit ?? null,
    pid,
    processes: [],
    memberships: types.map((type) => {
      const namespace = `${type}:[${ns[type]}]`
      return {
        container: key,
        namespace,
        type,
        expectation: null,
        agrees: null,
        why: 'because the test says so',
        proof: { command: `readlink /proc/${pid}/ns/${type}`, output: namespace },
      }
    }),
    unreadable:
      pid === null
        ? []
        : NAMESPACE_TYPES.filter((type) => !types.includes(type)).map((type) => ({ type, reason: 'Not permitted.' })),
  }
}

function holderOf(
  members: readonly string[],
  containers: readonly GraphContainer[],
  pause: GraphContainer | null,
  pin: string | undefined,
): Holder {
  const pins = pin === undefined ? [] : [pin]
  if (pause?.pid && members.includes(pause.key)) return { kind: 'pause', pid: pause.pid, pins }
  if (pin !== undefined) return { kind: 'pin', paths: pins }
  const first = containers.find(({ key }) => key === members[0])
  return { kind: 'process', pid: first?.pid ?? 1, command: first?.name ?? '', pins }
}

function census(id: NamespaceId, processes: number): GraphNamespace['census'] {
  const lowest = { pid: 1, ppid: 0, uid: 0, command: '/sbin/init' }
  return { id, nprocs: processes + 3, lowest, pins: [], outside: { processes, pods: [], podCount: 12, examples: [] } }
}

function observation(sketch: GraphSketch): PodGraph['observation'] {
  return {
    at: '2026-05-02T10:11:12.345Z',
    cluster: { name: 'kind', version: 'v1.36.2' },
    node: {
      name: 'node3',
      runtime: sketch.runtime ?? 'containerd',
      runtimeVersion: '2.1.9',
      kubeletVersion: 'v1.36.2',
      kernel: '6.1.0',
      os: 'linux',
      osImage: 'Debian GNU/Linux 12',
      ready: true,
      hostname: 'node3',
      bootId: null,
      cgroupVersion: sketch.cgroupVersion ?? 'v2',
      uptime: 5000,
    },
    pod: pod([], {
      name: 'myweb2',
      uid: '5f8a1c9e-0000-4000-8000-000000000001',
      nodeName: 'node3',
      hostname: 'myweb2',
      ...sketch.pod,
    }),
    scanned: sketch.scanned ?? true,
    sandboxes: [],
    processes: [],
    baseline: Object.fromEntries(
      NAMESPACE_TYPES.flatMap((type) => {
        const inode = (sketch.node ?? NODE_NAMESPACES)[type]
        return inode === undefined ? [] : [[type, { type, inode, device: null }]]
      }),
    ),
    namespaces: [],
    gaps: [...(sketch.gaps ?? [])],
  }
}

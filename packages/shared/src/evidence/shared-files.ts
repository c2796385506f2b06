import type { GraphContainer, PodGraph } from '../graph/graph-types.ts'
import type { Pod, VolumeKind, VolumeMount } from '../model/pod.ts'
import type { Mount, PodEvidence } from '../model/pod-evidence.ts'
import { groupBy } from '../observe/group-by.ts'

/** What runtime and kubelet mount into every container, by where they mount it. */
const RUNTIME_PATHS = {
  '/': 'rootfs',
  '/dev/shm': 'devShm',
  '/dev/mqueue': 'mqueue',
  '/etc/hosts': 'etcHosts',
  '/etc/hostname': 'etcHostname',
  '/etc/resolv.conf': 'resolvConf',
  '/dev/termination-log': 'terminationLog',
} as const

/** `undeclared`: several containers see the same files, and the pod's spec says nothing of it. */
export type FilesKind = VolumeKind | (typeof RUNTIME_PATHS)[keyof typeof RUNTIME_PATHS] | 'undeclared'

/** Where what a container sees differs from what the spec says. */
export const FILE_DIFFERENCES = [
  /** Declared, but nothing is mounted there. */
  'not-mounted',
  /** The spec says read-only; it can be written. */
  'writable',
  /** The spec does not say read-only; it cannot be written. */
  'read-only',
  /** The spec asks that mounts propagate; they do not. */
  'propagation',
  /** The same volume, but other files than in the first container that mounts it. */
  'other-files',
] as const
export type FileDifference = (typeof FILE_DIFFERENCES)[number]

export type Propagation = 'private' | 'shared' | 'slave' | 'unbindable'

/** Files in one container. */
export type FilesPlace = {
  container: { key: string; name: string }
  /** As the container sees it; where nothing is mounted, as the spec has it. */
  path: string
  declared: VolumeMount | null
  /** Null: nothing is mounted there, or the container's mounts are not known (`known`). */
  mount: Mount | null
  /** False: the container has no process, or its mounts could not be read. */
  known: boolean
  readOnly: boolean | null
  propagation: Propagation | null
  differences: readonly FileDifference[]
}

/** A volume, or what stands at one path in every container. */
export type SharedFiles = {
  /** `volume:work`, `path:/dev/shm`, `mount:0:50:/data` */
  key: string
  kind: FilesKind
  /** The volume's name, or the path. */
  name: string
  /** What the volume is made from: a claim, a ConfigMap, a folder of the node. */
  ref: string | null
  places: readonly FilesPlace[]
  /** Keys of containers that see the very same files (one device and root), where there are several. */
  together: readonly (readonly string[])[]
}

type Seen = { container: GraphContainer; mounts: ReadonlyMap<string, Mount> | null }

/**
 * The second way in which containers share: files. Volumes in the order of the spec, then what every container has (root file
 * system, /dev/shm, …), then what the mounts show and the spec does not.
 */
export function sharedFiles(evidence: PodEvidence, graph: PodGraph): SharedFiles[] {
  const { pod } = graph.observation
  const seen = graph.containers.map((container) => ({ container, mounts: mountsOf(evidence, container) }))
  const volumes = (pod.volumes ?? []).map(({ name, kind, ref }) =>
    together({ key: `volume:${name}`, kind, name, ref: ref ?? null, places: placesOf(name, pod, seen) }),
  )
  const runtime = Object.entries(RUNTIME_PATHS).flatMap(([path, kind]) => {
    const places = seen.flatMap((one) => placeAt(one, path, volumes))
    return places.length === 0 ? [] : [together({ key: `path:${path}`, kind, name: path, ref: null, places })]
  })
  return [...volumes, ...runtime, ...undeclared(seen, [...volumes, ...runtime])]
}

/** By path. Where several are mounted on one path, the last one covers the others. */
function mountsOf(evidence: PodEvidence, { pid, processes }: GraphContainer): Map<string, Mount> | null {
  const inode = processes.find((process) => process.pid === pid)?.ns.mnt
  const found = evidence.mounts.find(({ id }) => id.inode === inode)
  if (!found || found.mounts.length === 0) return null
  return new Map(found.mounts.map((mount) => [mount.path, mount]))
}

function placesOf(volume: string, pod: Pod, seen: readonly Seen[]): FilesPlace[] {
  const places: FilesPlace[] = []
  const firsts = new Map<string, Mount>()
  for (const { container, mounts } of seen) {
    const spec = pod.containers.find(({ name }) => container.key === `container:${name}`)
    for (const declared of spec?.volumeMounts?.filter((one) => one.volume === volume) ?? []) {
      const mount = (mounts && mountAt(mounts, declared.path)) ?? null
      const place = placeOf(container, mount, mount?.path ?? declared.path)
      const part = declared.subPath ?? ''
      const first = firsts.get(part)
      if (mount && !first) firsts.set(part, mount)
      const differences = mounts ? differencesOf(declared, mount, first) : []
      places.push({ ...place, declared, known: mounts !== null, differences })
    }
  }
  return places
}

/** Images have links of old names of folders: /var/run is /run, and there the kernel mounts. */
function mountAt(mounts: ReadonlyMap<string, Mount>, declared: string): Mount | undefined {
  const path = declared.replace(/(.)\/+$/, '$1')
  return mounts.get(path) ?? mounts.get(path.replace(/^\/var\/(run|lock)(?=\/|$)/, (_, name) => OLD_NAMES[name] ?? ''))
}

const OLD_NAMES: Readonly<Record<string, string>> = { run: '/run', lock: '/run/lock' }

function differencesOf(declared: VolumeMount, mount: Mount | null, first: Mount | undefined): FileDifference[] {
  if (!mount) return ['not-mounted']
  const wishesReadOnly = declared.readOnly ?? false
  const propagates = { HostToContainer: mount.master ?? mount.shared, Bidirectional: mount.shared }
  return [
    ...(wishesReadOnly && !mount.readOnly ? (['writable'] as const) : []),
    ...(!wishesReadOnly && mount.readOnly ? (['read-only'] as const) : []),
    ...(declared.propagation && propagates[declared.propagation] === undefined ? (['propagation'] as const) : []),
    ...(first && !isSame(first, mount) ? (['other-files'] as const) : []),
  ]
}

/** What is mounted at a path, unless the spec mounts a volume there. */
function placeAt({ container, mounts }: Seen, path: string, volumes: readonly SharedFiles[]): FilesPlace[] {
  const mount = mounts?.get(path)
  if (!mount || isTold(container, mount, volumes)) return []
  return [placeOf(container, mount, path)]
}

function undeclared(seen: readonly Seen[], told: readonly SharedFiles[]): SharedFiles[] {
  const places = seen.flatMap(({ container, mounts }) =>
    [...(mounts?.values() ?? [])]
      .filter((mount) => !isKernels(mount) && !isTold(container, mount, told))
      .map((mount) => placeOf(container, mount, mount.path)),
  )
  const groups = groupBy(places, ({ mount }) => `mount:${mount?.device}:${mount?.root}`)
  return [...groups].flatMap(([key, places]) => {
    const found = together({ key, kind: 'undeclared', name: places[0]?.path ?? key, ref: null, places })
    return found.together.length > 0 ? [found] : []
  })
}

/** Views of the kernel and of devices, which are no files. */
const KERNELS = new Set(['proc', 'sysfs', 'cgroup', 'cgroup2', 'devpts', 'devtmpfs', 'mqueue', 'nsfs', 'securityfs'])

function isKernels({ fstype, path }: Mount): boolean {
  return KERNELS.has(fstype) || /^\/(?:proc|sys|dev)(?:\/|$)/.test(path)
}

function isTold({ key }: GraphContainer, mount: Mount, files: readonly SharedFiles[]): boolean {
  return files.some(({ places }) => places.some((place) => place.container.key === key && place.mount === mount))
}

function placeOf({ key, name }: GraphContainer, mount: Mount | null, path: string): FilesPlace {
  return {
    container: { key, name },
    path,
    declared: null,
    mount,
    known: true,
    readOnly: mount?.readOnly ?? null,
    propagation: mount && propagationOf(mount),
    differences: [],
  }
}

function propagationOf({ master, shared, unbindable }: Mount): Propagation {
  if (shared !== undefined) return 'shared'
  if (master !== undefined) return 'slave'
  return unbindable ? 'unbindable' : 'private'
}

function isSame(a: Mount, b: Mount): boolean {
  return a.device === b.device && a.root === b.root
}

function together(files: Omit<SharedFiles, 'together'>): SharedFiles {
  const mounted = files.places.filter(({ mount }) => mount !== null)
  const groups = groupBy(mounted, ({ mount }) => `${mount?.device} ${mount?.root}`)
  const keys = [...groups.values()].map((group) => [...new Set(group.map(({ container }) => container.key))])
  return { ...files, together: keys.filter((group) => group.length > 1) }
}

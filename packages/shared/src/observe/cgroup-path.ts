/** What a process's cgroup says about it. */
export type PodCgroup = {
  /** Pod UID with dashes; for a static pod the config hash, as it stands in the path. */
  podUid: string
  /** The runtime's 64 hex digits; null for a process of the pod outside any container. */
  containerId: string | null
  /** True for the runtime's monitor of the container (`crio-conmon-<id>.scope`), which is not in the container. */
  monitor: boolean
}

/**
 * Finds pod and container in the lines of /proc/PID/cgroup (cgroups(7)): `hierarchy:controllers:path`, one line on
 * version 2, many on version 1. The first line that names a container wins, else the first that names a pod.
 *
 * In a path the outermost pod counts, and below it the first container: a container may make cgroups of any name inside
 * its own, never around it.
 * @param known lines read before: the processes of a container have the same ones.
 * @param around UIDs of pods that do not count because the node itself is inside them, see `podsAround`.
 * @returns null for a process of no pod.
 */
export function parseCgroup(
  lines: readonly string[],
  known: Map<string, PodCgroup | null> = new Map(),
  around: ReadonlySet<string> = new Set(),
): PodCgroup | null {
  let pod: PodCgroup | null = null
  for (const line of lines) {
    let found = known.get(line)
    if (found === undefined) {
      found = parsePath(line.slice(line.indexOf(':', line.indexOf(':') + 1) + 1), around)
      known.set(line, found)
    }
    if (found?.containerId) return found
    pod ??= found
  }
  return pod
}

/** systemd driver: `kubepods-burstable-pod<uid with _>.slice`, behind a prefix of any kind, in a slice of its own. */
const POD_SLICE = /^(?:[^:]*-)?kubepods(?:-besteffort|-burstable)?-pod([0-9a-zA-Z_]+)\.slice$/
/** kubelet with the systemd driver, runtime without: one name, `<slice>:cri-containerd:<id>`. */
const POD_SLICE_AND_ID =
  /^(?:[^:]*-)?kubepods(?:-besteffort|-burstable)?-pod([0-9a-zA-Z_]+)\.slice:([a-z-]+):([0-9a-f]{64})$/
/** cgroupfs driver: `pod<uid>`. */
const POD_FOLDER = /^pod([0-9a-zA-Z_-]+)$/
/** What stands directly above `pod<uid>`; `..` when the reader's own cgroup namespace begins between the two. */
const POD_PARENT = /^(?:.*kubepods(?:\.slice)?|besteffort|burstable|\.\.)$/
/** UUID, or the 32 digits of a static pod's config hash: asked of folders whose parent proves little. */
const STRICT_UID = /^(?:[0-9a-f]{32}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/
/** `<id>`, `cri-containerd-<id>.scope`, `docker-<id>.scope`, `crio-<id>`, `crio-conmon-<id>.scope`. */
export const CONTAINER = /^(?:([a-z][a-z0-9_-]*)[-_])?([0-9a-f]{64})(?:\.scope)?$/

/**
 * The pods that a node is inside of, as kind in a CI job's pod or k3k: those of its PID 1 that its API server does not know.
 * Every process of such a node has them in its path on cgroup v1, and the node's own pods stand below. A pod that is
 * merely unknown keeps its processes: else they could pass for those of any other pod by the names of their cgroups.
 * @param lines of PID 1.
 */
export function podsAround(lines: readonly string[], isKnown: (podUid: string) => boolean): Set<string> {
  const around = new Set<string>()
  for (;;) {
    const found = parseCgroup(lines, new Map(), around)
    if (!found || isKnown(found.podUid)) return around
    around.add(found.podUid)
  }
}

function parsePath(path: string, around: ReadonlySet<string>): PodCgroup | null {
  if (!path.includes('pod')) return null
  const segments = path.replace(/ \(deleted\)$/, '').split('/')
  for (const [index, segment] of segments.entries()) {
    const joined = segment.includes('.slice:') ? POD_SLICE_AND_ID.exec(segment) : null
    const folder = segment.endsWith('.slice') ? POD_SLICE.exec(segment)?.[1] : podFolder(segment, segments[index - 1])
    const uid = joined?.[1] ?? folder
    if (uid === undefined || around.has(dashed(uid))) continue
    if (joined) return podCgroup(uid, joined[3] as string, joined[2] as string)
    for (const below of segments.slice(index + 1)) {
      const container = CONTAINER.exec(below)
      if (container) return podCgroup(uid, container[2] as string, container[1] ?? '')
    }
    return podCgroup(uid, null, '')
  }
  return null
}

function podFolder(segment: string, parent: string | undefined): string | undefined {
  const uid = POD_FOLDER.exec(segment)?.[1]
  if (uid === undefined || parent === undefined || !POD_PARENT.test(parent)) return undefined
  return parent.includes('kubepods') || STRICT_UID.test(uid) ? uid : undefined
}

/** @param prefix of the container's cgroup, which tells a monitor. */
export function podCgroup(uid: string, containerId: string | null, prefix: string): PodCgroup {
  return { podUid: dashed(uid), containerId, monitor: prefix.endsWith('conmon') }
}

function dashed(uid: string): string {
  return uid.replaceAll('_', '-')
}

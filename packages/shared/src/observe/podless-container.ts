import { CONTAINER } from './cgroup-path.ts'

/** A container that is in no pod: of docker, podman, nerdctl or containerd's own `ctr` beside the kubelet. */
export type PodlessContainer = {
  id: string
  /** What its cgroup is named after: `docker`, `libpod`, `nerdctl`; or the cgroup above it. */
  engine: string
}

/** runc with the systemd driver's path and without the driver: `system.slice:docker:<id>` (docker, moby/moby). */
const JOINED = /^[^:]*:([a-z][a-z0-9-]*):([0-9a-f]{64})$/

/**
 * Finds the container in the lines of /proc/PID/cgroup of a process that is in no pod: `/docker/<id>`,
 * `/system.slice/docker-<id>.scope`, `/machine.slice/libpod-<id>.scope`. The outermost counts, as for pods.
 * @param around ids of the containers that the node itself is in, as in kind: see `containersAround`.
 * @returns null for a process of no container, and for one that watches a container from outside (conmon).
 */
export function parsePodless(
  lines: readonly string[],
  around: ReadonlySet<string> = new Set(),
): PodlessContainer | null {
  for (const line of lines) {
    if (line.length < 64) continue
    const segments = pathOf(line)
    for (const [index, segment] of segments.entries()) {
      const [, prefix, id] = CONTAINER.exec(segment) ?? JOINED.exec(segment) ?? []
      if (id === undefined || around.has(id)) continue
      if (prefix?.endsWith('conmon')) break
      return { id, engine: prefix ?? engineOf(segments[index - 1]) }
    }
  }
  return null
}

/** The containers around a node that is one itself. @param lines of its PID 1. */
export function containersAround(lines: readonly string[]): Set<string> {
  const ids = lines.flatMap(pathOf).flatMap((segment) => CONTAINER.exec(segment)?.[2] ?? [])
  return new Set(ids)
}

function pathOf(line: string): string[] {
  const path = line.slice(line.indexOf(':', line.indexOf(':') + 1) + 1)
  return path.replace(/ \(deleted\)$/, '').split('/')
}

/** `docker` of `/docker/<id>`; a cgroup at the top is named after nobody. */
function engineOf(parent: string | undefined): string {
  return parent || 'unknown'
}

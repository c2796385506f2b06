import { CONTAINER, type PodCgroup, podCgroup } from './cgroup-path.ts'

/** The container that a scan was made in. */
export type CgroupReader = { podUid: string; containerId: string }

/** Version 2, above where the reader's own cgroup namespace begins. */
const ABOVE = /^0::\/\.\.(?:\/|$)/
/** Directly above: the group of the reader's pod. What is further up says so with more dots. */
const IN_POD = /^0::\/\.\.(?:\/(?!\.\.(?:\/|$))([^/]*).*)?$/

/** Whether the reader had a cgroup namespace of its own, so that paths begin at its container: of a process outside that. */
export function isRelative(lines: readonly string[]): boolean {
  return lines.length === 1 && ABOVE.test(lines[0] ?? '')
}

/**
 * The place of a process in the reader's own pod, which no relative path names (cgroup_namespaces(7)): `0::/` is the reader's
 * container, `0::/../cri-containerd-<id>.scope` another one beside it.
 * @returns null for a process of none of them.
 */
export function besideReader(lines: readonly string[], { podUid, containerId }: CgroupReader): PodCgroup | null {
  const [line = ''] = lines
  if (lines.length !== 1 || !line.startsWith('0::/')) return null
  if (!ABOVE.test(line)) return podCgroup(podUid, containerId, '')
  const inPod = IN_POD.exec(line)
  if (!inPod) return null
  const [, prefix = '', id = null] = CONTAINER.exec(inPod[1] ?? '') ?? []
  return podCgroup(podUid, id, prefix)
}

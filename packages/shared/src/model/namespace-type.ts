/**
 * The eight kinds of Linux namespace, spelled as the kernel spells them in `/proc/PID/ns`.
 * Source: namespaces(7).
 */
export const NAMESPACE_TYPES = ['cgroup', 'ipc', 'mnt', 'net', 'pid', 'time', 'user', 'uts'] as const

export type NamespaceType = (typeof NAMESPACE_TYPES)[number]

/** The ten links below `/proc/PID/ns`: one for each type, and two for the children of the process. */
export const NAMESPACE_LINKS = [...NAMESPACE_TYPES, 'pid_for_children', 'time_for_children'] as const

export type NamespaceLink = (typeof NAMESPACE_LINKS)[number]

/** True for the spelling of a known namespace type. */
export function isNamespaceType(text: string): text is NamespaceType {
  return (NAMESPACE_TYPES as readonly string[]).includes(text)
}

import { z } from 'zod/mini'
import { NAMESPACE_TYPES, type NamespaceType } from './namespace-type.ts'

/**
 * Identity of a namespace: the device and inode of the link's target (namespaces(7)).
 * `device` is null where the reader could not learn it (a captured tree); one kernel has one nsfs device.
 */
export const namespaceIdSchema = z.object({
  type: z.enum(NAMESPACE_TYPES),
  inode: z.int().check(z.positive()),
  device: z.nullable(z.int().check(z.nonnegative())),
})

export type NamespaceId = z.infer<typeof namespaceIdSchema>

/** A string equal for equal namespaces, for maps and sets. The device is left out: one scan sees one kernel. */
export function namespaceKey(id: Pick<NamespaceId, 'type' | 'inode'>): string {
  return `${id.type}:[${id.inode}]`
}

const SPELLING = /^([a-z_]+):\[(\d{1,15})\]$/

/** Parses the kernel's spelling, `net:[4026532399]`; null when the text is anything else. */
export function parseNamespaceSpelling(text: string): { type: string; inode: number } | null {
  const match = SPELLING.exec(text)
  if (!match) return null
  return { type: match[1] as string, inode: Number(match[2]) }
}

/** Fixed order for everything that lists namespaces: by type, then by inode. */
export function compareNamespaces(a: NamespaceId, b: NamespaceId): number {
  return typeOrder(a.type) - typeOrder(b.type) || a.inode - b.inode
}

function typeOrder(type: NamespaceType): number {
  return NAMESPACE_TYPES.indexOf(type)
}

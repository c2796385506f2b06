import { z } from 'zod'
import { namespaceIdSchema } from './namespace-id.ts'
import { NAMESPACE_LINKS, NAMESPACE_TYPES } from './namespace-type.ts'

/**
 * Something a scan could not tell. Never shown as data; always shown to the reader.
 * `scope` says what is missing, `detail` why and what to do, `count` how many processes it touches.
 */
export const gapSchema = z.object({
  code: z.enum([
    'links-denied',
    'processes-hidden',
    'process-vanished',
    'pid-reused',
    'part-missing',
    'malformed',
    'argv-ambiguous',
    'threads-unread',
    'kernel-lacks-type',
    'unknown-type',
    'baseline-unreadable',
    'baseline-lent',
    'no-scan',
    'unknown-container',
    'sandbox-doubtful',
  ]),
  detail: z.string(),
  count: z.number().int().nonnegative(),
  pids: z.array(z.number().int()).optional(),
})
export type Gap = z.infer<typeof gapSchema>

const inode = z.number().int().positive().max(Number.MAX_SAFE_INTEGER)

/** One process as one scan saw it. `starttime` in clock ticks since boot (proc_pid_stat(5), field 22). */
export const scannedProcessSchema = z.object({
  pid: z.number().int().positive(),
  ppid: z.number().int().nonnegative(),
  starttime: z.number().nonnegative(),
  /** One letter of proc_pid_stat(5): R S D Z T t X I … */
  state: z.string().length(1),
  /** Effective uid; null when status was unreadable. */
  uid: z.number().int().nonnegative().nullable(),
  /** PIDs of the process, outermost (the reader's PID namespace) first; proc_pid_status(5). */
  nspid: z.array(z.number().int()),
  comm: z.string(),
  /** Empty for kernel threads and zombies. */
  argv: z.array(z.string()),
  kernelThread: z.boolean(),
  /** Raw lines of /proc/PID/cgroup. */
  cgroup: z.array(z.string()),
  /** Inode per readable link; a missing key is an unreadable or absent link. */
  ns: z.partialRecord(z.enum(NAMESPACE_LINKS), inode),
  /** Threads that left namespaces of the process, with what they are in instead. */
  threads: z
    .array(z.object({ tid: z.number().int().positive(), ns: z.partialRecord(z.enum(NAMESPACE_TYPES), inode) }))
    .optional(),
  /** Why links are missing, when they are. */
  unreadable: z.enum(['denied', 'gone']).optional(),
})
export type ScannedProcess = z.infer<typeof scannedProcessSchema>

/** Users of a user namespace and who they are on the node: `count` of them from `inside` on. user_namespaces(7). */
export const uidRangeSchema = z.object({
  inside: z.number().int().nonnegative(),
  outside: z.number().int().nonnegative(),
  count: z.number().int().nonnegative(),
})
export type UidRange = z.infer<typeof uidRangeSchema>

/** A bind mount of a namespace file: it keeps the namespace alive without a process. */
export const pinSchema = z.object({ id: namespaceIdSchema, path: z.string() })
export type Pin = z.infer<typeof pinSchema>

export const nodeScanSchema = z.object({
  /** The node's hostname as the kernel's UTS namespace of PID 1 has it; null when the reader cannot tell. */
  hostname: z.string().nullable(),
  bootId: z.string().nullable(),
  kernel: z.string().nullable(),
  /** Seconds since boot. */
  uptime: z.number().nullable(),
  cgroupVersion: z.enum(['v1', 'v2']).nullable(),
  /** st_dev of nsfs on this kernel. */
  nsfsDevice: z.number().int().nonnegative().nullable(),
  processes: z.array(scannedProcessSchema),
  pins: z.array(pinSchema),
  gaps: z.array(gapSchema),
  /** Namespace types for which any process has a link: kernels may lack `time`. */
  types: z.array(z.enum(NAMESPACE_TYPES)),
  /** The maps of user namespaces other than the reader's, where they were read. */
  userMaps: z.array(z.object({ inode, ranges: z.array(uidRangeSchema) })).optional(),
  /** Who owns the /proc files of a network namespace: root of the user namespace that owns it, as the reader numbers users. */
  netOwners: z.array(z.object({ inode, uid: z.number().int().nonnegative() })).optional(),
})
export type NodeScan = z.infer<typeof nodeScanSchema>

import { z } from 'zod/mini'
import { namespaceIdSchema } from './namespace-id.ts'
import { NAMESPACE_LINKS, NAMESPACE_TYPES } from './namespace-type.ts'
import { toldSchema } from './told.ts'

/**
 * Something a scan could not tell. Never shown as data; always shown to the reader.
 * `code` says what is missing, `detail` why and what to do, in English, and `told` the same without its language; `count` how many processes it touches.
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
  /** Missing in what was recorded before there was one. */
  told: z.optional(toldSchema),
  count: z.int().check(z.nonnegative()),
  pids: z.optional(z.array(z.int())),
})
export type Gap = z.infer<typeof gapSchema>

const inode = z.int().check(z.positive())

/** One process as one scan saw it. `starttime` in clock ticks since boot (proc_pid_stat(5), field 22). */
export const scannedProcessSchema = z.object({
  pid: z.int().check(z.positive()),
  ppid: z.int().check(z.nonnegative()),
  starttime: z.number().check(z.nonnegative()),
  /** One letter of proc_pid_stat(5): R S D Z T t X I … */
  state: z.string().check(z.length(1)),
  /** Effective uid; null when status was unreadable. */
  uid: z.nullable(z.int().check(z.nonnegative())),
  /** PIDs of the process, outermost (the reader's PID namespace) first; proc_pid_status(5). */
  nspid: z.array(z.int()),
  comm: z.string(),
  /** Empty for kernel threads and zombies. */
  argv: z.array(z.string()),
  kernelThread: z.boolean(),
  /** Raw lines of /proc/PID/cgroup. */
  cgroup: z.array(z.string()),
  /** Inode per readable link; a missing key is an unreadable or absent link. */
  ns: z.partialRecord(z.enum(NAMESPACE_LINKS), inode),
  /** Threads that left namespaces of the process, with what they are in instead. */
  threads: z.optional(
    z.array(z.object({ tid: z.int().check(z.positive()), ns: z.partialRecord(z.enum(NAMESPACE_TYPES), inode) })),
  ),
  /** Why links are missing, when they are. */
  unreadable: z.optional(z.enum(['denied', 'gone'])),
})
export type ScannedProcess = z.infer<typeof scannedProcessSchema>

/** Users of a user namespace and who they are on the node: `count` of them from `inside` on. user_namespaces(7). */
export const uidRangeSchema = z.object({
  inside: z.int().check(z.nonnegative()),
  outside: z.int().check(z.nonnegative()),
  count: z.int().check(z.nonnegative()),
})
export type UidRange = z.infer<typeof uidRangeSchema>

/** A bind mount of a namespace file: it keeps the namespace alive without a process. */
export const pinSchema = z.object({ id: namespaceIdSchema, path: z.string() })
export type Pin = z.infer<typeof pinSchema>

export const nodeScanSchema = z.object({
  /** The node's hostname as the kernel's UTS namespace of PID 1 has it; null when the reader cannot tell. */
  hostname: z.nullable(z.string()),
  bootId: z.nullable(z.string()),
  kernel: z.nullable(z.string()),
  /** Seconds since boot. */
  uptime: z.nullable(z.number()),
  cgroupVersion: z.nullable(z.enum(['v1', 'v2'])),
  /** st_dev of nsfs on this kernel. */
  nsfsDevice: z.nullable(z.int().check(z.nonnegative())),
  processes: z.array(scannedProcessSchema),
  pins: z.array(pinSchema),
  gaps: z.array(gapSchema),
  /** Namespace types for which any process has a link: kernels may lack `time`. */
  types: z.array(z.enum(NAMESPACE_TYPES)),
  /** The maps of user namespaces other than the reader's, where they were read. */
  userMaps: z.optional(z.array(z.object({ inode, ranges: z.array(uidRangeSchema) }))),
  /** Who owns the /proc files of a network namespace: root of the user namespace that owns it, as the reader numbers users. */
  netOwners: z.optional(z.array(z.object({ inode, uid: z.int().check(z.nonnegative()) }))),
})
export type NodeScan = z.infer<typeof nodeScanSchema>

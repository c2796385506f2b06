import { z } from 'zod/mini'
import { namespaceIdSchema } from './namespace-id.ts'
import { NAMESPACE_TYPES } from './namespace-type.ts'
import { gapSchema, pinSchema, scannedProcessSchema, uidRangeSchema } from './node-scan.ts'
import { nodeFactsSchema, podSchema } from './pod.ts'

/** A process of the pod and the container (or sandbox) its cgroup path names. */
export const podProcessSchema = z.extend(scannedProcessSchema, { containerId: z.string() })
export type PodProcess = z.infer<typeof podProcessSchema>

/** Who else is in a namespace: a process outside the pod, with its pod where it has one. */
export const outsiderSchema = z.object({
  pid: z.int(),
  command: z.string(),
  pod: z.nullable(z.string()),
})

/** One namespace as the whole node sees it: what `lsns` prints of it, its pins, who else is in it. */
export const namespaceCensusSchema = z.object({
  id: namespaceIdSchema,
  /** Processes of the whole node in it. */
  nprocs: z.int().check(z.nonnegative()),
  /** The lowest PID in it, as lsns names it; null when only a pin keeps it. */
  lowest: z.nullable(
    z.object({
      pid: z.int(),
      ppid: z.int(),
      uid: z.nullable(z.int()),
      command: z.string(),
    }),
  ),
  /** PID of the oldest process in it: who was there first. PIDs wrap around, so this need not be the lowest. */
  oldest: z.optional(z.int()),
  pins: z.array(pinSchema),
  /** Of a user namespace: its users, and who they are on the node. */
  uidMap: z.optional(z.array(uidRangeSchema)),
  /** Of a network namespace: the node's number for root of the user namespace that owns it, where it was measured. */
  ownerUid: z.optional(z.int().check(z.nonnegative())),
  outside: z.object({
    /** Processes in it that are not the pod's. */
    processes: z.int().check(z.nonnegative()),
    /** Other pods with a process in it, `namespace/name`, sorted; at most 20. */
    pods: z.array(z.string()),
    /** How many other pods, named or not. */
    podCount: z.int().check(z.nonnegative()),
    /** The lowest PIDs among them; at most 20. */
    examples: z.array(outsiderSchema),
  }),
})
export type NamespaceCensus = z.infer<typeof namespaceCensusSchema>

/** A sandbox: an id in the pod's cgroup that no container status names. Its process, where there is one, is pause. */
export const sandboxSchema = z.object({
  id: z.string(),
  pid: z.nullable(z.int()),
  starttime: z.nullable(z.number()),
})

/**
 * Where live, recorded and offline data meet: a pod, its part of a node scan, the node's baseline and who else is
 * in the same namespaces. Nothing after it knows where it came from.
 */
export const observationSchema = z.object({
  /** When the scan ended, ISO 8601 in UTC. */
  at: z.string(),
  cluster: z.object({ name: z.nullable(z.string()), version: z.nullable(z.string()) }),
  node: z.extend(nodeFactsSchema, {
    hostname: z.nullable(z.string()),
    bootId: z.nullable(z.string()),
    cgroupVersion: z.nullable(z.enum(['v1', 'v2'])),
    uptime: z.nullable(z.number()),
  }),
  pod: podSchema,
  /** False: there was no scan of the node; the pod's containers are known from the API server only. */
  scanned: z.boolean(),
  sandboxes: z.array(sandboxSchema),
  processes: z.array(podProcessSchema),
  /** The namespaces of the node's PID 1, or what stands in for it (gap `baseline-lent`). A missing type is not known. */
  baseline: z.partialRecord(z.enum(NAMESPACE_TYPES), namespaceIdSchema),
  namespaces: z.array(namespaceCensusSchema),
  gaps: z.array(gapSchema),
})
export type Observation = z.infer<typeof observationSchema>

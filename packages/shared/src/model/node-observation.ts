import { z } from 'zod/mini'
import { isolationSchema } from './isolation.ts'
import { NAMESPACE_TYPES } from './namespace-type.ts'
import { gapSchema } from './node-scan.ts'
import { observationSchema } from './observation.ts'
import { CONTAINER_KINDS, containerStateSchema, podSchema } from './pod.ts'

const inode = z.int().check(z.positive())
const count = z.int().check(z.nonnegative())
const links = z.partialRecord(z.enum(NAMESPACE_TYPES), inode)

/** Where a namespace of the node is used: by the node itself, by one pod, by several, or by none. */
export const NODE_SCOPES = ['node', 'pod', 'shared', 'none'] as const
export type NodeScope = (typeof NODE_SCOPES)[number]

/** A container or sandbox of a pod, as little of it as says where it is. */
export const nodeContainerSchema = z.object({
  /** As in the pod's graph: `sandbox:<id>`, `container:<name>`, or `unknown:<id>` where only the node knows it. */
  key: z.string(),
  kind: z.enum(['sandbox', ...CONTAINER_KINDS, 'unknown']),
  name: z.string(),
  state: containerStateSchema,
  privileged: z.optional(z.boolean()),
  targetContainerName: z.optional(z.string()),
  /** Its first process; null when it has none. */
  pid: z.nullable(z.int()),
  /** What its first process is, where its name does not tell: of a sandbox that is not pause, and of unknown containers. */
  comm: z.optional(z.string()),
  nprocs: count,
  /** Inodes of the first process by type; a missing type could not be read. */
  ns: links,
  unreadable: z.optional(z.enum(['denied', 'gone'])),
  /**
   * Processes, or single threads of them (`tid`), in other namespaces than the first one's: the oldest for each such set of
   * namespaces.
   */
  apart: z.optional(z.array(z.object({ pid: z.int(), tid: z.optional(z.int()), comm: z.string(), ns: links }))),
})
export type NodeContainer = z.infer<typeof nodeContainerSchema>

export const nodePodSchema = z.extend(
  z.pick(podSchema, {
    namespace: true,
    name: true,
    uid: true,
    phase: true,
    status: true,
    hostNetwork: true,
    hostPID: true,
    hostIPC: true,
    hostUsers: true,
    shareProcessNamespace: true,
    runtimeClassName: true,
    windows: true,
  }),
  {
    /** The sandboxes first, then as the spec has them, then those that only the node knows. */
    containers: z.array(nodeContainerSchema),
    isolation: z.optional(isolationSchema),
    /** What could not be told of this pod alone. */
    gaps: z.optional(z.array(gapSchema)),
  },
)
export type NodePod = z.infer<typeof nodePodSchema>

/** What runs on the node in containers without being one of its pods. */
export const unlistedSchema = z.object({
  /** pod: the API server does not name it, it is deleted this moment or hidden · container: of docker, podman, … and of no pod. */
  kind: z.enum(['pod', 'container']),
  /** The pod's UID as its cgroup has it, or the container's id. */
  id: z.string(),
  /** Of a container: what its cgroup is named after, `docker`, `libpod`. */
  engine: z.optional(z.string()),
  containers: z.array(nodeContainerSchema),
})
export type Unlisted = z.infer<typeof unlistedSchema>

export const nodeNamespaceSchema = z.object({
  type: z.enum(NAMESPACE_TYPES),
  inode,
  scope: z.enum(NODE_SCOPES),
  nprocs: count,
  /** The lowest PID in it, as lsns names it; null when only a pin keeps it. */
  lowest: z.nullable(z.int()),
  /** Where it is pinned. */
  pins: z.optional(z.array(z.string())),
  /** Positions of those with a process in it: in `pods` and, counted on from its end, in `unlisted`. */
  pods: z.array(count),
  /** Processes in it that are in none of them. */
  others: z.optional(count),
  /** Where they meet each other or other processes: position of the one that was there first; null: none of them was. */
  first: z.optional(z.nullable(count)),
})
export type NodeNamespace = z.infer<typeof nodeNamespaceSchema>

/** Longer commands are cut: thousands stand in one observation. */
export const NODE_COMMAND_MAX = 1000

export const nodeProcessSchema = z.object({
  pid: z.int(),
  ppid: z.int(),
  uid: z.nullable(z.int()),
  /** At most NODE_COMMAND_MAX characters. */
  command: z.string(),
})

/**
 * A whole node in one scan: all its pods and all its namespaces, and no more of each than a view of the node needs.
 * One pod in full is an `Observation`.
 */
export const nodeObservationSchema = z.object({
  at: observationSchema.shape.at,
  cluster: observationSchema.shape.cluster,
  node: observationSchema.shape.node,
  /** False: there was no scan; the pods are known from the API server only. */
  scanned: z.boolean(),
  /** How many processes the scan saw, and how many of them are in no pod. */
  processes: z.object({ all: count, ofNoPod: count }),
  /** Sorted by namespace and name. */
  pods: z.array(nodePodSchema),
  /** Pods by UID, then containers by id. */
  unlisted: z.optional(z.array(unlistedSchema)),
  /** In their fixed order: by type, then by inode. */
  namespaces: z.array(nodeNamespaceSchema),
  /** The processes that `lowest` speaks of, by PID. */
  lowest: z.array(nodeProcessSchema),
  /** Inodes of the node's PID 1. A missing type was unreadable. */
  baseline: links,
  gaps: z.array(gapSchema),
})
export type NodeObservation = z.infer<typeof nodeObservationSchema>

import { z } from 'zod'

export const CONTAINER_KINDS = ['init', 'sidecar', 'app', 'ephemeral'] as const
export type ContainerKind = (typeof CONTAINER_KINDS)[number]

/** State of a container as the API server tells it; kubelet writes it, so it may lag behind the node. */
export const containerStateSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('running'), startedAt: z.string().nullable() }),
  z.object({
    kind: z.literal('waiting'),
    reason: z.string().nullable(),
    message: z.string().nullable(),
  }),
  z.object({
    kind: z.literal('terminated'),
    reason: z.string().nullable(),
    exitCode: z.number().int().nullable(),
    finishedAt: z.string().nullable(),
  }),
  z.object({ kind: z.literal('unknown') }),
])
export type ContainerState = z.infer<typeof containerStateSchema>

/** How an instance of a container ended. */
export const lastExitSchema = z.object({
  reason: z.string().nullable(),
  exitCode: z.number().int().nullable(),
  finishedAt: z.string().nullable(),
})
export type LastExit = z.infer<typeof lastExitSchema>

export const podContainerSchema = z.object({
  name: z.string(),
  kind: z.enum(CONTAINER_KINDS),
  image: z.string(),
  /** Container id without the `runtime://` prefix; null until the runtime made one. */
  id: z.string().nullable(),
  /** Id of the instance before this one, where the API still names it: its last processes may outlive a restart. */
  previousId: z.string().optional(),
  state: containerStateSchema,
  /** How the instance before this one ended, where the API still tells it. */
  lastExit: lastExitSchema.optional(),
  ready: z.boolean(),
  restartCount: z.number().int().nonnegative(),
  privileged: z.boolean(),
  /** For ephemeral containers: whose pid namespace it asked to join. */
  targetContainerName: z.string().nullable(),
})
export type PodContainer = z.infer<typeof podContainerSchema>

/** The facts of a Kubernetes Pod that matter here. */
export const podSchema = z.object({
  namespace: z.string(),
  name: z.string(),
  uid: z.string(),
  /** `kubernetes.io/config.hash`: static pods have it as pod UID in their cgroup path. */
  configHash: z.string().nullable(),
  nodeName: z.string().nullable(),
  /** Pending, Running, Succeeded, Failed, Unknown; as the API has it. */
  phase: z.string(),
  /** What `kubectl get pods` prints in STATUS. */
  status: z.string(),
  reason: z.string().nullable(),
  podIPs: z.array(z.string()),
  hostname: z.string(),
  createdAt: z.string().nullable(),
  deletedAt: z.string().nullable(),
  hostNetwork: z.boolean(),
  hostPID: z.boolean(),
  hostIPC: z.boolean(),
  /** null: the field is not set, which means true. */
  hostUsers: z.boolean().nullable(),
  shareProcessNamespace: z.boolean(),
  runtimeClassName: z.string().nullable(),
  /** True when `spec.os.name` is windows. */
  windows: z.boolean(),
  containers: z.array(podContainerSchema),
})
export type Pod = z.infer<typeof podSchema>

/** What a list of pods needs of each; the server sends no more. */
export const podSummarySchema = z.object({
  namespace: z.string(),
  name: z.string(),
  uid: z.string(),
  nodeName: z.string().nullable(),
  status: z.string(),
  phase: z.string(),
  ready: z.number().int(),
  containers: z.number().int(),
  restarts: z.number().int(),
})
export type PodSummary = z.infer<typeof podSummarySchema>

/** The facts of a Kubernetes Node that matter here. */
export const nodeFactsSchema = z.object({
  name: z.string(),
  /** `containerd`, `cri-o`, `docker`, …; null when the Node object was not readable. */
  runtime: z.string().nullable(),
  runtimeVersion: z.string().nullable(),
  kubeletVersion: z.string().nullable(),
  kernel: z.string().nullable(),
  os: z.string().nullable(),
  osImage: z.string().nullable(),
  ready: z.boolean().nullable(),
})
export type NodeFacts = z.infer<typeof nodeFactsSchema>

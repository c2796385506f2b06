import { z } from 'zod/mini'

export const CONTAINER_KINDS = ['init', 'sidecar', 'app', 'ephemeral'] as const
export type ContainerKind = (typeof CONTAINER_KINDS)[number]

/** State of a container as the API server tells it; kubelet writes it, so it may lag behind the node. */
export const containerStateSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('running'), startedAt: z.nullable(z.string()) }),
  z.object({
    kind: z.literal('waiting'),
    reason: z.nullable(z.string()),
    message: z.nullable(z.string()),
  }),
  z.object({
    kind: z.literal('terminated'),
    reason: z.nullable(z.string()),
    exitCode: z.nullable(z.int()),
    finishedAt: z.nullable(z.string()),
  }),
  z.object({ kind: z.literal('unknown') }),
])
export type ContainerState = z.infer<typeof containerStateSchema>

/** How an instance of a container ended. */
export const lastExitSchema = z.object({
  reason: z.nullable(z.string()),
  exitCode: z.nullable(z.int()),
  finishedAt: z.nullable(z.string()),
})
export type LastExit = z.infer<typeof lastExitSchema>

/** The kinds of volume that are told apart; all the rest is `other`. */
export const VOLUME_KINDS = [
  'emptyDir',
  'configMap',
  'secret',
  'projected',
  /** A projected volume with a token of the service account. */
  'serviceAccount',
  'downwardAPI',
  'persistentVolumeClaim',
  'ephemeral',
  'hostPath',
  'csi',
  'nfs',
  'image',
  'other',
] as const
export type VolumeKind = (typeof VOLUME_KINDS)[number]

/** A volume of the pod's spec. */
export const podVolumeSchema = z.object({
  name: z.string(),
  kind: z.enum(VOLUME_KINDS),
  /** The claim, ConfigMap, Secret, folder of the node, CSI driver; `Memory` for an emptyDir in memory. */
  ref: z.optional(z.string()),
})
export type PodVolume = z.infer<typeof podVolumeSchema>

/** A container's wish to see a volume. */
export const volumeMountSchema = z.object({
  volume: z.string(),
  path: z.string(),
  readOnly: z.optional(z.boolean()),
  /** Only this part of the volume; with `subPathExpr` the expression as it is written. */
  subPath: z.optional(z.string()),
  propagation: z.optional(z.enum(['HostToContainer', 'Bidirectional'])),
})
export type VolumeMount = z.infer<typeof volumeMountSchema>

export const podContainerSchema = z.object({
  name: z.string(),
  kind: z.enum(CONTAINER_KINDS),
  image: z.string(),
  /** Container id without the `runtime://` prefix; null until the runtime made one. */
  id: z.nullable(z.string()),
  /** Id of the instance before this one, where the API still names it: its last processes may outlive a restart. */
  previousId: z.optional(z.string()),
  state: containerStateSchema,
  /** How the instance before this one ended, where the API still tells it. */
  lastExit: z.optional(lastExitSchema),
  ready: z.boolean(),
  restartCount: z.int().check(z.nonnegative()),
  privileged: z.boolean(),
  /** For ephemeral containers: whose pid namespace it asked to join. */
  targetContainerName: z.nullable(z.string()),
  /** Missing: none, or recorded by an older Pausescope. */
  volumeMounts: z.optional(z.array(volumeMountSchema)),
})
export type PodContainer = z.infer<typeof podContainerSchema>

/** The facts of a Kubernetes Pod that matter here. */
export const podSchema = z.object({
  namespace: z.string(),
  name: z.string(),
  uid: z.string(),
  /** `kubernetes.io/config.hash`: static pods have it as pod UID in their cgroup path. */
  configHash: z.nullable(z.string()),
  nodeName: z.nullable(z.string()),
  /** Pending, Running, Succeeded, Failed, Unknown; as the API has it. */
  phase: z.string(),
  /** What `kubectl get pods` prints in STATUS. */
  status: z.string(),
  reason: z.nullable(z.string()),
  podIPs: z.array(z.string()),
  /** Empty: it cannot be told. */
  hostname: z.string(),
  createdAt: z.nullable(z.string()),
  deletedAt: z.nullable(z.string()),
  hostNetwork: z.boolean(),
  hostPID: z.boolean(),
  hostIPC: z.boolean(),
  /** null: the field is not set, which means true. */
  hostUsers: z.nullable(z.boolean()),
  shareProcessNamespace: z.boolean(),
  runtimeClassName: z.nullable(z.string()),
  /** True when `spec.os.name` is windows. */
  windows: z.boolean(),
  containers: z.array(podContainerSchema),
  /** Missing: none, or recorded by an older Pausescope. */
  volumes: z.optional(z.array(podVolumeSchema)),
})
export type Pod = z.infer<typeof podSchema>

/** What a list of pods needs of each; the server sends no more. */
export const podSummarySchema = z.object({
  namespace: z.string(),
  name: z.string(),
  uid: z.string(),
  nodeName: z.nullable(z.string()),
  status: z.string(),
  phase: z.string(),
  ready: z.int(),
  containers: z.int(),
  restarts: z.int(),
})
export type PodSummary = z.infer<typeof podSummarySchema>

/** The facts of a Kubernetes Node that matter here. */
export const nodeFactsSchema = z.object({
  name: z.string(),
  /** `containerd`, `cri-o`, `docker`, …; null when the Node object was not readable. */
  runtime: z.nullable(z.string()),
  runtimeVersion: z.nullable(z.string()),
  kubeletVersion: z.nullable(z.string()),
  kernel: z.nullable(z.string()),
  os: z.nullable(z.string()),
  osImage: z.nullable(z.string()),
  ready: z.nullable(z.boolean()),
})
export type NodeFacts = z.infer<typeof nodeFactsSchema>

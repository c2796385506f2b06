import { z } from 'zod'

// The whole of zod, not zod/mini: no page loads this, and the server reads thousands of pods twice as fast with it.

/** A list the API server may leave out or, from Go's nil slices, send as null. */
function list<Item extends z.ZodType>(item: Item) {
  return z
    .array(item)
    .nullish()
    .transform((items) => items ?? [])
}

const text = z.string().nullish()
const flag = z.boolean().nullish()
const count = z.number().nullish()

const terminated = z.object({
  exitCode: count,
  signal: count,
  reason: text,
  finishedAt: text,
  containerID: text,
})

const state = z
  .object({
    waiting: z.object({ reason: text, message: text }).nullish(),
    running: z.object({ startedAt: text }).nullish(),
    terminated: terminated.nullish(),
  })
  .nullish()

const volume = z.looseObject({ name: z.string() })

const volumeMount = z.object({
  name: z.string(),
  mountPath: z.string(),
  readOnly: flag,
  subPath: text,
  subPathExpr: text,
  mountPropagation: text,
})

const container = z.object({
  name: z.string(),
  image: text,
  restartPolicy: text,
  targetContainerName: text,
  volumeMounts: list(volumeMount),
  securityContext: z.object({ privileged: flag }).nullish(),
})

const status = z.object({
  name: z.string(),
  containerID: text,
  ready: flag,
  started: flag,
  restartCount: count,
  state,
  lastState: state,
})

/** The fields of a Pod that are read, as leniently as the API server writes them. */
export const rawPodSchema = z.object({
  metadata: z.object({
    namespace: text,
    name: z.string(),
    uid: z.string(),
    creationTimestamp: text,
    deletionTimestamp: text,
    annotations: z.record(z.string(), z.string()).nullish(),
  }),
  spec: z.object({
    nodeName: text,
    hostname: text,
    hostnameOverride: text,
    subdomain: text,
    setHostnameAsFQDN: flag,
    hostNetwork: flag,
    hostPID: flag,
    hostIPC: flag,
    hostUsers: flag,
    shareProcessNamespace: flag,
    runtimeClassName: text,
    os: z.object({ name: text }).nullish(),
    initContainers: list(container),
    containers: list(container),
    ephemeralContainers: list(container),
    volumes: list(volume),
  }),
  status: z
    .object({
      phase: text,
      reason: text,
      podIP: text,
      podIPs: list(z.object({ ip: text })),
      conditions: list(z.object({ type: text, status: text, reason: text })),
      initContainerStatuses: list(status),
      containerStatuses: list(status),
      ephemeralContainerStatuses: list(status),
    })
    .nullish(),
})
export type RawPod = z.infer<typeof rawPodSchema>
export type RawStatus = z.infer<typeof status>
export type RawTerminated = z.infer<typeof terminated>
export type RawContainer = z.infer<typeof container>
export type RawVolume = z.infer<typeof volume>
export type RawVolumeMount = z.infer<typeof volumeMount>

/** The fields of a Node that are read. */
export const rawNodeSchema = z.object({
  metadata: z.object({ name: z.string() }),
  status: z
    .object({
      conditions: list(z.object({ type: text, status: text })),
      nodeInfo: z
        .object({
          containerRuntimeVersion: text,
          kubeletVersion: text,
          kernelVersion: text,
          operatingSystem: text,
          osImage: text,
        })
        .nullish(),
    })
    .nullish(),
})

/** An init container that stays: a native sidecar (KEP-753). */
export function isSidecar(container: Pick<RawContainer, 'restartPolicy'> | undefined): boolean {
  return container?.restartPolicy === 'Always'
}

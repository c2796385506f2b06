import type { z } from 'zod'
import type { ContainerKind, ContainerState, LastExit, NodeFacts, Pod, PodContainer, PodSummary } from '../model/pod.ts'
import { describeValue, KubeObjectError } from './kube-object-error.ts'
import { podStatus } from './pod-status.ts'
import { parseVolume, parseVolumeMount } from './pod-volumes.ts'
import {
  isSidecar,
  type RawContainer,
  type RawPod,
  type RawStatus,
  type RawTerminated,
  rawNodeSchema,
  rawPodSchema,
} from './raw-pod.ts'

/**
 * Reads a Pod as the API server gives it; `kind` may be missing, as it is in lists.
 * @throws KubeObjectError when it is something else.
 */
export function parsePod(object: unknown): Pod {
  const raw = parseObject(object, 'Pod', rawPodSchema)
  const { metadata, spec, status } = raw
  const ips = (status?.podIPs ?? []).map((one) => one.ip ?? '').filter((ip) => ip !== '')
  return {
    namespace: metadata.namespace || 'default',
    name: metadata.name,
    uid: metadata.uid,
    configHash: configHashOf(raw),
    nodeName: spec.nodeName || null,
    phase: status?.phase || 'Unknown',
    status: podStatus(raw),
    reason: status?.reason || null,
    podIPs: ips.length > 0 || !status?.podIP ? ips : [status.podIP],
    hostname: hostnameOf(raw),
    createdAt: metadata.creationTimestamp ?? null,
    deletedAt: metadata.deletionTimestamp ?? null,
    hostNetwork: spec.hostNetwork ?? false,
    hostPID: spec.hostPID ?? false,
    hostIPC: spec.hostIPC ?? false,
    hostUsers: spec.hostUsers ?? null,
    shareProcessNamespace: spec.shareProcessNamespace ?? false,
    runtimeClassName: spec.runtimeClassName || null,
    windows: spec.os?.name === 'windows',
    containers: [
      ...parseContainers(spec.initContainers, status?.initContainerStatuses, (one) =>
        isSidecar(one) ? 'sidecar' : 'init',
      ),
      ...parseContainers(spec.containers, status?.containerStatuses, () => 'app'),
      ...parseContainers(spec.ephemeralContainers, status?.ephemeralContainerStatuses, () => 'ephemeral'),
    ],
    ...(spec.volumes.length > 0 ? { volumes: spec.volumes.map(parseVolume) } : {}),
  }
}

/**
 * Reads a Node as the API server gives it.
 * @throws KubeObjectError when it is something else.
 */
export function parseNode(object: unknown): NodeFacts {
  const { metadata, status } = parseObject(object, 'Node', rawNodeSchema)
  const info = status?.nodeInfo
  const [runtime, version] = (info?.containerRuntimeVersion ?? '').split('://', 2)
  const ready = status?.conditions.find((one) => one.type === 'Ready')
  return {
    name: metadata.name,
    runtime: runtime || null,
    runtimeVersion: version || null,
    kubeletVersion: info?.kubeletVersion || null,
    kernel: info?.kernelVersion || null,
    os: info?.operatingSystem || null,
    osImage: info?.osImage || null,
    ready: ready ? ready.status === 'True' : null,
  }
}

/** What a list of pods shows of one, with READY and RESTARTS as `kubectl get pods` counts them. */
export function summarizePod(pod: Pod): PodSummary {
  // A sidecar that fails later gives the same STATUS, but then the apps have been started.
  const isStarted = pod.containers.some(({ kind, state }) => kind === 'app' && state.kind !== 'waiting')
  const initializing = pod.status.startsWith('Init:') && !isStarted
  const counted = pod.containers.filter(({ kind }) => kind === 'app' || kind === 'sidecar')
  const restarted = initializing ? pod.containers.filter(({ kind }) => kind === 'init' || kind === 'sidecar') : counted
  return {
    namespace: pod.namespace,
    name: pod.name,
    uid: pod.uid,
    nodeName: pod.nodeName,
    status: pod.status,
    phase: pod.phase,
    ready: counted.filter((one) => one.ready && one.state.kind === 'running').length,
    containers: counted.length,
    restarts: restarted.reduce((sum, one) => sum + one.restartCount, 0),
  }
}

function parseObject<Output>(object: unknown, kind: 'Pod' | 'Node', schema: z.ZodType<Output>): Output {
  const wrong = kind === 'Pod' ? 'wrong-kind' : 'wrong-node'
  if (typeof object !== 'object' || object === null || Array.isArray(object)) {
    throw new KubeObjectError(wrong, `Expected a ${kind}, got ${describeValue(object)}.`)
  }
  const found = (object as { kind?: unknown }).kind
  if (found !== undefined && found !== kind) {
    throw new KubeObjectError(wrong, `Expected a ${kind}, got ${describeValue(object)}.`)
  }
  const result = schema.safeParse(object)
  if (result.success) return result.data
  const issue = result.error.issues[0]
  const field = issue?.path.join('.') || 'it'
  throw new KubeObjectError('malformed', `This ${kind} cannot be read: ${field}: ${issue?.message ?? 'unknown fault'}.`)
}

/**
 * The pod UID that a static pod has in its cgroup path. Only a mirror pod or one from a file has it: on any other pod
 * the annotation is a user's text and must not claim processes.
 */
function configHashOf({ metadata: { annotations } }: RawPod): string | null {
  const source = annotations?.['kubernetes.io/config.source']
  const isStatic = annotations?.['kubernetes.io/config.mirror'] !== undefined || source === 'file' || source === 'http'
  return (isStatic && annotations?.['kubernetes.io/config.hash']) || null
}

/**
 * As the kubelet makes it (GeneratePodHostNameAndDomain): at most 63 characters, no trailing dash or dot. Empty where it ends
 * in the cluster's domain, which no pod tells.
 */
function hostnameOf({ metadata, spec }: RawPod): string {
  if (spec.hostnameOverride) return spec.hostnameOverride
  if (spec.setHostnameAsFQDN && spec.subdomain) return ''
  const name = spec.hostname || metadata.name
  return name.length <= 63 ? name : name.slice(0, 63).replace(/[-.]+$/, '')
}

function parseContainers(
  specs: readonly RawContainer[],
  statuses: readonly RawStatus[] | undefined,
  kindOf: (container: RawContainer) => ContainerKind,
): PodContainer[] {
  const byName = new Map(statuses?.map((status) => [status.name, status]))
  return specs.map((spec) => {
    const status = byName.get(spec.name)
    const last = status?.lastState?.terminated
    const previous = bareId(last?.containerID)
    const id = bareId(status?.containerID) ?? bareId(status?.state?.terminated?.containerID)
    return {
      name: spec.name,
      kind: kindOf(spec),
      image: spec.image ?? '',
      id,
      ...(previous !== null && previous !== id ? { previousId: previous } : {}),
      state: stateOf(status),
      ...(last ? { lastExit: exitOf(last) } : {}),
      ready: status?.ready ?? false,
      restartCount: Math.max(0, Math.trunc(status?.restartCount ?? 0)),
      privileged: spec.securityContext?.privileged ?? false,
      targetContainerName: spec.targetContainerName || null,
      ...(spec.volumeMounts.length > 0 ? { volumeMounts: spec.volumeMounts.map(parseVolumeMount) } : {}),
    }
  })
}

/** `containerd://8d9e…` without its runtime. */
function bareId(id: string | null | undefined): string | null {
  return id?.slice(id.lastIndexOf('/') + 1) || null
}

/** A status without a state means waiting (ContainerState in the API reference). */
function stateOf(status: RawStatus | undefined): ContainerState {
  if (!status) return { kind: 'unknown' }
  const { running, terminated, waiting } = status.state ?? {}
  if (running) return { kind: 'running', startedAt: running.startedAt ?? null }
  if (terminated) return { kind: 'terminated', ...exitOf(terminated) }
  return { kind: 'waiting', reason: waiting?.reason || null, message: waiting?.message || null }
}

function exitOf({ reason, exitCode, finishedAt }: RawTerminated): LastExit {
  return { reason: reason || null, exitCode: exitCode ?? null, finishedAt: finishedAt ?? null }
}

import { release } from 'node:os'
import type { Containerd } from './containerd.ts'
import type { ContainerStatus } from './cri-client.ts'
import type { CriPod, PodContainerHandle } from './cri-pod.ts'
import { BUSYBOX_IMAGE } from './images.ts'

/** The Pod object the API server would show for this pod at this moment, as `kubectl get pod -o json` prints it. */
export async function toApiPod(pod: CriPod): Promise<object> {
  const { plan } = pod
  const ip = await pod.ip()
  const listed = await Promise.all(
    pod.containers.map(async (container) => ({ container, status: apiStatus(container, await pod.status(container)) })),
  )
  const statuses = (...kinds: PodContainerHandle['kind'][]) =>
    listed.filter(({ container }) => kinds.includes(container.kind)).map(({ status }) => status)
  const specs = (...kinds: PodContainerHandle['kind'][]) =>
    pod.containers.filter(({ kind }) => kinds.includes(kind)).map(apiSpec)
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name: plan.name,
      namespace: plan.namespace,
      uid: plan.uid,
      creationTimestamp: apiTime(pod.createdAt.getTime()),
      ...(plan.configHash && {
        annotations: {
          'kubernetes.io/config.hash': plan.configHash,
          'kubernetes.io/config.mirror': plan.configHash,
          'kubernetes.io/config.source': 'file',
        },
      }),
    },
    spec: {
      nodeName: pod.nodeName,
      restartPolicy: 'Always',
      ...(plan.hostNetwork && { hostNetwork: true }),
      ...(plan.hostPID && { hostPID: true }),
      ...(plan.hostIPC && { hostIPC: true }),
      ...(plan.shareProcessNamespace && { shareProcessNamespace: true }),
      ...(plan.runtimeClassName && { runtimeClassName: plan.runtimeClassName }),
      ...(plan.volumes && { volumes: plan.volumes.map((name) => ({ name, emptyDir: {} })) }),
      initContainers: specs('init', 'sidecar'),
      containers: specs('app'),
      ephemeralContainers: specs('ephemeral'),
    },
    status: {
      phase: 'Running',
      qosClass: 'BestEffort',
      podIPs: ip === null ? [] : [{ ip }],
      initContainerStatuses: statuses('init', 'sidecar'),
      containerStatuses: statuses('app'),
      ephemeralContainerStatuses: statuses('ephemeral'),
    },
  }
}

/** The Node object for the node the runtime runs on. */
export function toApiNode(runtime: Containerd): object {
  return {
    apiVersion: 'v1',
    kind: 'Node',
    metadata: { name: runtime.node.name },
    status: {
      conditions: [{ type: 'Ready', status: 'True' }],
      nodeInfo: {
        containerRuntimeVersion: `containerd://${runtime.version}`,
        kernelVersion: release(),
        operatingSystem: 'linux',
      },
    },
  }
}

function apiSpec({ plan, kind }: PodContainerHandle): object {
  return {
    name: plan.name,
    image: BUSYBOX_IMAGE,
    command: plan.command,
    ...('volumeMounts' in plan && { volumeMounts: plan.volumeMounts }),
    ...(kind === 'sidecar' && { restartPolicy: 'Always' }),
    ...('targetContainerName' in plan && { targetContainerName: plan.targetContainerName }),
    ...('privileged' in plan && { securityContext: { privileged: plan.privileged } }),
  }
}

function apiStatus(container: PodContainerHandle, status: ContainerStatus): object {
  return {
    name: container.plan.name,
    image: BUSYBOX_IMAGE,
    imageID: status.image_ref,
    containerID: `containerd://${container.id}`,
    ready: status.state === 'CONTAINER_RUNNING',
    restartCount: container.restarts,
    state: apiState(status),
    lastState:
      container.previousId === null ? {} : { terminated: { containerID: `containerd://${container.previousId}` } },
  }
}

function apiState(status: ContainerStatus): object {
  const startedAt = apiTime(Number(status.started_at) / 1e6)
  if (status.state === 'CONTAINER_RUNNING') return { running: { startedAt } }
  if (status.state === 'CONTAINER_EXITED') {
    const finishedAt = apiTime(Number(status.finished_at) / 1e6)
    return { terminated: { exitCode: status.exit_code, reason: status.reason, startedAt, finishedAt } }
  }
  return { waiting: { reason: 'ContainerCreating' } }
}

/** The API server drops fractions of seconds. */
function apiTime(milliseconds: number): string {
  return new Date(milliseconds).toISOString().replace(/\.\d+Z$/, 'Z')
}

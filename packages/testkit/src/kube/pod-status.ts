import type { PodObject, PodStatus } from './kube-object.ts'

function now(): string {
  return `${new Date().toISOString().slice(0, 19)}Z`
}

function condition(type: string, status: 'True' | 'False', more: object = {}): object {
  return { type, status, lastProbeTime: null, lastTransitionTime: now(), ...more }
}

/** Pending, as the scheduler leaves a pod that fits nowhere. */
export function unschedulable(pod: PodObject): PodStatus {
  const message = "0/1 nodes are available: 1 node(s) didn't match Pod's node affinity/selector."
  return {
    ...pod.status,
    phase: 'Pending',
    conditions: [condition('PodScheduled', 'False', { reason: 'Unschedulable', message })],
  }
}

/** Pending on its node, containers being made. */
export function startingStatus(pod: PodObject, hostIP: string): PodStatus {
  return {
    ...pod.status,
    ...waitingFor(pod, 'ContainerCreating'),
    hostIP,
    hostIPs: [{ ip: hostIP }],
    startTime: now(),
    conditions: [condition('PodScheduled', 'True'), condition('Initialized', 'True'), condition('Ready', 'False')],
  }
}

const WAITING_MESSAGE: Record<string, (image: string) => string | undefined> = {
  ContainerCreating: () => undefined,
  ErrImagePull: (image) =>
    `failed to pull and unpack image "${image}": failed to resolve reference "${image}": dial tcp: lookup registry.example: no such host`,
  ImagePullBackOff: (image) =>
    `Back-off pulling image "${image}": ErrImagePull: failed to resolve reference "${image}": dial tcp: lookup registry.example: no such host`,
  CrashLoopBackOff: () => 'back-off 10s restarting failed container',
}

/** All containers wait for one reason: ContainerCreating, ErrImagePull, ImagePullBackOff, CrashLoopBackOff. */
export function waitingFor(pod: PodObject, reason: string): PodStatus {
  const crashed = reason === 'CrashLoopBackOff'
  const lastState = crashed ? { terminated: { exitCode: 1, reason: 'Error', startedAt: now(), finishedAt: now() } } : {}
  return {
    ...pod.status,
    phase: crashed ? 'Running' : 'Pending',
    containerStatuses: pod.spec.containers.map(({ name, image }) => {
      const message = WAITING_MESSAGE[reason]?.(image)
      const waiting = message === undefined ? { reason } : { reason, message }
      return {
        name,
        image,
        imageID: '',
        ready: false,
        started: false,
        restartCount: crashed ? 1 : 0,
        state: { waiting },
        lastState,
      }
    }),
  }
}

/** Running and ready. */
export function containerStatuses(pod: PodObject, runtime: string, newId: () => string): PodStatus {
  const podIP = '10.244.9.9'
  return {
    ...pod.status,
    phase: 'Running',
    podIP,
    podIPs: [{ ip: podIP }],
    conditions: ['PodScheduled', 'Initialized', 'ContainersReady', 'Ready'].map((type) => condition(type, 'True')),
    containerStatuses: pod.spec.containers.map(({ name, image }) => ({
      name,
      image,
      imageID: `sha256:${newId()}`,
      containerID: `${runtime}://${newId()}`,
      ready: true,
      started: true,
      restartCount: 0,
      state: { running: { startedAt: now() } },
      lastState: {},
    })),
  }
}

const FAILURES: Record<string, string> = {
  AppArmor: 'Pod was rejected: Cannot enforce AppArmor: AppArmor is not enabled on the host',
  Evicted: 'The node was low on resource: memory. Threshold quantity: 100Mi, available: 96Mi. ',
  DeadlineExceeded: 'Pod was active on the node longer than the specified deadline',
}

/** Failed as a whole: AppArmor, Evicted, DeadlineExceeded. */
export function failedBy(pod: PodObject, reason: string): PodStatus {
  const { containerStatuses: _, ...rest } = pod.status
  return { ...rest, phase: 'Failed', reason, message: FAILURES[reason] ?? reason }
}

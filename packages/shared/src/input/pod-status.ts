import { isSidecar, type RawPod, type RawStatus } from './raw-pod.ts'

/**
 * What `kubectl get pods` prints in STATUS. The rules, their order included, are those of printPod in Kubernetes'
 * pkg/printers/internalversion/printers.go.
 */
export function podStatus(pod: RawPod): string {
  const status = pod.status
  const phase = status?.phase ?? 'Unknown'
  const gated = status?.conditions.some((one) => one.type === 'PodScheduled' && one.reason === 'SchedulingGated')
  let reason = gated ? 'SchedulingGated' : status?.reason || phase

  const init = initReason(pod)
  if (init !== null) reason = init
  if (init === null || hasCondition(pod, 'Initialized')) reason = containersReason(pod) ?? reason

  if (reason === 'Completed' && status?.containerStatuses.some((one) => one.ready && one.state?.running)) {
    reason = hasCondition(pod, 'Ready') ? 'Running' : 'NotReady'
  }
  if (!pod.metadata.deletionTimestamp) return reason
  if (status?.reason === 'NodeLost') return 'Unknown'
  return phase === 'Succeeded' || phase === 'Failed' ? reason : 'Terminating'
}

/** The first init container that holds the pod up; null when none does. */
function initReason(pod: RawPod): string | null {
  const specs = new Map(pod.spec.initContainers.map((container) => [container.name, container]))
  for (const [index, status] of (pod.status?.initContainerStatuses ?? []).entries()) {
    const { terminated, waiting } = status.state ?? {}
    if (terminated && (terminated.exitCode ?? 0) === 0) continue
    if (isSidecar(specs.get(status.name)) && status.started) continue
    if (terminated) return `Init:${terminatedReason(terminated)}`
    if (waiting?.reason && waiting.reason !== 'PodInitializing') return `Init:${waiting.reason}`
    return `Init:${index}/${pod.spec.initContainers.length}`
  }
  return null
}

/** The reason of the first container that waits or has ended; null when all run. */
function containersReason(pod: RawPod): string | null {
  for (const { state } of pod.status?.containerStatuses ?? []) {
    if (state?.waiting?.reason) return state.waiting.reason
    if (state?.terminated) return terminatedReason(state.terminated)
  }
  return null
}

function terminatedReason(terminated: NonNullable<NonNullable<RawStatus['state']>['terminated']>): string {
  if (terminated.reason) return terminated.reason
  return terminated.signal ? `Signal:${terminated.signal}` : `ExitCode:${terminated.exitCode ?? 0}`
}

function hasCondition(pod: RawPod, type: string): boolean {
  return pod.status?.conditions.some((one) => one.type === type && one.status === 'True') ?? false
}

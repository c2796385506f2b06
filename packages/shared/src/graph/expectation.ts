import type { NamespaceType } from '../model/namespace-type.ts'
import type { Observation } from '../model/observation.ts'
import type { Pod, PodContainer } from '../model/pod.ts'
import type { Expectation } from './graph-types.ts'
import { REASONS, type ReasonKey } from './reasons.ts'

/** What decides besides the pod: the node's runtime and cgroup version, null where they are not known. */
export type ExpectationContext = {
  pod: Pod
  runtime: string | null
  cgroupVersion: 'v1' | 'v2' | null
}

/** What an observation's spec, runtime and node predict from. */
export function expectationContext({ pod, node }: Observation): ExpectationContext {
  return { pod, runtime: node.runtime, cgroupVersion: node.cgroupVersion }
}

/**
 * Where the spec puts a container (or, with null, the sandbox's own process) for one namespace type; null when that
 * depends on something not known. The rules are those of runc and crun under containerd and CRI-O.
 */
export function expectNamespace(
  container: PodContainer | null,
  type: NamespaceType,
  context: ExpectationContext,
): Expectation | null {
  const key = reasonKey(container, type, context)
  return key === null ? null : { place: REASONS[key].place, field: REASONS[key].field, reason: key }
}

function reasonKey(container: PodContainer | null, type: NamespaceType, context: ExpectationContext): ReasonKey | null {
  const { pod } = context
  switch (type) {
    case 'net':
      return pod.hostNetwork ? 'net-host' : container ? 'net-sandbox' : 'net-pause'
    case 'ipc':
      return pod.hostIPC ? 'ipc-host' : container ? 'ipc-sandbox' : 'ipc-pause'
    case 'uts':
      return utsReason(container, context)
    case 'pid':
      return pidReason(container, pod)
    case 'mnt':
      return container ? 'mnt-own' : 'mnt-pause'
    case 'cgroup':
      return cgroupReason(container, context)
    case 'user':
      return pod.hostUsers !== false ? 'user-node' : container ? 'user-pod' : 'user-pause'
    case 'time':
      return 'time-node'
  }
}

/** Those whose ways are known where no field decides. Docker has others: its shim leaves each container a uts of its own. */
function isKnown(runtime: string | null): runtime is 'containerd' | 'cri-o' {
  return runtime === 'containerd' || runtime === 'cri-o'
}

function utsReason(container: PodContainer | null, { pod, runtime }: ExpectationContext): ReasonKey | null {
  if (!isKnown(runtime)) return null
  if (pod.hostNetwork) return runtime === 'cri-o' ? 'uts-host-crio' : 'uts-host'
  return container ? 'uts-sandbox' : 'uts-pause'
}

function pidReason(container: PodContainer | null, pod: Pod): ReasonKey {
  if (pod.hostPID) return 'pid-host'
  if (pod.shareProcessNamespace) return container ? 'pid-shared' : 'pid-shared-pause'
  if (!container) return 'pid-pause'
  if (container.kind !== 'ephemeral') return 'pid-own'
  return container.targetContainerName ? 'pid-target' : 'pid-ephemeral'
}

/** On cgroup v2 docker gives pause and privileged containers a cgroup namespace of their own as well (moby's daemon_unix.go). */
function cgroupReason(
  container: PodContainer | null,
  { runtime, cgroupVersion }: ExpectationContext,
): ReasonKey | null {
  if ((!container || container.privileged) && cgroupVersion !== 'v1' && !isKnown(runtime)) return null
  if (!container) return 'cgroup-pause'
  if (container.privileged) return 'cgroup-privileged'
  if (cgroupVersion === null) return null
  return cgroupVersion === 'v1' ? 'cgroup-v1' : 'cgroup-own'
}

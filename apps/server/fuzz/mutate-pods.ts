import type { Pod } from '@pausescope/shared'
import { hostileName } from './hostile.ts'
import type { Random } from './random.ts'

const FLAGS = ['hostNetwork', 'hostPID', 'hostIPC', 'shareProcessNamespace', 'windows'] as const

/** The API server's word may be late or odd: other flags, ids, states and names. Names of containers stay unique. */
export function mutatePods(pods: readonly Pod[], random: Random): Pod[] {
  return pods.map((pod) => (random.once(3) ? mutatePod(pod, pods, random) : pod))
}

function mutatePod(pod: Pod, all: readonly Pod[], random: Random): Pod {
  const ids = all.flatMap(({ containers }) => containers.flatMap(({ id }) => id ?? []))
  const flag = random.pick(FLAGS)
  return {
    ...pod,
    [flag]: !pod[flag],
    hostUsers: random.pick([null, true, false]),
    configHash: random.once(6) ? random.pick(all).uid : pod.configHash,
    runtimeClassName: random.once(8) ? random.pick(['gvisor', 'kata-qemu']) : pod.runtimeClassName,
    hostname: random.once(4) ? hostileName(random) : pod.hostname,
    podIPs: random.once(6) ? [hostileName(random)] : pod.podIPs,
    containers: pod.containers.map((container, at) => ({
      ...container,
      name: random.once(6) ? `${at} ${hostileName(random)}` : container.name,
      image: random.once(6) ? hostileName(random) : container.image,
      id: random.once(6) ? (random.once(2) || ids.length === 0 ? null : random.pick(ids)) : container.id,
      privileged: random.once(6) ? !container.privileged : container.privileged,
      state: random.once(6) ? { kind: 'waiting', reason: hostileName(random), message: null } : container.state,
    })),
  }
}

import type { Observation } from '../model/observation.ts'

export const QOS_CLASSES = ['Guaranteed', 'Burstable', 'BestEffort'] as const
export type QosClass = (typeof QOS_CLASSES)[number]

export const CGROUP_DRIVERS = ['systemd', 'cgroupfs'] as const
export type CgroupDriver = (typeof CGROUP_DRIVERS)[number]

/** What a pod's cgroup tells of it; null where the path does not. */
export type PodCgroupFacts = { qos: QosClass | null; driver: CgroupDriver | null }

/**
 * Read off the path of a process of the pod, which the kubelet made: the part above `pod<uid>` is the QoS class, and only
 * Guaranteed pods have none; slices are systemd's (pkg/kubelet/cm/cgroup_manager_linux.go).
 */
export function podCgroupFacts({ processes, pod }: Pick<Observation, 'processes' | 'pod'>): PodCgroupFacts {
  const uids = [pod.uid, pod.configHash].filter((uid) => uid !== null && uid !== '')
  for (const { cgroup } of processes) {
    for (const line of cgroup) {
      const uid = uids.find((one) => line.replaceAll('_', '-').includes(`pod${one}`))
      if (uid !== undefined) return factsOf(line.slice(0, line.replaceAll('_', '-').lastIndexOf(`pod${uid}`)), line)
    }
  }
  return { qos: null, driver: null }
}

/** @param above the path up to `pod<uid>`. */
function factsOf(above: string, line: string): PodCgroupFacts {
  const level = /(?:kubepods|[-/.])(besteffort|burstable)[-/]$/.exec(above)?.[1]
  const driver = line.slice(above.length).split('/')[0]?.includes('.slice') ? 'systemd' : 'cgroupfs'
  if (level === 'besteffort') return { qos: 'BestEffort', driver }
  if (level === 'burstable') return { qos: 'Burstable', driver }
  return { qos: /kubepods(?:\.slice)?[-/]$/.test(above) ? 'Guaranteed' : null, driver }
}

import { type Observation, podCgroupFacts } from '@pausescope/shared'
import { useInsideText } from '../../i18n/use-inside-text.ts'
import { Fold } from '../../ui/fold.tsx'
import { formatInstant } from '../../ui/instant.ts'
import { Facts } from '../../ui/section.tsx'
import { useFold } from '../../url/use-fold.ts'

/** What `kubectl describe` tells of the pod, as far as it was asked for, and what its cgroup tells. */
export function PodFacts({ observation, open }: { observation: Observation; open: boolean }) {
  const t = useInsideText()
  const { pod, node, sandboxes } = observation
  const { qos, driver } = podCgroupFacts(observation)
  const { cgroupVersion: version } = node
  return (
    <Fold title={t.evidence.pod} {...useFold('pod', open)}>
      <Facts
        facts={[
          [t.details.pod, `${pod.namespace}/${pod.name}`],
          [t.evidence.status, pod.status],
          [t.evidence.address, pod.podIPs.length > 0 && pod.podIPs.map((ip) => <code key={ip}>{ip}</code>)],
          [t.evidence.node, pod.nodeName],
          [t.evidence.created, pod.createdAt && formatInstant(pod.createdAt, 'second')],
          ['UID', <code key="uid">{pod.uid}</code>],
          [t.evidence.qos, qos && t.evidence.qosFrom(qos)],
          [t.evidence.cgroups, version && (driver ? t.evidence.driver(version, driver) : version)],
          [t.evidence.runtime, node.runtime && [node.runtime, node.runtimeVersion].filter(Boolean).join(' ')],
          [t.evidence.runtimeClass, pod.runtimeClassName],
          [t.evidence.sandboxes, sandboxes.length > 0 && sandboxes.map(({ id }) => <code key={id}>{id}</code>)],
        ]}
      />
    </Fold>
  )
}

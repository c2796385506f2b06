import type { PodList, PodSummary } from '@pausescope/shared'

/** A line of the list: a Kubernetes namespace, or a pod below it. */
export type PodRow =
  | { kind: 'group'; key: string; namespace: string; count: number; closed: boolean; position: number; of: number }
  | { kind: 'pod'; key: string; pod: PodSummary; position: number; of: number }

/** Lines in the order they are shown: namespaces by name, the pods of each as given; a closed group shows none. */
export function podRows({ pods, groups, namespaces }: PodList, closed: readonly string[]): PodRow[] {
  const members = Map.groupBy(pods, ({ namespace }) => namespace)
  return groups.flatMap(({ namespace, pods: count }, index) => {
    const head: PodRow = {
      kind: 'group',
      key: `group ${namespace}`,
      namespace,
      count,
      closed: closed.includes(namespace),
      position: index + 1,
      of: namespaces,
    }
    return head.closed ? [head] : [head, ...(members.get(namespace) ?? []).map((pod, at) => podRow(pod, at, count))]
  })
}

/** Whether there are lines beyond those that are listed. */
export function isPart({ pods, groups, namespaces }: PodList, closed: readonly string[]): boolean {
  const open = groups.filter(({ namespace }) => !closed.includes(namespace))
  return groups.length < namespaces || pods.length < open.reduce((sum, group) => sum + group.pods, 0)
}

function podRow(pod: PodSummary, at: number, of: number): PodRow {
  return { kind: 'pod', key: `pod ${podKey(pod)}`, pod, position: at + 1, of }
}

/** `namespace/name`, as the address bar has it. */
export function podKey(pod: Pick<PodSummary, 'namespace' | 'name'>): string {
  return `${pod.namespace}/${pod.name}`
}

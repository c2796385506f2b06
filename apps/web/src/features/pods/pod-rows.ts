import type { PodSummary } from '@pausescope/shared'

/** A line of the list: a Kubernetes namespace, or a pod below it. */
export type PodRow =
  | { kind: 'group'; key: string; namespace: string; count: number; closed: boolean; position: number; of: number }
  | { kind: 'pod'; key: string; pod: PodSummary; position: number; of: number }

/** The pods that hold every word of the search in their name, namespace, node or status. */
export function searchPods(pods: readonly PodSummary[], search: string): readonly PodSummary[] {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean)
  if (words.length === 0) return pods
  return pods.filter((pod) => {
    const text = `${pod.namespace}/${pod.name}\n${pod.nodeName ?? ''}\n${pod.status}`.toLowerCase()
    return words.every((word) => text.includes(word))
  })
}

/** Lines in the order they are shown: namespaces by name, the pods of each as given; a closed group shows none. */
export function podRows(pods: readonly PodSummary[], closed: readonly string[]): PodRow[] {
  const groups = new Map<string, PodSummary[]>()
  for (const pod of pods) {
    const group = groups.get(pod.namespace)
    if (group) group.push(pod)
    else groups.set(pod.namespace, [pod])
  }
  const names = [...groups.keys()].sort()
  return names.flatMap((namespace, index) => {
    const members = groups.get(namespace) ?? []
    const head: PodRow = {
      kind: 'group',
      key: `group ${namespace}`,
      namespace,
      count: members.length,
      closed: closed.includes(namespace),
      position: index + 1,
      of: names.length,
    }
    return head.closed ? [head] : [head, ...members.map((pod, at) => podRow(pod, at, members.length))]
  })
}

function podRow(pod: PodSummary, at: number, of: number): PodRow {
  return { kind: 'pod', key: `pod ${podKey(pod)}`, pod, position: at + 1, of }
}

/** `namespace/name`, as the address bar has it. */
export function podKey(pod: Pick<PodSummary, 'namespace' | 'name'>): string {
  return `${pod.namespace}/${pod.name}`
}

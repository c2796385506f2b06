import type { NamespaceScope } from '../graph/graph-types.ts'
import type { NodeGraphPod, NodeGroup } from '../graph/node-graph-types.ts'
import type { NamespaceType } from '../model/namespace-type.ts'

type TileFacts = Pick<
  NodeGraphPod,
  'kind' | 'namespace' | 'status' | 'running' | 'containers' | 'comm' | 'inside' | 'isolation'
>

/** Every text of the node's picture in English; the shape is the catalogue's type. Kernel terms stay in every language. */
export const nodeWords = {
  title: (node: string) => `Linux namespaces of node ${node}`,
  heading: (node: string) => `Node ${node}`,
  subtitle: {
    pods: (count: number) => plural(count, 'pod', 'pods'),
    unnamed: (count: number) => plural(count, 'unnamed pod', 'unnamed pods'),
    podless: (count: number) => `${plural(count, 'container', 'containers')} of no pod`,
    processes: (all: number, ofNoPod: number) =>
      `${plural(all, 'process', 'processes')}, ${grouped(ofNoPod)} of no pod`,
    cgroup: (version: string) => `cgroup ${version}`,
    kubernetes: (version: string) => `Kubernetes ${version}`,
  },
  node: {
    title: 'The node’s',
    note: 'Those of PID 1, for all that get none of their own; and how many more there are of each type.',
    unreadable: 'PID 1 could not be read',
    members: (processes: number, pods: number) =>
      `${plural(processes, 'process', 'processes')}, ${plural(pods, 'pod', 'pods')} in it`,
    /** What other namespaces of the type there are, two of them in a line. */
    more: (count: { ofPods: number; shared: number; ofNoPod: number; pinned: number }) => {
      const parts = [
        count.ofPods > 0 ? `${grouped(count.ofPods)} in pods` : '',
        count.shared > 0 ? `${grouped(count.shared)} shared` : '',
        count.ofNoPod > 0 ? `${grouped(count.ofNoPod)} of no pod` : '',
        count.pinned > 0 ? `${grouped(count.pinned)} pinned` : '',
      ].filter((part) => part !== '')
      if (parts.length === 0) return ['no other on this node']
      return [parts.slice(0, 2), parts.slice(2)].flatMap((some) => (some.length > 0 ? [`+ ${some.join(', ')}`] : []))
    },
  },
  group: {
    title: ({ kind, fields, nodeTypes, marks }: Pick<NodeGroup, 'kind' | 'fields' | 'nodeTypes' | 'marks'>) => {
      switch (kind) {
        case 'node':
          return `In the node’s ${list(nodeTypes)}`
        case 'pattern':
          if (fields.length > 0) return `With ${fields.join(', ')}`
          return Object.values(marks).some((mark) => mark.includes('foreign'))
            ? 'Pods that share beyond themselves'
            : 'Ordinary pods'
        case 'isolated':
          return 'Pods with a kernel of their own'
        case 'unnamed':
          return 'Pods that the API server did not name'
        case 'container':
          return 'Containers of no pod'
        case 'unread':
          return 'Pods whose namespaces could not be read'
        case 'silent':
          return 'Pods without a process'
      }
    },
    /** Below the title: why, and what all its pods have. */
    note: ({ kind, fields, marks }: Pick<NodeGroup, 'kind' | 'fields' | 'marks'>, order: readonly NamespaceType[]) => {
      if (kind === 'isolated')
        return 'The node cannot look inside: where their runtime’s own processes are says nothing of what the apps see.'
      if (kind === 'unread') return 'Which namespaces they are in is not known, and nothing is guessed.'
      if (kind === 'silent') return 'They wait, or have ended: what has no process is in no namespace.'
      const byPlace = new Map<string, NamespaceType[]>()
      for (const type of order) {
        const place = marks[type].map((scope) => nodeWords.scopes[scope]).join(' or ')
        if (place !== '') byPlace.set(place, [...(byPlace.get(place) ?? []), type])
      }
      const told = [...byPlace].map(([place, types]) => `${list(types)}: ${place}`)
      const why =
        kind === 'unnamed'
          ? ['Deleted this moment, hidden from you, or a static pod without a mirror']
          : kind === 'container'
            ? ['Started beside Kubernetes, by docker, podman or ctr']
            : kind === 'node' && fields.length > 0
              ? [fields.join(', ')]
              : []
      return [...why, ...told].join(' · ')
    },
    containers: (count: number) => plural(count, 'container', 'containers'),
  },
  scopes: {
    own: 'each container’s own',
    pod: 'the pod’s',
    foreign: 'shared beyond the pod',
    node: 'the node’s',
  } satisfies Record<NamespaceScope, string>,
  legend: {
    pod: 'shared by the pod’s containers',
    own: 'each container’s own',
    node: 'the node’s',
    foreign: 'shared beyond the pod',
    none: 'no process, or not readable',
    pause: 'Pause is left out of the marks.',
  },
  shared: {
    title: 'Shared across pods',
    none: 'Nothing: beyond the node’s own, no two pods are in one namespace.',
    note: 'Not the node’s, yet in use by more than one pod or container.',
    pods: (names: readonly string[], more: number) =>
      [...names, ...(more > 0 ? [`${grouped(more)} more`] : [])].join(', '),
  },
  leftOvers: {
    title: 'Left over',
    none: 'Nothing: every namespace is the node’s or has a process of a pod or container in it.',
    pinned: 'Without a process, kept by a pin:',
    ofNoPod: 'With processes that are in no pod and no container:',
    more: (count: number) => `and ${grouped(count)} more`,
  },
  lowest: (command: string, pid: number) => `${command}, PID ${pid}`,
  pinnedTwice: (path: string, more: number) => `${path} and ${plural(more, 'other pin', 'other pins')}`,
  podStatus: ({ kind, namespace, status, running, containers, comm, inside, isolation }: TileFacts) => {
    const count = `${running} of ${plural(containers, 'container', 'containers')}`
    const more = inside.length > 0 ? [`+ ${inside.join(', ')} inside`] : []
    switch (kind) {
      case 'named':
        return [namespace, status, ...(isolation ? [] : more.length > 0 ? more : [count])].join(' · ')
      case 'unnamed':
        return [plural(containers, 'container', 'containers'), ...more].join(' · ')
      case 'container':
        return [namespace, ...(comm === null ? [] : [comm]), ...more].join(' · ')
    }
  },
  behind: (runtime: string) => `behind ${runtime}`,
  noFindings: 'Findings: none, all is as the pods’ specs predict.',
  noFindingsInPart: 'Findings: none in what could be read.',
  finding: (pods: readonly string[], more: number, text: string) =>
    pods.length === 1 && more === 0
      ? `${pods[0]}: ${text}`
      : `In ${plural(pods.length + more, 'pod', 'pods')} (${nodeWords.shared.pods(pods, more)}), the first of them: ${text}`,
  gaps: 'What could not be seen',
  notScanned: 'The node was not scanned',
  label: {
    pod: ({ kind, key, status, isolation, comm }: TileFacts & { key: string }) => {
      if (kind === 'unnamed') return `${key}, not named by the API server`
      if (kind === 'container') return [key, ...(comm === null ? [] : [comm])].join(', ')
      return [`pod ${key}`, status, ...(isolation ? [`behind ${isolation.runtime}`] : [])].join(', ')
    },
    inside: (types: readonly NamespaceType[]) => `${list(types)} made inside`,
    marks: (types: readonly NamespaceType[], place: string) => `${list(types)} ${place}`,
    finding: (number: number) => `finding ${number}`,
    node: (key: string, members: string) => `${key}, the node’s, ${members}`,
    namespace: (key: string, told: string) => `${key}, ${told}`,
  },
} as const

/** `net, uts and ipc` */
function list(words: readonly string[]): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`
}

function plural(count: number, one: string, many: string): string {
  return `${grouped(count)} ${count === 1 ? one : many}`
}

/** `20,000`: the same on every machine, whatever its language. */
function grouped(count: number): string {
  return String(count).replace(/\B(?=(\d{3})+$)/g, ',')
}

import type { NamespaceScope } from '../graph/graph-types.ts'
import type { NodeGroup } from '../graph/node-graph-types.ts'
import type { NamespaceType } from '../model/namespace-type.ts'

/** Every text of the node's picture in English; the shape is the catalogue's type. Kernel terms stay in every language. */
export const nodeWords = {
  title: (node: string) => `Linux namespaces of node ${node}`,
  heading: (node: string) => `Node ${node}`,
  subtitle: {
    pods: (count: number) => plural(count, 'pod', 'pods'),
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
    /** What other namespaces of the type there are. */
    more: (count: { ofPods: number; shared: number; ofNoPod: number; pinned: number }) => {
      const parts = [
        count.ofPods > 0 ? `${grouped(count.ofPods)} in pods` : '',
        count.shared > 0 ? `${grouped(count.shared)} shared` : '',
        count.ofNoPod > 0 ? `${grouped(count.ofNoPod)} of no pod` : '',
        count.pinned > 0 ? `${grouped(count.pinned)} pinned` : '',
      ].filter((part) => part !== '')
      return parts.length === 0 ? 'no other on this node' : `+ ${parts.join(', ')}`
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
        case 'unread':
          return 'Pods whose namespaces could not be read'
        case 'silent':
          return 'Pods without a process'
      }
    },
    /** Below the title: why, and what all its pods have. */
    note: ({ kind, fields, marks }: Pick<NodeGroup, 'kind' | 'fields' | 'marks'>, order: readonly NamespaceType[]) => {
      if (kind === 'unread') return 'Which namespaces they are in is not known, and nothing is guessed.'
      if (kind === 'silent') return 'They wait, or have ended: what has no process is in no namespace.'
      const byPlace = new Map<string, NamespaceType[]>()
      for (const type of order) {
        const place = marks[type].map((scope) => nodeWords.scopes[scope]).join(' or ')
        if (place !== '') byPlace.set(place, [...(byPlace.get(place) ?? []), type])
      }
      const told = [...byPlace].map(([place, types]) => `${list(types)}: ${place}`)
      return [...(kind === 'node' && fields.length > 0 ? [fields.join(', ')] : []), ...told].join(' · ')
    },
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
    note: 'Not the node’s, yet in use by more than one pod.',
    pods: (names: readonly string[], more: number) =>
      [...names, ...(more > 0 ? [`${grouped(more)} more`] : [])].join(', '),
  },
  leftOvers: {
    title: 'Left over',
    none: 'Nothing: every namespace is the node’s or has a process of a pod in it.',
    pinned: 'Without a process, kept by a pin:',
    ofNoPod: 'With processes that are in no pod:',
    unnamed: 'Of pods that the API server did not name; they may be hidden from you, or just deleted:',
    more: (count: number) => `and ${grouped(count)} more`,
  },
  lowest: (command: string, pid: number) => `${command}, PID ${pid}`,
  pinnedTwice: (path: string, more: number) => `${path} and ${plural(more, 'other pin', 'other pins')}`,
  podStatus: (namespace: string, status: string, running: number, containers: number) =>
    `${namespace} · ${status} · ${running} of ${plural(containers, 'container', 'containers')}`,
  noFindings: 'Findings: none, all is as the pods’ specs predict.',
  noFindingsInPart: 'Findings: none in what could be read.',
  finding: (pods: readonly string[], more: number, text: string) =>
    pods.length === 1 && more === 0
      ? `${pods[0]}: ${text}`
      : `In ${plural(pods.length + more, 'pod', 'pods')} (${nodeWords.shared.pods(pods, more)}), the first of them: ${text}`,
  gaps: 'What could not be seen',
  notScanned: 'The node was not scanned',
  label: {
    pod: (key: string, status: string) => `pod ${key}, ${status}`,
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

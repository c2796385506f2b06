import type { NamespaceScope } from '../../graph/graph-types.ts'
import type { NodeGroup } from '../../graph/node-graph-types.ts'
import type { NamespaceType } from '../../model/namespace-type.ts'

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
    title: 'The node’s own namespaces',
    note: 'Those of PID 1, for all that get none of their own. After +: how many others of the type there are, and where.',
    unreadable: 'PID 1 could not be read',
    members: (processes: number, pods: number) =>
      `${plural(processes, 'process', 'processes')}, ${pods === 0 ? 'no pod' : plural(pods, 'pod', 'pods')} in it`,
  },
  /** What other namespaces of a type there are, besides the node's. */
  others: {
    ofPods: (count: number) => `${grouped(count)} in pods`,
    shared: (count: number) => `${grouped(count)} shared`,
    ofNoPod: (count: number) => `${grouped(count)} of no pod`,
    pinned: (count: number) => `${grouped(count)} pinned`,
    none: 'no other on this node',
  },
  group: {
    inNodes: (types: readonly NamespaceType[]) => `In the node’s ${list(types)}`,
    withFields: (fields: readonly string[]) => `With ${fields.join(', ')}`,
    beyond: (types: readonly NamespaceType[]) => `Pods that share ${list(types)} beyond themselves`,
    differ: (title: string, types: readonly NamespaceType[]) => `${title}, containers differ in ${list(types)}`,
    ordinary: 'Ordinary pods',
    titles: {
      isolated: 'Pods with a kernel of their own',
      unnamed: 'Pods that the API server did not name',
      container: 'Containers of no pod',
      unread: 'Pods whose namespaces could not be read',
      silent: 'Pods without a process',
    } satisfies Partial<Record<NodeGroup['kind'], string>>,
    /** In place of what all its pods have, which there is not. */
    unseen: {
      isolated:
        'The node cannot look inside: where their runtime’s own processes are says nothing of what the apps see.',
      unread: 'Which namespaces they are in is not known, and nothing is guessed.',
      silent: 'They wait, or have ended: what has no process is in no namespace.',
    } satisfies Partial<Record<NodeGroup['kind'], string>>,
    why: {
      unnamed: 'Deleted this moment, hidden from you, or a static pod without a mirror',
      container: 'Started beside Kubernetes, by docker, podman or ctr',
    } satisfies Partial<Record<NodeGroup['kind'], string>>,
    place: (types: readonly NamespaceType[], place: string) => `${list(types)}: ${place}`,
    containers: (count: number) => plural(count, 'container', 'containers'),
  },
  /** Whose a namespace is. Several, where containers of a pod differ, with `or` between them. */
  scopes: {
    own: 'each container’s own',
    pod: 'the pod’s',
    foreign: 'shared beyond the pod',
    node: 'the node’s',
  } satisfies Record<NamespaceScope, string>,
  or: ' or ',
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
  },
  leftOvers: {
    title: 'In use by no pod',
    none: 'Nothing: every namespace is the node’s or has a process of a pod or container in it.',
    pinned: 'Left over: without a process, kept by a pin (a file it is mounted on):',
    ofNoPod: 'Of processes in no pod and no container, such as services of the node:',
    more: (count: number) => `and ${grouped(count)} more`,
  },
  lowest: (command: string, pid: number) => `${command}, PID ${pid}`,
  pinnedTwice: (path: string, more: number) => `${path} and ${plural(more, 'other pin', 'other pins')}`,
  running: (running: number, containers: number) => `${running} of ${plural(containers, 'container', 'containers')}`,
  inside: (types: readonly NamespaceType[]) => `+ ${types.join(', ')} inside`,
  behind: (runtime: string) => `behind ${runtime}`,
  noFindings: 'Findings: none, all is as the pods’ specs predict.',
  noFindingsInPart: 'Findings: none in what could be read.',
  /** The same in several pods, of which some are named. */
  findingInPods: (pods: number, names: readonly string[], more: number, text: string) =>
    `In ${plural(pods, 'pod', 'pods')} (${[...names, ...(more > 0 ? [`${grouped(more)} more`] : [])].join(', ')}), the first of them: ${text}`,
  gaps: 'What could not be seen',
  notScanned: 'The node was not scanned',
  /** Accessible names. */
  label: {
    pod: (key: string) => `pod ${key}`,
    unnamed: (key: string) => `${key}, not named by the API server`,
    inside: (types: readonly NamespaceType[]) => `${list(types)} made inside`,
    marks: (types: readonly NamespaceType[], place: string) => `${list(types)} ${place}`,
    finding: (number: number) => `finding ${number}`,
    node: (key: string, members: string) => `${key}, the node’s, ${members}`,
    namespace: (key: string, told: string) => `${key}, ${told}`,
  },
}

export type NodeWords = typeof nodeWords

/** `net, uts and ipc` */
function list(words: readonly string[]): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`
}

function plural(count: number, one: string, many: string): string {
  return `${grouped(count)} ${count === 1 ? one : many}`
}

/** `20,000`: the same on every machine, whatever its language. */
export function grouped(count: number): string {
  return String(count).replace(/\B(?=(\d{3})+$)/g, ',')
}

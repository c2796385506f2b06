import type { Isolation } from '../model/isolation.ts'
import type { NamespaceType } from '../model/namespace-type.ts'
import type { NodeNamespace, NodeObservation } from '../model/node-observation.ts'
import type { Gap } from '../model/node-scan.ts'
import type { Finding, NamespaceScope, PodGraph } from './graph-types.ts'

/** Where the containers of a pod are for one type; several where they differ. Empty: none could be read. */
export type NodeMark = readonly NamespaceScope[]

/** A pod of the node view: a tile. So is what runs in containers without being one of the node's pods. */
export type NodeGraphPod = {
  /** `namespace/name`; `pod UID` of one that the API server does not name; `container ID`, short, of one of no pod. */
  key: string
  kind: 'named' | 'unnamed' | 'container'
  /** Of a container of no pod: what its cgroup is named after, `docker`. */
  namespace: string
  name: string
  /** As kubectl prints it; empty where the API server does not know of it. */
  status: string
  /** Of a container of no pod: what its first process is. */
  comm: string | null
  /** Containers with a process, without the sandbox, and all of them. */
  running: number
  containers: number
  marks: Readonly<Record<NamespaceType, NodeMark>>
  /** Types that could not be read of some container. */
  unread: readonly NamespaceType[]
  /** Namespaces that processes or threads inside its containers made, by type. */
  inside: readonly NamespaceType[]
  /** Set for a pod behind a kernel of its own: then there are no marks. */
  isolation: Isolation | null
  /** The pod's findings, as its own picture has them. */
  findings: readonly Finding[]
}

/**
 * node: containers are in namespaces of the node that pods have their own of by default · pattern: all alike, none of these ·
 * isolated: behind a kernel of their own · unnamed: not named by the API server · container: of no pod ·
 * unread: processes, but no link could be read · silent: no process.
 */
export const NODE_GROUP_KINDS = ['node', 'pattern', 'isolated', 'unnamed', 'container', 'unread', 'silent'] as const

/** Pods that are to be told in one breath. Each pod is in exactly one group. */
export type NodeGroup = {
  key: string
  kind: (typeof NODE_GROUP_KINDS)[number]
  /** Of kind `node`: which of the node's namespaces its pods use. */
  nodeTypes: readonly NamespaceType[]
  /** What the specs set to be there: `spec.hostNetwork: true`. */
  fields: readonly string[]
  /** What all its pods have in common; where they differ, all that is. */
  marks: Readonly<Record<NamespaceType, NodeMark>>
  pods: readonly NodeGraphPod[]
}

/** A namespace of the node view with the pods and the process it tells of. */
export type NodeGraphNamespace = NodeNamespace & {
  /** `net:[4026532399]` */
  key: string
  /** Names of the pods in it, sorted. */
  podKeys: readonly string[]
  /** What the lowest process in it runs; null when only pins keep it. */
  command: string | null
}

/** One namespace type on this node: the node's own one, and how many others there are. */
export type NodeTypeCensus = {
  type: NamespaceType
  /** Null where PID 1 could not be read. */
  node: NodeGraphNamespace | null
  /** All namespaces of the type, the node's too. */
  distinct: number
  /** Of one pod each, of several pods, of no pod with processes, of none with pins only. */
  ofPods: number
  shared: number
  ofNoPod: number
  pinned: number
}

export type NodeFindings = Pick<Finding, 'code' | 'severity'> & {
  /** In the order of the pods. */
  items: readonly { pod: string; text: string }[]
}

export type NodeGraph = {
  observation: NodeObservation
  /** The pods, then what the API server does not name. */
  pods: readonly NodeGraphPod[]
  /** Users of the node's namespaces first, then patterns by size, then those without processes. */
  groups: readonly NodeGroup[]
  types: readonly NodeTypeCensus[]
  /** Namespaces of several pods that are not the node's. */
  shared: readonly NodeGraphNamespace[]
  leftOvers: {
    /** Kept by pins alone. */
    pinned: readonly NodeGraphNamespace[]
    /** Of processes that are in no pod and no container: services, udev. */
    ofNoPod: readonly NodeGraphNamespace[]
  }
  /** All findings of all pods, by what was found: warnings first. */
  findings: readonly NodeFindings[]
  gaps: readonly Gap[]
}

/** A pod with its graph: more than a tile keeps. */
export type JudgedPod = { pod: NodeGraphPod; graph: PodGraph }

import type { Isolation } from '../model/isolation.ts'
import type { NamespaceId } from '../model/namespace-id.ts'
import type { NamespaceType } from '../model/namespace-type.ts'
import type { Gap } from '../model/node-scan.ts'
import type { NamespaceCensus, Observation, PodProcess } from '../model/observation.ts'
import type { ContainerKind, ContainerState, LastExit } from '../model/pod.ts'

/** Where a namespace stands in the picture. `own`: one container of this pod, nobody else. */
export const NAMESPACE_SCOPES = ['own', 'pod', 'node', 'foreign'] as const
export type NamespaceScope = (typeof NAMESPACE_SCOPES)[number]

/** What keeps a namespace alive. Never "owner": the kernel uses that word for user namespaces. */
export type Holder =
  | { kind: 'pause'; pid: number; pins: readonly string[] }
  | { kind: 'pin'; paths: readonly string[] }
  | { kind: 'process'; pid: number; command: string; pins: readonly string[] }

/** A container of the picture; the sandbox comes first and is one too. */
export type GraphContainer = {
  /** Stable within the graph: `sandbox:<id>`, `container:<name>` or `unknown:<id>`. */
  key: string
  /** `unknown`: its processes are in the pod's cgroup, but no container status names it. */
  kind: 'sandbox' | ContainerKind | 'unknown'
  name: string
  image: string | null
  containerId: string | null
  state: ContainerState
  /** Restarts as the API counts them. */
  restarts: number
  /** How the instance before this one ended, where the API tells it. */
  lastExit: LastExit | null
  /** The container's first process on the node; null when it has none. */
  pid: number | null
  processes: readonly PodProcess[]
  /** One for each type that could be read, of the first process. */
  memberships: readonly Membership[]
  /** Types whose link could not be read, with the reason. */
  unreadable: readonly { type: NamespaceType; reason: string }[]
}

export type GraphNamespace = {
  /** `net:[4026532399]` */
  key: string
  id: NamespaceId
  scope: NamespaceScope
  /** Null for the node's own namespaces, which the node holds, and for one that may be the node's. */
  holder: Holder | null
  census: NamespaceCensus | null
  /** Keys of the containers of this pod in it. */
  members: readonly string[]
  /** Facts that stand on the namespace in the picture: address, hostname. */
  facts: readonly string[]
  /** Not entered by a container's first process: a process inside the container made it. */
  nested: boolean
}

/** What the spec predicts for one type of one container, and the field that caused it. */
export type Expectation = {
  place: 'own' | 'sandbox' | 'node' | 'target'
  /** The Kubernetes field or circumstance, as a person would write it: `spec.hostNetwork: true`. */
  field: string
  /** Key of the reason text. */
  reason: string
}

/** One container in one namespace: why the spec says so, and how to check it by hand. */
export type Membership = {
  container: string
  namespace: string
  type: NamespaceType
  expectation: Expectation | null
  /** True when observation and expectation agree; null where there is no expectation. */
  agrees: boolean | null
  /** One sentence: why. */
  why: string
  /** The command that shows it on the node, and what it printed. */
  proof: { command: string; output: string }
}

export type Finding = {
  code: string
  severity: 'note' | 'warning'
  /** Container and namespace keys it is about. */
  about: readonly string[]
  text: string
}

export type PodGraph = {
  observation: Observation
  /** Set for a pod behind a kernel of its own: what the node shows is not what its apps see. */
  isolation: Isolation | null
  containers: readonly GraphContainer[]
  namespaces: readonly GraphNamespace[]
  findings: readonly Finding[]
  gaps: readonly Gap[]
}

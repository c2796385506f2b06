import { NAMESPACE_TYPES, type NamespaceType } from '../model/namespace-type.ts'
import { groupBy } from '../observe/group-by.ts'
import type { NamespaceScope } from './graph-types.ts'
import {
  type JudgedPod,
  NODE_GROUP_KINDS,
  type NodeGraphPod,
  type NodeGroup,
  type NodeMark,
} from './node-graph-types.ts'
import type { ReasonKey } from './reasons.ts'

/** A pod has its own of these unless it asks for the node's; of the others most pods use the node's. */
const PODS_OWN: readonly NamespaceType[] = ['net', 'uts', 'ipc', 'pid', 'mnt']

/** Reasons that rest on a field which somebody set. */
const SET_BY_SPEC: readonly ReasonKey[] = [
  'net-host',
  'ipc-host',
  'uts-host',
  'uts-host-crio',
  'pid-host',
  'pid-shared',
  'pid-target',
  'cgroup-privileged',
  'user-pod',
]

/** Pods that are alike. The same pods give the same groups in the same order. */
export function groupPods(judged: readonly JudgedPod[]): NodeGroup[] {
  const groups = [...groupBy(judged, ({ pod }) => keyOf(pod))].map(([key, members]): NodeGroup => {
    const pods = members.map(({ pod }) => pod)
    const kind = kindOf(pods[0] as NodeGraphPod)
    const types = kind === 'node' ? nodeTypes(pods[0] as NodeGraphPod) : []
    return {
      key,
      kind,
      nodeTypes: types,
      fields: fieldsOf(members, types),
      marks: unite(pods),
      pods,
    }
  })
  return groups.sort(
    (a, b) =>
      NODE_GROUP_KINDS.indexOf(a.kind) - NODE_GROUP_KINDS.indexOf(b.kind) ||
      b.pods.length - a.pods.length ||
      (a.key < b.key ? -1 : 1),
  )
}

function kindOf(pod: NodeGraphPod): NodeGroup['kind'] {
  if (pod.kind !== 'named') return pod.kind
  if (pod.isolation) return 'isolated'
  if (nodeTypes(pod).length > 0) return 'node'
  if (NAMESPACE_TYPES.some((type) => pod.marks[type].length > 0)) return 'pattern'
  return pod.unread.length > 0 ? 'unread' : 'silent'
}

/** Users of the node's are grouped by which of them they use, whatever else; all others by all they have. */
function keyOf(pod: NodeGraphPod): string {
  const kind = kindOf(pod)
  switch (kind) {
    case 'node':
      return `node ${nodeTypes(pod).join(' ')}`
    case 'pattern':
      return `pattern ${NAMESPACE_TYPES.map((type) => `${type}:${pod.marks[type].join('+')}`).join(' ')}`
    case 'isolated':
      return `isolated ${pod.isolation?.runtime}`
    case 'unnamed':
    case 'container':
    case 'unread':
    case 'silent':
      return kind
  }
}

function nodeTypes({ marks }: NodeGraphPod): NamespaceType[] {
  return PODS_OWN.filter((type) => marks[type].includes('node'))
}

/** Of users of the node's namespaces all fields that lead there; of others those that every pod of the group sets. */
function fieldsOf(members: readonly JudgedPod[], types: readonly NamespaceType[]): string[] {
  const byPod = members.map(({ graph }) => {
    const links = graph.containers.flatMap(({ memberships }) => memberships)
    const set = links.filter(
      ({ type, expectation, agrees }) =>
        agrees !== false &&
        (types.length === 0 || types.includes(type)) &&
        (SET_BY_SPEC as readonly (string | undefined)[]).includes(expectation?.reason),
    )
    return new Set(set.flatMap(({ expectation }) => expectation?.field ?? []))
  })
  const all = [...new Set(byPod.flatMap((fields) => [...fields]))].sort()
  return types.length > 0 ? all : all.filter((field) => byPod.every((fields) => fields.has(field)))
}

const ORDER: readonly NamespaceScope[] = ['own', 'pod', 'foreign', 'node']

/** Scopes in the order they are told in. */
export function inOrder(scopes: ReadonlySet<NamespaceScope>): NodeMark {
  return ORDER.filter((scope) => scopes.has(scope))
}

function unite(pods: readonly NodeGraphPod[]): NodeGroup['marks'] {
  return Object.fromEntries(
    NAMESPACE_TYPES.map((type) => [type, inOrder(new Set(pods.flatMap(({ marks }) => marks[type])))]),
  ) as NodeGroup['marks']
}

import { namespaceKey } from '../model/namespace-id.ts'
import { NAMESPACE_TYPES, type NamespaceType } from '../model/namespace-type.ts'
import type { NodeNamespace, NodeObservation, NodePod } from '../model/node-observation.ts'
import { shortId } from '../observe/find-sandboxes.ts'
import { groupBy } from '../observe/group-by.ts'
import { podName } from '../observe/scan-index.ts'
import { buildGraph } from './graph.ts'
import type { NamespaceScope, PodGraph } from './graph-types.ts'
import { type GraphWords, graphWords } from './graph-words.ts'
import type {
  JudgedPod,
  NodeFindings,
  NodeGraph,
  NodeGraphNamespace,
  NodeGraphPod,
  NodeMark,
  NodeTypeCensus,
} from './node-graph-types.ts'
import { groupPods, inOrder } from './node-groups.ts'
import { podOfNode, podOfUnlisted } from './pod-of-node.ts'

type Judged = { pod: NodePod; kind: NodeGraphPod['kind'] }

/**
 * The graph of a whole node: its pods in groups that can be told in one breath, what pods share beyond themselves, and what
 * is left over. Each pod is judged as in its own graph. Linear in pods and namespaces.
 * @param words the language of its sentences.
 */
export function buildNodeGraph(observation: NodeObservation, words: GraphWords = graphWords): NodeGraph {
  const judged = judgePods(observation, words)
  const commands = new Map(observation.lowest.map(({ pid, command }) => [pid, command]))
  const keys = judged.map(({ pod }) => pod.key)
  const namespaces = observation.namespaces.map((namespace): NodeGraphNamespace => {
    const command = namespace.lowest === null ? null : (commands.get(namespace.lowest) ?? null)
    const podKeys = namespace.pods.flatMap((position) => keys[position] ?? [])
    return { ...namespace, key: namespaceKey(namespace), podKeys, command }
  })
  const ofNobody = namespaces.filter(({ scope }) => scope === 'none')
  return {
    observation,
    pods: judged.map(({ pod }) => pod),
    groups: groupPods(judged),
    types: censusByType(
      namespaces,
      judged.map(({ pod }) => pod),
    ),
    shared: namespaces.filter(({ scope }) => scope === 'shared'),
    leftOvers: {
      pinned: ofNobody.filter(({ nprocs }) => nprocs === 0),
      ofNoPod: ofNobody.filter(({ nprocs }) => nprocs > 0),
    },
    findings: collectFindings(judged),
    gaps: observation.gaps.map((gap) => ({ ...gap, detail: words.gap(gap) })),
  }
}

function judgePods(observation: NodeObservation, words: GraphWords): JudgedPod[] {
  const { unlisted = [] } = observation
  const all: Judged[] = [
    ...observation.pods.map((pod): Judged => ({ pod, kind: 'named' })),
    ...unlisted.map((one): Judged => ({ pod: podOfUnlisted(one), kind: one.kind === 'pod' ? 'unnamed' : 'container' })),
  ]
  const nodes = observation.namespaces.filter(({ scope }) => scope === 'node')
  const ofPod = all.map((): NodeNamespace[] => [...nodes])
  for (const namespace of observation.namespaces) {
    if (namespace.scope === 'node') continue
    for (const position of namespace.pods) ofPod[position]?.push(namespace)
  }
  const across = new Set(observation.namespaces.filter(({ scope }) => scope === 'shared').map(namespaceKey))
  return all.map((one, position) => {
    const { pod, kind } = one
    // Kubernetes' rules and runtime say nothing of a container that is in no pod.
    const known = kind === 'container' ? { ...observation, node: { ...observation.node, runtime: null } } : observation
    const graph = buildGraph(podOfNode(known, pod, position, ofPod[position] ?? []), words, pod.isolation ?? null)
    return { pod: tileOf(one, graph, across), graph }
  })
}

/** @param across namespaces of several pods, whichever of them is at home there. */
function tileOf({ pod, kind }: Judged, graph: PodGraph, across: ReadonlySet<string>): JudgedPod['pod'] {
  const containers = graph.containers.filter(({ kind }) => kind !== 'sandbox')
  const running = containers.filter(({ pid }) => pid !== null)
  // Pause is spoken of only where there is nothing else: it differs from the containers in every pod.
  const withProcess = running.length > 0 ? running : graph.containers.filter(({ pid }) => pid !== null)
  // Where the runtime's own processes are says nothing of the apps behind another kernel.
  const told = graph.isolation ? [] : withProcess
  const scopes = new Map(graph.namespaces.map(({ key, scope }) => [key, across.has(key) ? 'foreign' : scope]))
  const found = NAMESPACE_TYPES.map((type) => [type, new Set<NamespaceScope>()] as const)
  const byType = new Map(found)
  for (const { memberships } of told) {
    for (const { type, namespace } of memberships) {
      const scope = scopes.get(namespace)
      if (scope) byType.get(type)?.add(scope)
    }
  }
  const unreadable = new Set(told.flatMap((container) => container.unreadable.map(({ type }) => type)))
  return {
    key: keyOf(pod, kind),
    kind,
    namespace: pod.namespace,
    name: kind === 'container' ? shortId(pod.name) : pod.name,
    status: pod.status,
    comm: kind === 'container' ? (pod.containers[0]?.comm ?? null) : null,
    running: running.length,
    containers: containers.length,
    marks: Object.fromEntries(found.map(([type, set]) => [type, inOrder(set)])) as Record<NamespaceType, NodeMark>,
    inside: NAMESPACE_TYPES.filter((type) => graph.namespaces.some(({ id, nested }) => nested && id.type === type)),
    isolation: graph.isolation,
    unread: NAMESPACE_TYPES.filter((type) => unreadable.has(type) || !graph.observation.scanned),
    findings: graph.findings,
  }
}

function keyOf(pod: NodePod, kind: NodeGraphPod['kind']): string {
  switch (kind) {
    case 'named':
      return podName(pod)
    case 'unnamed':
      return `pod ${pod.uid}`
    case 'container':
      return `container ${shortId(pod.uid)}`
  }
}

function censusByType(namespaces: readonly NodeGraphNamespace[], pods: readonly NodeGraphPod[]): NodeTypeCensus[] {
  const isOfPod = (namespace: NodeGraphNamespace) => namespace.pods.some((at) => pods[at]?.kind !== 'container')
  const byType = groupBy(namespaces, ({ type }) => type)
  return NAMESPACE_TYPES.flatMap((type) => {
    const all = byType.get(type)
    if (!all) return []
    const count = (test: (namespace: NodeGraphNamespace) => boolean) => all.filter(test).length
    return {
      type,
      node: all.find(({ scope }) => scope === 'node') ?? null,
      distinct: all.length,
      ofPods: count((namespace) => namespace.scope === 'pod' && isOfPod(namespace)),
      shared: count(({ scope }) => scope === 'shared'),
      ofNoPod: count(
        (namespace) =>
          (namespace.scope === 'none' && namespace.nprocs > 0) || (namespace.scope === 'pod' && !isOfPod(namespace)),
      ),
      pinned: count(({ scope, nprocs }) => scope === 'none' && nprocs === 0),
    }
  })
}

function collectFindings(judged: readonly JudgedPod[]): NodeFindings[] {
  const all = judged.flatMap(({ pod }) => pod.findings.map((finding) => ({ pod: pod.key, ...finding })))
  const groups = [...groupBy(all, ({ code }) => code).values()].flatMap((group): NodeFindings[] => {
    const [first] = group
    if (!first) return []
    const severity = group.some((finding) => finding.severity === 'warning') ? 'warning' : 'note'
    return [{ code: first.code, severity, items: group.map(({ pod, text }) => ({ pod, text })) }]
  })
  return groups.sort((a, b) => Number(b.severity === 'warning') - Number(a.severity === 'warning'))
}

import { namespaceKey } from '../model/namespace-id.ts'
import { NAMESPACE_TYPES, type NamespaceType } from '../model/namespace-type.ts'
import type { NodeNamespace, NodeObservation, NodePod } from '../model/node-observation.ts'
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
  NodeMark,
  NodeTypeCensus,
} from './node-graph-types.ts'
import { groupPods, inOrder } from './node-groups.ts'
import { podOfNode } from './pod-of-node.ts'

/**
 * The graph of a whole node: its pods in groups that can be told in one breath, what pods share beyond themselves, and what
 * is left over. Each pod is judged as in its own graph. Linear in pods and namespaces.
 * @param words the language of its sentences.
 */
export function buildNodeGraph(observation: NodeObservation, words: GraphWords = graphWords): NodeGraph {
  const judged = judgePods(observation, words)
  const commands = new Map(observation.lowest.map(({ pid, command }) => [pid, command]))
  const keys = observation.pods.map(podName)
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
    types: censusByType(namespaces),
    shared: namespaces.filter(({ scope }) => scope === 'shared'),
    leftOvers: {
      pinned: ofNobody.filter(({ nprocs }) => nprocs === 0),
      ofNoPod: ofNobody.filter(({ nprocs }) => nprocs > 0),
      unnamed: namespaces.filter(({ scope, pods }) => scope === 'pod' && pods.length === 0),
    },
    findings: collectFindings(judged),
    gaps: observation.gaps.map((gap) => ({ ...gap, detail: words.gap(gap) })),
  }
}

function judgePods(observation: NodeObservation, words: GraphWords): JudgedPod[] {
  const nodes = observation.namespaces.filter(({ scope }) => scope === 'node')
  const ofPod = observation.pods.map((): NodeNamespace[] => [...nodes])
  for (const namespace of observation.namespaces) {
    if (namespace.scope === 'node') continue
    for (const position of namespace.pods) ofPod[position]?.push(namespace)
  }
  const across = new Set(observation.namespaces.filter(({ scope }) => scope === 'shared').map(namespaceKey))
  return observation.pods.map((pod, position) => {
    const graph = buildGraph(podOfNode(observation, pod, position, ofPod[position] ?? []), words)
    return { pod: tileOf(pod, graph, across), graph }
  })
}

/** @param across namespaces of several pods, whichever of them is at home there. */
function tileOf(pod: NodePod, graph: PodGraph, across: ReadonlySet<string>): JudgedPod['pod'] {
  const containers = graph.containers.filter(({ kind }) => kind !== 'sandbox')
  const running = containers.filter(({ pid }) => pid !== null)
  // Pause is spoken of only where there is nothing else: it differs from the containers in every pod.
  const told = running.length > 0 ? running : graph.containers.filter(({ pid }) => pid !== null)
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
    key: podName(pod),
    namespace: pod.namespace,
    name: pod.name,
    status: pod.status,
    running: running.length,
    containers: containers.length,
    marks: Object.fromEntries(found.map(([type, set]) => [type, inOrder(set)])) as Record<NamespaceType, NodeMark>,
    unread: NAMESPACE_TYPES.filter((type) => unreadable.has(type) || !graph.observation.scanned),
    findings: graph.findings,
  }
}

function censusByType(namespaces: readonly NodeGraphNamespace[]): NodeTypeCensus[] {
  const byType = groupBy(namespaces, ({ type }) => type)
  return NAMESPACE_TYPES.flatMap((type) => {
    const all = byType.get(type)
    if (!all) return []
    const count = (test: (namespace: NodeGraphNamespace) => boolean) => all.filter(test).length
    return {
      type,
      node: all.find(({ scope }) => scope === 'node') ?? null,
      distinct: all.length,
      ofPods: count(({ scope }) => scope === 'pod'),
      shared: count(({ scope }) => scope === 'shared'),
      ofNoPod: count(({ scope, nprocs }) => scope === 'none' && nprocs > 0),
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

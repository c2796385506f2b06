import {
  buildGraph,
  type GraphContainer,
  type GraphNamespace,
  indexScan,
  type NamespaceType,
  observePod,
  type PodGraph,
  parseNode,
  parsePod,
  type ScanIndex,
} from '@pausescope/shared'
import { type Containerd, type CriPod, linksOf, lsns, type PrivateNode, toApiNode, toApiPod } from '@pausescope/testkit'
import { expect } from 'vitest'
import { runProbe } from '../../probe/run-probe.ts'

/** What the product makes of real pods: the probe on their node, as a helper runs it, then all the way to the graph. */
export type Look = { index: ScanIndex; graphs: PodGraph[] }

/**
 * One scan, and a graph for each Pod object as the API server would show it, in their order.
 * @param shell runs the probe; by default one on the node with all capabilities.
 */
export async function graphsOf(
  runtime: Containerd,
  objects: readonly object[],
  shell: string = runtime.node.shell,
): Promise<Look> {
  const pods = objects.map((object) => parsePod(object))
  const index = indexScan(await runProbe('/proc', { shell }), pods)
  const context = {
    at: new Date().toISOString(),
    cluster: { name: null, version: null },
    node: parseNode(toApiNode(runtime)),
  }
  return { index, graphs: pods.map((pod) => buildGraph(observePod(index, pod, context))) }
}

/** As `graphsOf`, for pods as they are now, with each graph held against the kernel's links and the real lsns. */
export async function lookAtPods(runtime: Containerd, ...pods: CriPod[]): Promise<Look> {
  const look = await graphsOf(runtime, await Promise.all(pods.map(toApiPod)))
  for (const [at, graph] of look.graphs.entries()) await expectTruth(runtime.node, graph, pods[at] as CriPod)
  return look
}

export async function lookAt(runtime: Containerd, pod: CriPod): Promise<PodGraph> {
  return (await lookAtPods(runtime, pod)).graphs[0] as PodGraph
}

/** The namespace a container is in; `pause` is the newest sandbox. */
export function namespaceOf(graph: PodGraph, container: string, type: NamespaceType): GraphNamespace {
  const { key, memberships } = containerOf(graph, container)
  const membership = memberships.find((one) => one.type === type)
  const found = graph.namespaces.find((one) => one.key === membership?.namespace && one.members.includes(key))
  if (!found) throw new Error(`${container} has no ${type} namespace`)
  return found
}

/** @throws Error for a container the graph does not have. */
export function containerOf(graph: PodGraph, name: string): GraphContainer {
  const found = graph.containers.find((one) => one.name === name)
  if (!found) throw new Error(`The graph has no container ${name}`)
  return found
}

/**
 * Every container has the first process the runtime tells, with exactly the links the kernel shows for it; two are linked
 * to one namespace if and only if these links are equal; lsns counts the same processes in what is the pod's.
 */
async function expectTruth(node: PrivateNode, graph: PodGraph, pod: CriPod): Promise<void> {
  const pids = new Map([[`sandbox:${pod.sandboxId}`, await pod.pausePid()]])
  for (const container of pod.containers) {
    const { state } = await pod.status(container)
    if (state === 'CONTAINER_RUNNING') pids.set(`container:${container.plan.name}`, await pod.pid(container.plan.name))
  }
  const newest = graph.containers.filter(({ key, kind }) => kind !== 'sandbox' || pids.has(key))
  expect(newest.map(({ key }) => key).sort()).toEqual(
    [`sandbox:${pod.sandboxId}`, ...pod.containers.map(({ plan }) => `container:${plan.name}`)].sort(),
  )
  for (const { key, pid, memberships } of newest) {
    expect(pid, key).toBe(pids.get(key) ?? null)
    const links = Object.fromEntries(memberships.map(({ type, namespace }) => [type, namespace]))
    expect(links, key).toEqual(pid === null ? {} : linksOf(node, pid))
  }
  const truth = newest.flatMap(({ key, pid }) =>
    pid === null ? [] : [{ key, links: Object.values(linksOf(node, pid)) }],
  )
  const rows = lsns(node)
  for (const { key, members, nested, scope, census } of graph.namespaces) {
    const linked = members.filter((member) => newest.some((one) => one.key === member))
    if (!nested)
      expect(linked.sort(), key).toEqual(
        truth
          .filter(({ links }) => links.includes(key))
          .map((one) => one.key)
          .sort(),
      )
    if (scope === 'own' || scope === 'pod') {
      // lsns knows nothing of what only a thread is in, and no process is counted there.
      const seen = census ? { nprocs: census.nprocs, pid: census.lowest?.pid } : undefined
      expect(seen, key).toEqual(rows.get(key))
    }
  }
}

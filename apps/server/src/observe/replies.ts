import {
  gapOf,
  type NodeFacts,
  type NodeObservation,
  type NodeObservationReply,
  type ObservationReply,
  observePod,
  observeWholeNode,
  observeWholeNodeWithoutScan,
  observeWithoutScan,
  type Pod,
  type Told,
  told,
} from '@pausescope/shared'
import type { Cluster } from '../kube/cluster.ts'
import type { PodStore } from '../kube/pod-store.ts'
import type { NodeSnapshot } from './node-scanner.ts'
import { type Problem, problem } from './scan-problem.ts'

/** What came of a try to scan a node: the scan; or why there is none, and the last good one, if any. */
export type ScanOutcome<Snapshot = NodeSnapshot> =
  | { snapshot: Snapshot; problem: null }
  | { snapshot: Snapshot | null; problem: Problem }

export type RepliesOptions = {
  cluster: Pick<Cluster, 'context' | 'version'>
  store: PodStore
  /** The time in milliseconds since 1970. */
  now: () => number
}

/** What a scan, or the want of one, says of a pod or of a whole node. */
export class Replies {
  readonly #options: RepliesOptions
  /** Made once for each scan: with 500 pods it takes as long as arranging the scan did. */
  readonly #wholes = new WeakMap<NodeSnapshot, NodeObservation>()

  constructor(options: RepliesOptions) {
    this.#options = options
  }

  /** Why a scan of the pod's node cannot tell anything, whatever the helper; else the node. */
  placeOf(pod: Pod): { node: string } | { obstacle: Problem } {
    const { nodeName } = pod
    if (nodeName === null) return { obstacle: NOT_SCHEDULED }
    if (!pod.windows && !this.#isWindows(nodeName)) return { node: nodeName }
    return { obstacle: windowsProblem(told('pod.windows', { node: nodeName })) }
  }

  obstacleOf(node: string): Problem | null {
    return this.#isWindows(node) ? windowsProblem(told('node.windows', { node })) : null
  }

  /** The pod may have gone, or come back as another one, while its node was scanned. */
  pod(asked: Pod, node: string, { snapshot, problem }: ScanOutcome): ObservationReply {
    if (problem) return this.#podAfterFailure(asked, node, snapshot, problem)
    const now = this.#options.store.pod(asked.namespace, asked.name)
    const pod = now?.nodeName === node ? now : asked
    const observation = observePod(snapshot.index, pod, this.#context(node, snapshot.at))
    return { observation, problem: now ? null : goneProblem(asked, 'pod.deleted-meanwhile') }
  }

  podWithoutScan(pod: Pod, problem: Problem): ObservationReply {
    const context = this.#context(pod.nodeName ?? '', new Date(this.#options.now()).toISOString())
    return { observation: observeWithoutScan(pod, context, noScan(problem)), problem }
  }

  node(node: string, { snapshot, problem }: ScanOutcome): NodeObservationReply {
    if (!problem) return { observation: this.#whole(node, snapshot), problem }
    if (!snapshot) return this.nodeWithoutScan(node, problem)
    return { observation: this.#whole(node, snapshot), problem: staleProblem(problem) }
  }

  nodeWithoutScan(node: string, problem: Problem): NodeObservationReply {
    const context = this.#context(node, new Date(this.#options.now()).toISOString())
    const pods = this.#options.store.podsOn(node)
    return { observation: observeWholeNodeWithoutScan(pods, context, noScan(problem)), problem }
  }

  /** The last good scan where it knows the pod, else what the API server says alone. */
  #podAfterFailure(pod: Pod, node: string, last: NodeSnapshot | null, problem: Problem): ObservationReply {
    if (!last?.index.processes.has(pod.uid)) return this.podWithoutScan(pod, problem)
    const observation = observePod(last.index, pod, this.#context(node, last.at))
    return { observation, problem: staleProblem(problem) }
  }

  #whole(node: string, snapshot: NodeSnapshot): NodeObservation {
    const known = this.#wholes.get(snapshot)
    if (known) return known
    const observation = observeWholeNode(snapshot.index, this.#context(node, snapshot.at))
    this.#wholes.set(snapshot, observation)
    return observation
  }

  #isWindows(node: string): boolean {
    return this.#options.store.node(node)?.os === 'windows'
  }

  #context(node: string, at: string) {
    const { cluster, store } = this.#options
    return { at, cluster: { name: cluster.context, version: cluster.version }, node: store.node(node) ?? unknown(node) }
  }
}

const NOT_SCHEDULED = problem('not-scheduled', told('pod.no-node'), told('pod.no-node-next'))

/** @param how it went: with the pod's name, `namespace/name`. */
export function goneProblem(
  { namespace, name }: { namespace: string; name: string },
  how: 'pod.deleted' | 'pod.deleted-meanwhile',
): Problem {
  return problem('pod-gone', told(how, { pod: `${namespace}/${name}` }), told('pod.deleted-next'))
}

function windowsProblem(where: Told): Problem {
  return problem('windows', where, null)
}

/** The last scan is shown, because a new one failed. Of when it is, the observation says. */
function staleProblem(cause: Problem): Problem {
  // What the user can do something about keeps its own code.
  if (cause.code.startsWith('helper-') || cause.code === 'forbidden') return cause
  return problem('stale', told('stale', { why: cause.told.message }), cause.told.next)
}

function noScan({ told: { message } }: Problem) {
  return gapOf('no-scan', 0, message)
}

function unknown(name: string): NodeFacts {
  const facts = { runtime: null, runtimeVersion: null, kubeletVersion: null, kernel: null, os: null }
  return { name, ...facts, osImage: null, ready: null }
}

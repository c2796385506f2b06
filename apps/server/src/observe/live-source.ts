import {
  type HelperReply,
  type NodeFacts,
  type NodeObservation,
  type NodeObservationReply,
  type NodeSummary,
  type ObservationReply,
  observePod,
  observeWholeNode,
  observeWholeNodeWithoutScan,
  observeWithoutScan,
  type Pod,
  type PodSummary,
  type Source,
  summarizeNodes,
  summarizePod,
} from '@pausescope/shared'
import { openSessions } from '../exec/exec-connection.ts'
import { DEFAULT_HELPER_IMAGE } from '../helper/helper-image.ts'
import { HelperManager, type HelperState } from '../helper/helper-manager.ts'
import { type HelperSettings, manifestYaml } from '../helper/helper-manifest.ts'
import type { Cluster } from '../kube/cluster.ts'
import { isKubeError } from '../kube/kube-error.ts'
import { PodStore } from '../kube/pod-store.ts'
import { raceAbort } from '../kube/race-abort.ts'
import { type Meter, metered, NO_METER, type SourceCounts } from './meter.ts'
import { type NodeSnapshot, nodeScanner } from './node-scanner.ts'
import { ScanCache } from './scan-cache.ts'
import { type Problem, problemOf } from './scan-problem.ts'
import type { ObservationSource } from './source.ts'
import { SourceError } from './source-error.ts'

export type LiveSourceOptions = {
  cluster: Cluster
  /** Pausescope's version. */
  version: string
  /** Names this run of the server: lower-case letters and digits, different for each run. */
  run: string
  /** --allow-helper */
  allowHelper?: boolean
  /** --helper-image */
  helperImage?: string | undefined
  /** --helper-namespace */
  helperNamespace?: string | undefined
  /** How long a scan is served from memory, in milliseconds. */
  scanCacheMs?: number
  /** Longest scan, in milliseconds. */
  scanDeadlineMs?: number
  /** Longest wait for a new helper, in milliseconds. */
  helperReadyMs?: number
  /** The time in milliseconds since 1970. */
  now: () => number
  /** A number from 0 to 1, for the jitter of waits. */
  random: () => number
  /** Is told of scans and of watches that fail. */
  meter?: Meter
}

const DEFAULT_HELPER_NAMESPACE = 'pausescope'
const DEFAULT_SCAN_CACHE_MS = 2_000
const SCAN_DEADLINE_MS = 30_000
/** A node that is not Ready mostly does not answer: it is tried, but not for long. */
const NOT_READY_DEADLINE_MS = 5_000

/** The pods of a cluster as they are now, and scans of their nodes through helpers. */
export class LiveSource implements ObservationSource {
  /** Resolves when pods and nodes have been listed once, or could not be. */
  readonly listed: Promise<void>
  readonly #options: LiveSourceOptions
  readonly #settings: HelperSettings
  readonly #store: PodStore
  readonly #helpers: HelperManager
  readonly #scans: ScanCache<NodeSnapshot>
  /** Made once for each scan: with 500 pods it takes as long as arranging the scan did. */
  readonly #wholes = new WeakMap<NodeSnapshot, NodeObservation>()
  readonly #closing = new AbortController()
  #summaries: { of: readonly Pod[]; list: readonly PodSummary[] } = { of: [], list: [] }

  /** Begins to list and watch at once; `close` ends it. */
  constructor(options: LiveSourceOptions) {
    const { cluster, now, random, run, meter = NO_METER } = options
    this.#options = options
    this.#settings = {
      namespace: options.helperNamespace ?? DEFAULT_HELPER_NAMESPACE,
      image: options.helperImage ?? DEFAULT_HELPER_IMAGE,
      run,
    }
    this.#store = new PodStore({ cluster, random, onFailure: meter.watchFailed })
    this.#helpers = new HelperManager({
      api: cluster.api,
      settings: this.#settings,
      allowed: options.allowHelper ?? false,
      random,
      now,
      ...(options.helperReadyMs === undefined ? {} : { readyMs: options.helperReadyMs }),
    })
    const scan = nodeScanner({
      api: cluster.api,
      helpers: this.#helpers,
      podsOf: (node) => this.#store.pods().filter((pod) => pod.nodeName === node),
      deadlineMs: (node) =>
        this.#store.node(node)?.ready === false ? NOT_READY_DEADLINE_MS : (options.scanDeadlineMs ?? SCAN_DEADLINE_MS),
      now,
    })
    this.#scans = new ScanCache({ scan: metered(scan, meter, now), maxAgeMs: this.#scanCacheMs, now })
    this.listed = this.#store.start()
  }

  get #scanCacheMs(): number {
    return this.#options.scanCacheMs ?? DEFAULT_SCAN_CACHE_MS
  }

  describe(): Source {
    const { cluster, version, allowHelper } = this.#options
    const { kind, cause } = this.#store.state()
    const skipped = this.#store.skipped()
    const unread = skipped === 0 ? '' : ` ${skipped} pods could not be read and are left out.`
    return {
      version,
      mode: 'live',
      message: `Live from the cluster of context "${cluster.context}" at ${cluster.server}.${unread}`,
      context: cluster.context,
      clusterVersion: cluster.version,
      watch: kind,
      watchDetail: cause ? [cause.message, cause.next].filter(Boolean).join(' ') : null,
      forbiddenNamespaces: this.#store.forbiddenNamespaces(),
      helperAllowed: allowHelper ?? false,
      scanCacheMs: this.#scanCacheMs,
    }
  }

  pods(): readonly PodSummary[] {
    const pods = this.#store.pods()
    if (this.#summaries.of !== pods) this.#summaries = { of: pods, list: pods.map(summarizePod) }
    return this.#summaries.list
  }

  async observation(
    namespace: string,
    name: string,
    { refresh, signal }: { refresh: boolean; signal: AbortSignal },
  ): Promise<ObservationReply> {
    await raceAbort(this.listed, signal)
    const pod = this.#store.pod(namespace, name)
    if (!pod) throw this.#notFound(namespace, name)
    const node = pod.nodeName
    const obstacle = this.#obstacle(pod)
    if (node === null || obstacle) return this.#withoutScan(pod, obstacle ?? NOT_SCHEDULED)
    try {
      const snapshot = await this.#scans.get(node, { refresh, signal })
      return this.#fromScan(pod, node, snapshot)
    } catch (cause) {
      signal.throwIfAborted()
      this.#closing.signal.throwIfAborted()
      return this.#afterFailure(pod, node, problemOf(cause, node))
    }
  }

  nodes(): readonly NodeSummary[] {
    return summarizeNodes(this.#store.nodes(), this.#store.pods())
  }

  async node(name: string, options: { refresh: boolean; signal: AbortSignal }): Promise<NodeObservationReply> {
    await raceAbort(this.listed, options.signal)
    if (!this.#store.hasNode(name)) throw noNode(name)
    if (this.#store.node(name)?.os === 'windows')
      return this.#nodeWithoutScan(name, windowsProblem(`${name} is a Windows node`))
    try {
      return { observation: this.#whole(name, await this.#scans.get(name, options)), problem: null }
    } catch (cause) {
      options.signal.throwIfAborted()
      this.#closing.signal.throwIfAborted()
      const problem = problemOf(cause, name)
      const last = this.#scans.last(name)
      if (!last) return this.#nodeWithoutScan(name, problem)
      return { observation: this.#whole(name, last), problem: staleProblem(last, problem) }
    }
  }

  async helper(node: string): Promise<HelperReply> {
    return this.#helperReply(node, this.#closing.signal, (signal) => this.#helpers.state(node, signal))
  }

  async agreeToHelper(node: string, signal: AbortSignal): Promise<HelperReply> {
    return this.#helperReply(node, signal, (until) => this.#helpers.agree(node, until))
  }

  counts(): SourceCounts {
    const [pods, nodes] = [this.#store.pods().length, this.#store.nodes().length]
    return { sessions: openSessions(), helpers: this.#helpers.counts(), pods, nodes }
  }

  async close(): Promise<void> {
    this.#closing.abort(new SourceError('unavailable', 'The server stops.', 'Start it again.'))
    this.#scans.close()
    await Promise.all([this.#store.close(), this.#helpers.close()])
  }

  /** The pod may have gone, or come back as another one, while its node was scanned. */
  #fromScan(asked: Pod, node: string, snapshot: NodeSnapshot): ObservationReply {
    const now = this.#store.pod(asked.namespace, asked.name)
    const pod = now?.nodeName === node ? now : asked
    const observation = observePod(snapshot.index, pod, this.#context(node, snapshot.at))
    if (now) return { observation, problem: null }
    const message = `The pod ${asked.namespace}/${asked.name} was deleted while its node was scanned.`
    return { observation, problem: { code: 'pod-gone', message, next: 'Choose another pod.' } }
  }

  /** The last good scan where it knows the pod, else what the API server says alone. */
  #afterFailure(pod: Pod, node: string, problem: Problem): ObservationReply {
    const last = this.#scans.last(node)
    if (!last?.index.processes.has(pod.uid)) return this.#withoutScan(pod, problem)
    const observation = observePod(last.index, pod, this.#context(node, last.at))
    return { observation, problem: staleProblem(last, problem) }
  }

  #withoutScan(pod: Pod, problem: Problem): ObservationReply {
    const context = this.#context(pod.nodeName ?? '', new Date(this.#options.now()).toISOString())
    const gap = { code: 'no-scan' as const, detail: problem.message, count: 0 }
    return { observation: observeWithoutScan(pod, context, gap), problem }
  }

  #nodeWithoutScan(node: string, problem: Problem): NodeObservationReply {
    const context = this.#context(node, new Date(this.#options.now()).toISOString())
    const gap = { code: 'no-scan' as const, detail: problem.message, count: 0 }
    const pods = this.#store.pods().filter(({ nodeName }) => nodeName === node)
    return { observation: observeWholeNodeWithoutScan(pods, context, gap), problem }
  }

  /** Why a scan of the pod's node cannot tell anything, whatever the helper. */
  #obstacle(pod: Pod): Problem | null {
    if (pod.nodeName === null) return NOT_SCHEDULED
    if (!pod.windows && this.#store.node(pod.nodeName)?.os !== 'windows') return null
    return windowsProblem(`The pod runs on the Windows node ${pod.nodeName}`)
  }

  #whole(node: string, snapshot: NodeSnapshot): NodeObservation {
    const known = this.#wholes.get(snapshot)
    if (known) return known
    const observation = observeWholeNode(snapshot.index, this.#context(node, snapshot.at))
    this.#wholes.set(snapshot, observation)
    return observation
  }

  #context(node: string, at: string) {
    const { context, version } = this.#options.cluster
    return { at, cluster: { name: context, version }, node: this.#store.node(node) ?? unknownNode(node) }
  }

  #notFound(namespace: string, name: string): SourceError {
    const { kind, cause } = this.#store.state()
    const pod = `${namespace}/${name}`
    if (this.#store.forbiddenNamespaces().includes(namespace) || kind === 'forbidden') {
      const next = 'Ask for the verbs list and watch on pods in that namespace.'
      return new SourceError('forbidden', `Pods in the namespace ${namespace} may not be listed.`, next)
    }
    if (kind === 'starting' && cause) return new SourceError('unavailable', cause.message, cause.next)
    return new SourceError(
      'pod-not-found',
      `There is no pod ${pod} in the cluster.`,
      'It may have been deleted; choose another.',
    )
  }

  async #helperReply(
    node: string,
    signal: AbortSignal,
    ask: (signal: AbortSignal) => Promise<HelperState>,
  ): Promise<HelperReply> {
    await raceAbort(this.listed, signal)
    if (!this.#store.hasNode(node)) throw noNode(node)
    try {
      const state = await ask(signal)
      return { node, state: state.state, detail: detailOf(state), manifest: manifestYaml(node, this.#settings) }
    } catch (cause) {
      signal.throwIfAborted()
      if (isKubeError(cause)) throw new SourceError('unavailable', cause.message, cause.next)
      throw cause
    }
  }
}

const NOT_SCHEDULED: Problem = {
  code: 'not-scheduled',
  message: 'The pod has no node yet, so it has no processes.',
  next: 'Look at its events with kubectl describe pod.',
}

function windowsProblem(where: string): Problem {
  return { code: 'windows', message: `${where}: Windows has no Linux namespaces.`, next: null }
}

function noNode(name: string): SourceError {
  return new SourceError('node-not-found', `There is no node ${name} in the cluster.`)
}

/** The last scan is shown, because a new one failed. */
function staleProblem(last: NodeSnapshot, problem: Problem): Problem {
  // What the user can do something about keeps its own code.
  if (problem.code.startsWith('helper-') || problem.code === 'forbidden') return problem
  const message = `This is the scan of ${last.at}; a new one failed. ${problem.message}`
  return { code: 'stale', message, next: problem.next }
}

function detailOf(state: HelperState): string | null {
  if (state.state === 'failed') return [state.detail, state.next].filter(Boolean).join(' ')
  return state.state === 'creating' ? state.detail : null
}

function unknownNode(name: string): NodeFacts {
  const unknown = { runtime: null, runtimeVersion: null, kubeletVersion: null, kernel: null, os: null }
  return { name, ...unknown, osImage: null, ready: null }
}

import {
  type EvidenceReply,
  english,
  type HelperReply,
  type LiveQuery,
  type LiveSubject,
  type NodeObservationReply,
  type NodeSummary,
  type ObservationReply,
  type PodSummary,
  type Source,
  summarizeNodes,
  type Told,
  told,
} from '@pausescope/shared'
import { openSessions } from '../exec/exec-connection.ts'
import { DEFAULT_HELPER_IMAGE } from '../helper/helper-image.ts'
import { HelperManager, type HelperState } from '../helper/helper-manager.ts'
import { type HelperSettings, manifestYaml } from '../helper/helper-manifest.ts'
import type { Cluster } from '../kube/cluster.ts'
import { isKubeError } from '../kube/kube-error.ts'
import { PodStore } from '../kube/pod-store.ts'
import { raceAbort } from '../kube/race-abort.ts'
import type { Place } from './live/followed.ts'
import type { LiveEvent } from './live/live-feed.ts'
import { LiveHub } from './live/live-hub.ts'
import { LookedInto } from './looked-into.ts'
import { type Meter, metered, NO_METER, type SourceCounts } from './meter.ts'
import { evidenceEnd, type NodeScanned, nodeScanner } from './node-scanner.ts'
import { NodeSessions } from './node-sessions.ts'
import { goneProblem, Replies, type ScanOutcome } from './replies.ts'
import { ScanCache } from './scan-cache.ts'
import { problem, problemOf } from './scan-problem.ts'
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
  /** How long a node that nobody follows any more is still held, in milliseconds. */
  lingerMs?: number
  /** How long a second of those who follow is, in milliseconds; tests have no time. */
  secondMs?: number
  /** How often held sessions are pinged, in milliseconds. */
  pingMs?: number
  /** The time in milliseconds since 1970; for what is shown. */
  now: () => number
  /** A clock that never jumps, in milliseconds; for what is waited for. */
  clock: () => number
  /** A number from 0 to 1, for the jitter of waits. */
  random: () => number
  /** Is told of scans and of watches that fail. */
  meter?: Meter
}

const DEFAULT_HELPER_NAMESPACE = 'pausescope'
const DEFAULT_SCAN_CACHE_MS = 2_000
const SCAN_DEADLINE_MS = 30_000
/** A page that shows evidence asks for it again behind each scan. */
const LOOKED_INTO_MS = 12_000
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
  readonly #scans: ScanCache<NodeScanned>
  readonly #lookedInto: LookedInto
  readonly #sessions: NodeSessions
  readonly #replies: Replies
  readonly #live: LiveHub
  readonly #closing = new AbortController()

  /** Begins to list and watch at once; `close` ends it. */
  constructor(options: LiveSourceOptions) {
    const { cluster, clock, now, random, run, meter = NO_METER } = options
    this.#options = options
    this.#settings = {
      namespace: options.helperNamespace ?? DEFAULT_HELPER_NAMESPACE,
      image: options.helperImage ?? DEFAULT_HELPER_IMAGE,
      run,
    }
    const onChange = () => this.#live?.changed()
    this.#store = new PodStore({ cluster, random, onChange, onFailure: meter.watchFailed })
    this.#replies = new Replies({ cluster, store: this.#store, now })
    this.#sessions = new NodeSessions({ api: cluster.api, clock, pingMs: options.pingMs })
    this.#lookedInto = new LookedInto({ forMs: LOOKED_INTO_MS, clock })
    this.#helpers = new HelperManager({
      api: cluster.api,
      settings: this.#settings,
      allowed: options.allowHelper ?? false,
      random,
      now: clock,
      ...(options.helperReadyMs === undefined ? {} : { readyMs: options.helperReadyMs }),
    })
    const deadlineMs = (node: string) => {
      const usual = options.scanDeadlineMs ?? SCAN_DEADLINE_MS
      return this.#store.node(node)?.ready === false ? Math.min(NOT_READY_DEADLINE_MS, usual) : usual
    }
    const scan = nodeScanner({
      api: cluster.api,
      helpers: this.#helpers,
      sessions: this.#sessions,
      lookedInto: this.#lookedInto,
      podsOf: (node) => this.#store.podsOn(node),
      observe: (node, key, snapshot) => {
        const [namespace = '', name = ''] = key.split('/')
        const pod = this.#store.pod(namespace, name)
        return pod?.nodeName === node ? this.#replies.pod(pod, node, { snapshot, problem: null }).observation : null
      },
      deadlineMs,
      now,
    })
    this.#scans = new ScanCache({
      scan: metered(scan, meter, clock),
      rest: evidenceEnd,
      maxAgeMs: this.#scanCacheMs,
      now: clock,
    })
    this.#live = new LiveHub({
      scan: (node, signal) => this.#scan(node, { refresh: true, signal }),
      placeOf: (subject) => this.#placeOf(subject),
      hold: (node) => this.#sessions.hold(node),
      describe: () => JSON.stringify(this.describe()),
      listed: () => this.#store.revision,
      clock,
      random,
      lingerMs: options.lingerMs,
      secondMs: options.secondMs,
    })
    this.listed = this.#store.start()
  }

  get #scanCacheMs(): number {
    return this.#options.scanCacheMs ?? DEFAULT_SCAN_CACHE_MS
  }

  describe(): Source {
    const { cluster, version, allowHelper } = this.#options
    const { kind, cause } = this.#store.state()
    const skipped = this.#store.skipped()
    const live = told('source.live', { context: cluster.context, server: cluster.server })
    const all = joined(live, skipped === 0 ? null : told('source.pods-unread', { count: skipped }))
    const detail = cause && joined(cause.told.message, cause.told.next)
    return {
      version,
      mode: 'live',
      message: english(all),
      told: all,
      context: cluster.context,
      clusterVersion: cluster.version,
      watch: kind,
      watchDetail: detail && english(detail),
      toldWatchDetail: detail,
      forbiddenNamespaces: this.#store.forbiddenNamespaces(),
      helperAllowed: allowHelper ?? false,
      scanCacheMs: this.#scanCacheMs,
    }
  }

  pods(): readonly PodSummary[] {
    return this.#store.pods()
  }

  async observation(
    namespace: string,
    name: string,
    { refresh, signal }: { refresh: boolean; signal: AbortSignal },
  ): Promise<ObservationReply> {
    const { pod, place } = await this.#find(namespace, name, signal)
    if ('obstacle' in place) return this.#replies.podWithoutScan(pod, place.obstacle)
    return this.#replies.pod(pod, place.node, await this.#scan(place.node, { refresh, signal }))
  }

  /** That of the last scan, if it is fresh and looked into the pod. */
  async evidence(
    namespace: string,
    name: string,
    { refresh, signal }: { refresh: boolean; signal: AbortSignal },
  ): Promise<EvidenceReply> {
    const { pod, place } = await this.#find(namespace, name, signal)
    if ('obstacle' in place) return { evidence: null, problem: place.obstacle }
    const { node } = place
    const key = keyOf(namespace, name)
    this.#lookedInto.look(node, key)
    const scanned = await this.#scan(node, { refresh, signal })
    const isThere = scanned.problem !== null || scanned.snapshot.evidence.has(key)
    const { snapshot, problem } = isThere ? scanned : await this.#scan(node, { refresh: true, signal })
    if (problem) return { evidence: null, problem }
    try {
      const reading = snapshot.evidence.get(key)
      const evidence = reading ? await raceAbort(reading, signal) : null
      return evidence?.pod.uid === pod.uid ? { evidence, problem: null } : { evidence: null, problem: CHANGED }
    } catch (cause) {
      signal.throwIfAborted()
      this.#closing.signal.throwIfAborted()
      return { evidence: null, problem: problemOf(cause, node) }
    }
  }

  nodes(): readonly NodeSummary[] {
    return summarizeNodes(this.#store.nodes(), this.#store.pods())
  }

  async node(name: string, options: { refresh: boolean; signal: AbortSignal }): Promise<NodeObservationReply> {
    await raceAbort(this.listed, options.signal)
    if (!this.#store.hasNode(name)) throw noNode(name)
    const obstacle = this.#replies.obstacleOf(name)
    if (obstacle) return this.#replies.nodeWithoutScan(name, obstacle)
    return this.#replies.node(name, await this.#scan(name, options))
  }

  async live(query: LiveQuery, lastEventId: string | null, signal: AbortSignal): Promise<AsyncIterable<LiveEvent>> {
    await raceAbort(this.listed, signal)
    const { subject } = query
    if (subject?.kind === 'pod' && !this.#store.pod(subject.namespace, subject.name)) {
      throw this.#notFound(subject.namespace, subject.name)
    }
    if (subject?.kind === 'node' && !this.#store.hasNode(subject.node)) throw noNode(subject.node)
    return this.#live.open(query, lastEventId, signal)
  }

  async helper(node: string): Promise<HelperReply> {
    return this.#helperReply(node, this.#closing.signal, (signal) => this.#helpers.state(node, signal))
  }

  async agreeToHelper(node: string, signal: AbortSignal): Promise<HelperReply> {
    const reply = await this.#helperReply(node, signal, (until) => this.#helpers.agree(node, until))
    this.#live.wake(node)
    return reply
  }

  counts(): SourceCounts {
    const [pods, nodes] = [this.#store.pods().length, this.#store.nodes().length]
    return { sessions: openSessions(), helpers: this.#helpers.counts(), pods, nodes }
  }

  async close(): Promise<void> {
    this.#closing.abort(new SourceError('unavailable', told('server.stops'), told('next.start-again')))
    this.#live.close()
    this.#scans.close()
    await this.#sessions.close()
    await Promise.all([this.#store.close(), this.#helpers.close()])
  }

  async #find(namespace: string, name: string, signal: AbortSignal) {
    await raceAbort(this.listed, signal)
    const pod = this.#store.pod(namespace, name)
    if (!pod) throw this.#notFound(namespace, name)
    return { pod, place: this.#replies.placeOf(pod) }
  }

  /** A known failure is a value: what was scanned last is shown with it. */
  async #scan(node: string, options: { refresh: boolean; signal: AbortSignal }): Promise<ScanOutcome<NodeScanned>> {
    try {
      return { snapshot: await this.#scans.get(node, options), problem: null }
    } catch (cause) {
      options.signal.throwIfAborted()
      this.#closing.signal.throwIfAborted()
      return { snapshot: this.#scans.last(node), problem: problemOf(cause, node) }
    }
  }

  /** A pod or node that is followed may go, and come back elsewhere. */
  #placeOf(subject: LiveSubject): Place {
    if (subject.kind === 'node') {
      const { node } = subject
      const obstacle = this.#replies.obstacleOf(node)
      if (obstacle) return { node: null, reply: () => this.#replies.nodeWithoutScan(node, obstacle) }
      return { node, of: node, reply: (outcome) => this.#replies.node(node, outcome) }
    }
    const pod = this.#store.pod(subject.namespace, subject.name)
    if (!pod) {
      const problem = goneProblem(subject, 'pod.deleted')
      return { node: null, reply: (last) => last && ({ ...last, problem } as typeof last) }
    }
    const place = this.#replies.placeOf(pod)
    if ('obstacle' in place) return { node: null, reply: () => this.#replies.podWithoutScan(pod, place.obstacle) }
    return {
      node: place.node,
      of: JSON.stringify(pod),
      reply: (outcome) => this.#replies.pod(pod, place.node, outcome),
    }
  }

  #notFound(namespace: string, name: string): SourceError {
    const { kind, cause } = this.#store.state()
    const pod = `${namespace}/${name}`
    if (this.#store.forbiddenNamespaces().includes(namespace) || kind === 'forbidden') {
      return new SourceError('forbidden', told('pod.not-listed', { namespace }), told('pod.not-listed-next'))
    }
    if (kind === 'starting' && cause) return new SourceError('unavailable', cause.told.message, cause.told.next)
    return new SourceError('pod-not-found', told('pod.none', { pod }), told('pod.none-next'))
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
      const detail = detailOf(state)
      const manifest = manifestYaml(node, this.#settings)
      return { node, state: state.state, detail: detail && english(detail), told: detail, manifest }
    } catch (cause) {
      signal.throwIfAborted()
      if (isKubeError(cause)) throw new SourceError('unavailable', cause.told.message, cause.told.next)
      throw cause
    }
  }
}

const CHANGED = problem('scan-failed', told('pod.changed'), told('pod.changed-next'))

function keyOf(namespace: string, name: string): string {
  return `${namespace}/${name}`
}

function noNode(name: string): SourceError {
  return new SourceError('node-not-found', told('node.none', { node: name }))
}

function detailOf(state: HelperState): Told | null {
  if (state.state === 'failed') return joined(state.detail, state.next)
  return state.state === 'creating' ? state.detail : null
}

function joined(first: Told, second: Told | null): Told {
  return second ? told('both', { first, second }) : first
}

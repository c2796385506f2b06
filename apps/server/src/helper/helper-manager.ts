import { setTimeout as sleep } from 'node:timers/promises'
import { type Told, told } from '@pausescope/shared'
import { backoffMs } from '../kube/backoff.ts'
import type { KubeApi } from '../kube/kube-api.ts'
import { isKubeError } from '../kube/kube-error.ts'
import { raceAbort } from '../kube/race-abort.ts'
import { awaitHelper, createHelper, deleteHelper, deleteNamespace, listHelpers } from './helper-maker.ts'
import { HELPER_CONTAINER, HELPER_SELECTOR, type HelperSettings, helperManifest } from './helper-manifest.ts'
import { helperProgress } from './helper-pod.ts'

/** Where an exec goes. */
export type HelperTarget = { namespace: string; pod: string; container: string }

export type HelperState =
  | { state: 'none' }
  | { state: 'creating'; detail: Told }
  | { state: 'ready'; target: HelperTarget }
  | { state: 'failed'; code: 'forbidden' | 'failed'; detail: Told; next: Told | null }

export type HelperManagerOptions = {
  api: KubeApi
  settings: HelperSettings
  /** --allow-helper: helpers are made without asking. */
  allowed: boolean
  /** A number from 0 to 1, for the jitter of waits. */
  random: () => number
  /** Monotonic, in milliseconds. */
  now: () => number
  /** Longest wait for a helper to get ready, in milliseconds; pulling an image takes its time. */
  readyMs?: number
}

const READY_MS = 90_000
/** How long "no helper is installed here" is believed, in milliseconds. */
const ABSENT_MS = 5_000
/** A helper that lived so long, in milliseconds, was lost by itself: not as the ones before it. */
const LONG_LIFE_MS = 10 * 60_000
/** Longest time that close() takes, in milliseconds. */
const CLOSE_MS = 5_000

/**
 * The helpers of one run of the server: one for each node, made after the user agreed (or --allow-helper), or found where a
 * DaemonSet is installed. Removes what it made. Others' running helpers are never touched.
 */
export class HelperManager {
  readonly #options: HelperManagerOptions
  readonly #abort = new AbortController()
  readonly #states = new Map<string, HelperState>()
  readonly #making = new Map<string, Promise<void>>()
  readonly #agreed = new Set<string>()
  /** When a look for an installed helper found none, by node. */
  readonly #absent = new Map<string, number>()
  /** How many helpers of a node were lost soon, one after the other, and when the last one became ready. */
  readonly #losses = new Map<string, { count: number; readyAt: number }>()
  /** Names of the pods that were, or may have been, created. */
  readonly #made = new Set<string>()
  #madeNamespace = false
  #swept = false

  constructor(options: HelperManagerOptions) {
    this.#options = options
  }

  /**
   * Where the node's helper stands. Starts making one where it is missing and may be made.
   * @throws KubeError when the API server does not answer.
   */
  async state(node: string, signal: AbortSignal): Promise<HelperState> {
    const known = this.#states.get(node)
    if (known) return known
    const installed = await this.#findInstalled(node, signal)
    const meanwhile = this.#states.get(node)
    if (meanwhile) return meanwhile
    if (installed?.state === 'ready') return this.#set(node, installed)
    // One that starts is worth waiting for; one that does not start is no reason against making another.
    if (installed?.state === 'creating') return installed
    if (!this.#options.allowed && !this.#agreed.has(node)) return installed ?? { state: 'none' }
    void this.#make(node)
    return this.#states.get(node) ?? { state: 'none' }
  }

  /** The user agrees: makes the helper, also after a failure, and waits until it is ready or has failed. */
  async agree(node: string, signal: AbortSignal): Promise<HelperState> {
    this.#agreed.add(node)
    this.#losses.delete(node)
    if (this.#states.get(node)?.state === 'failed') this.#states.delete(node)
    const state = await this.state(node, signal)
    const making = this.#making.get(node)
    if (!making) return state
    await raceAbort(making, signal)
    return this.#states.get(node) ?? state
  }

  /** An exec found that the helper is not there (any more): the next call of `state` looks anew. */
  lost(node: string, target: HelperTarget): void {
    const state = this.#states.get(node)
    if (state?.state !== 'ready' || state.target.pod !== target.pod) return
    this.#states.delete(node)
    const loss = this.#losses.get(node)
    if (loss) loss.count = this.#options.now() - loss.readyAt > LONG_LIFE_MS ? 1 : loss.count + 1
  }

  /** How many helpers stand where. */
  counts(): Record<'creating' | 'ready' | 'failed', number> {
    const counts = { creating: 0, ready: 0, failed: 0 }
    for (const { state } of this.#states.values()) if (state !== 'none') counts[state]++
    return counts
  }

  /** Deletes what was made here: pods, and the namespace if nobody else's pod is in it. Bounded; never rejects. */
  async close(): Promise<void> {
    this.#abort.abort()
    const signal = AbortSignal.timeout(CLOSE_MS)
    const { api, settings } = this.#options
    await Promise.race([Promise.all(this.#making.values()), sleep(CLOSE_MS / 2, undefined, { ref: false })])
    const names = [...this.#made]
    await Promise.allSettled(names.map((name) => deleteHelper(api, settings.namespace, { name }, signal)))
    if (!this.#madeNamespace) return
    // Left behind it would be a place where Pod Security admits anything; it goes when only our own pods are in it.
    await listHelpers(api, settings.namespace, {}, signal)
      .then(async (pods) => {
        if (pods.every((pod) => this.#made.has(pod.name))) await deleteNamespace(api, settings.namespace, signal)
      })
      .catch(() => {})
  }

  /** How the DaemonSet's pod on this node stands; null where none is installed. Never kept: it changes without us. */
  async #findInstalled(node: string, signal: AbortSignal): Promise<HelperState | null> {
    const { api, settings, now } = this.#options
    const since = this.#absent.get(node)
    if (since !== undefined && now() - since < ABSENT_MS) return null
    const query = { labelSelector: HELPER_SELECTOR, fieldSelector: `spec.nodeName=${node}` }
    const pods = await listHelpers(api, settings.namespace, query, signal).catch((cause: unknown) => {
      if (isKubeError(cause, 'forbidden')) return []
      throw cause
    })
    const installed = pods.filter((pod) => pod.installed && !pod.deleted)
    const found = installed.find((pod) => helperProgress(pod).state === 'ready') ?? installed[0]
    if (!found) {
      this.#absent.set(node, now())
      return null
    }
    const progress = helperProgress(found)
    if (progress.state === 'failed') return { ...progress, code: 'failed' }
    if (progress.state === 'creating') return progress
    const target = { namespace: settings.namespace, pod: found.name, container: HELPER_CONTAINER }
    return { state: 'ready', target }
  }

  #make(node: string): Promise<void> {
    const running = this.#making.get(node)
    if (running) return running
    this.#set(node, { state: 'creating', detail: told('helper.asking') })
    const making = this.#create(node)
      .catch((cause: unknown): HelperState => {
        if (!isKubeError(cause)) {
          return {
            state: 'failed',
            code: 'failed',
            detail: told('helper.not-created'),
            next: told('next.try-again'),
          }
        }
        const code = isKubeError(cause, 'forbidden', 'refused-by-policy') ? 'forbidden' : 'failed'
        return { state: 'failed', code, detail: cause.told.message, next: cause.told.next }
      })
      .then((state) => {
        this.#set(node, state)
        this.#making.delete(node)
      })
    this.#making.set(node, making)
    return making
  }

  async #create(node: string): Promise<HelperState> {
    const { api, settings, random } = this.#options
    const deadlineMs = this.#options.readyMs ?? READY_MS
    const manifest = helperManifest(node, settings)
    const { name } = manifest.metadata
    // A node that evicts each helper is not asked to run one every second.
    const { count } = this.#losses.get(node) ?? { count: 0 }
    if (count > 0) {
      this.#set(node, { state: 'creating', detail: told('helper.after-pause') })
      await sleep(backoffMs(count, random()), undefined, { signal: this.#abort.signal })
    }
    const signal = AbortSignal.any([this.#abort.signal, AbortSignal.timeout(deadlineMs)])
    await this.#sweep(node)
    this.#made.add(name)
    await createHelper(api, manifest, settings, signal, () => {
      this.#madeNamespace = true
    })
    const onProgress = (detail: Told) => this.#set(node, { state: 'creating', detail })
    const end = await awaitHelper(api, name, settings.namespace, {
      random,
      deadlineMs,
      signal: this.#abort.signal,
      onProgress,
    })
    if (end.state === 'ready') {
      this.#losses.set(node, { count, readyAt: this.#options.now() })
      return { state: 'ready', target: { namespace: settings.namespace, pod: name, container: HELPER_CONTAINER } }
    }
    await deleteHelper(api, settings.namespace, { name }, AbortSignal.timeout(CLOSE_MS)).catch(() => {})
    return { state: 'failed', code: 'failed', detail: end.detail, next: end.state === 'failed' ? end.next : null }
  }

  /**
   * Clears away what has ended: our own former helper of this node, and, once, finished helpers of earlier runs. They hold
   * nothing and run nothing, whoever's they were.
   */
  async #sweep(node: string): Promise<void> {
    const { api, settings } = this.#options
    const signal = AbortSignal.any([this.#abort.signal, AbortSignal.timeout(CLOSE_MS)])
    const first = !this.#swept
    this.#swept = true
    const pods = await listHelpers(api, settings.namespace, { labelSelector: HELPER_SELECTOR }, signal).catch(() => [])
    const own = helperManifest(node, settings).metadata.name
    const ended = pods.filter((pod) => !pod.installed && (pod.name === own || (first && pod.finished)))
    await Promise.allSettled(ended.map((pod) => deleteHelper(api, settings.namespace, pod, signal)))
  }

  #set(node: string, state: HelperState): HelperState {
    this.#states.set(node, state)
    return state
  }
}

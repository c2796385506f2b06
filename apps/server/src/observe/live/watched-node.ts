import { backoffMs } from '../../kube/backoff.ts'
import type { ScanOutcome } from '../replies.ts'
import type { Problem } from '../scan-problem.ts'

export type WatchedNodeOptions = {
  /** Scans the node once. Rejects when the signal fires, and for what nobody expected. */
  scan: (signal: AbortSignal) => Promise<ScanOutcome>
  /** Monotonic, in milliseconds. */
  clock: () => number
  /** A number from 0 to 1, for the jitter of waits. */
  random: () => number
  /** How long a second is, in milliseconds. */
  secondMs: number
}

type Viewer = { interval: number; told: () => void }

/** Between two scans there is at least so much time, in seconds, whatever changes in the cluster. */
const SOONEST = 1
/** A helper that is being made is looked at so often. */
const HELPER = 1
/** What only a person or the cluster can change is looked at so often all the same, as it may have been changed elsewhere. */
const QUIET = 15

/**
 * One node, scanned again and again while somebody watches: at the smallest interval that anyone asked for, after failures
 * less and less often (see backoffMs).
 */
export class WatchedNode {
  /** The newest; null before the first. */
  outcome: ScanOutcome | null = null
  /** What nobody expected; null as long as all is well. */
  fault: { error: unknown } | null = null
  readonly #options: WatchedNodeOptions
  readonly #viewers = new Set<Viewer>()
  readonly #abort = new AbortController()
  #timer: NodeJS.Timeout | undefined
  #scanning = false
  #failures = 0
  /** Times of the clock: when the last scan began, when a failed one is tried again, and when something asked for haste. */
  #began = Number.NEGATIVE_INFINITY
  #retryAt = Number.NEGATIVE_INFINITY
  #hurry = Number.POSITIVE_INFINITY

  constructor(options: WatchedNodeOptions) {
    this.#options = options
  }

  get viewers(): number {
    return this.#viewers.size
  }

  /** How long until the next try after a failure, in milliseconds; null where it is not time that helps. */
  get retryInMs(): number | null {
    if (this.outcome?.problem && isQuiet(this.outcome.problem)) return null
    return Math.max(0, Math.round(this.#due() - this.#options.clock()))
  }

  /**
   * @param interval in seconds
   * @returns what ends the watching
   */
  join(interval: number, told: () => void): () => void {
    const viewer = { interval, told }
    this.#viewers.add(viewer)
    this.#arm()
    return () => {
      this.#viewers.delete(viewer)
      this.#arm()
    }
  }

  /** Something changed that a new scan may show: the next one comes soon. */
  nudge(): void {
    this.#hurry = this.#began + SOONEST * this.#options.secondMs
    this.#arm()
  }

  /** What was in the way may be out of it: the next scan is now. */
  wake(): void {
    this.#failures = 0
    this.#hurry = this.#options.clock()
    this.#arm()
  }

  stop(reason: unknown): void {
    this.#viewers.clear()
    clearTimeout(this.#timer)
    this.#abort.abort(reason)
  }

  #due(): number {
    const interval = Math.min(...[...this.#viewers].map((viewer) => viewer.interval))
    const next = this.#began + interval * this.#options.secondMs
    return Math.min(this.#hurry, this.outcome?.problem ? this.#retryAt : next)
  }

  #arm(): void {
    clearTimeout(this.#timer)
    if (this.#scanning || this.#viewers.size === 0 || this.#abort.signal.aborted) return
    const wait = Math.max(0, this.#due() - this.#options.clock())
    this.#timer = setTimeout(() => void this.#scan(), wait)
  }

  async #scan(): Promise<void> {
    const { scan, clock, random, secondMs } = this.#options
    const { signal } = this.#abort
    this.#scanning = true
    this.#began = clock()
    this.#hurry = Number.POSITIVE_INFINITY
    try {
      this.outcome = await scan(signal)
      const { problem } = this.outcome
      this.#failures = problem ? this.#failures + 1 : 0
      if (problem) this.#retryAt = clock() + waitAfter(problem, this.#failures, random(), secondMs)
    } catch (error) {
      if (signal.aborted) return
      this.fault = { error }
    } finally {
      this.#scanning = false
    }
    for (const { told } of this.#viewers) told()
    if (!this.fault) this.#arm()
  }
}

function waitAfter(problem: Problem, failures: number, random: number, secondMs: number): number {
  if (problem.code === 'helper-creating') return HELPER * secondMs
  return isQuiet(problem) ? QUIET * secondMs : Math.max(SOONEST * secondMs, backoffMs(failures, random))
}

/** Only a person changes it. */
function isQuiet({ code }: Problem): boolean {
  return code === 'helper-needed' || code === 'helper-failed'
}

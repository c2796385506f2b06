import { createHash } from 'node:crypto'
import type { LiveTick, LiveTrouble, NodeObservationReply, ObservationReply } from '@pausescope/shared'
import type { ScanOutcome } from '../replies.ts'
import type { Problem } from '../scan-problem.ts'
import type { WatchedNode } from './watched-node.ts'

type Reply = ObservationReply | NodeObservationReply

/** Where a subject stands, as far as the API server knows. */
export type Place =
  /** `of` is another value when the subject has changed, so that a new scan may show something new. */
  | { node: string; of: string; reply: (outcome: ScanOutcome) => Reply }
  | { node: null; reply: (last: Reply | null) => Reply | null }

export type FollowedOptions = {
  place: () => Place
  /** The scans of a node, for as long as it is watched. */
  watch: (node: string, interval: number, told: () => void) => { node: WatchedNode; leave: () => void }
}

/** A trouble without its countdown, which depends on when it is told. */
type Trouble = Omit<LiveTrouble, 'retryInMs'> & { turn: number }

/** One pod or node that somebody follows: its newest reply, made once for all who follow it. */
export class Followed {
  /** The newest reply as JSON; the id is the same as long as nothing but its times changes. */
  latest: { id: string; json: Buffer } | null = null
  times: LiveTick | null = null
  trouble: Trouble | null = null
  /** Counts what came of the subject. */
  turn = 0
  readonly #options: FollowedOptions
  readonly #followers = new Map<() => void, number>()
  #place: Place | null = null
  #watch: { name: string; node: WatchedNode; interval: number; leave: () => void } | null = null
  #last: Reply | null = null
  #goodAt: string | null = null

  constructor(options: FollowedOptions) {
    this.#options = options
  }

  get isFollowed(): boolean {
    return this.#followers.size > 0
  }

  get fault(): { error: unknown } | null {
    return this.#watch?.node.fault ?? null
  }

  get retryInMs(): number | null {
    return this.#watch?.node.retryInMs ?? null
  }

  /**
   * @param interval in seconds
   * @param told is told of each turn
   * @returns what ends the following
   */
  join(interval: number, told: () => void): () => void {
    this.#followers.set(told, interval)
    this.check()
    return () => {
      this.#followers.delete(told)
      this.check()
    }
  }

  /** Something changed in the cluster, or in who follows: the subject may have moved, changed or gone. */
  check(): void {
    const before = this.#place
    if (!this.isFollowed) {
      this.#unwatch()
      return
    }
    const place = this.#options.place()
    this.#place = place
    if (place.node === null) {
      this.#unwatch()
      const reply = place.reply(this.#last)
      if (reply && idOf(reply) !== this.latest?.id) this.#become(reply)
      return
    }
    this.#follow(place.node)
    // What is known of the node may be of before the subject came there, or changed.
    const isNew = before?.node !== place.node || before.of !== place.of
    if (isNew && this.#watch?.node.outcome) this.#watch.node.nudge()
  }

  /** Watches this node, and no other, at the smallest interval. */
  #follow(name: string): void {
    const interval = Math.min(...this.#followers.values())
    const old = this.#watch
    if (old?.name === name && old.interval === interval) return
    this.#watch = { name, interval, ...this.#options.watch(name, interval, () => this.#scanned()) }
    old?.leave()
  }

  #unwatch(): void {
    this.#watch?.leave()
    this.#watch = null
  }

  #scanned(): void {
    const outcome = this.#watch?.node.outcome
    const place = this.#place
    if (outcome && place?.node) this.#become(place.reply(outcome))
    else if (this.fault) this.#tell()
  }

  #become(reply: Reply): void {
    this.#last = reply
    this.turn++
    const { observation, problem } = reply
    if (!problem) this.#goodAt = observation.at
    this.times = { at: observation.at, uptime: observation.node.uptime }
    const id = idOf(reply)
    if (this.latest?.id !== id) this.latest = { id, json: Buffer.from(JSON.stringify(reply)) }
    this.trouble = problem ? { problem: problem as Problem, since: this.#goodAt, turn: this.turn } : null
    this.#tell()
  }

  #tell(): void {
    for (const told of this.#followers.keys()) told()
  }
}

/** The same for replies that differ in their times alone. */
function idOf({ observation, problem }: Reply): string {
  const timeless = { ...observation, at: '', node: { ...observation.node, uptime: null } }
  return createHash('sha256')
    .update(JSON.stringify([timeless, problem]))
    .digest('base64url')
    .slice(0, 22)
}

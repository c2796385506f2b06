import type { LiveQuery, LiveSubject } from '@pausescope/shared'
import type { ScanOutcome } from '../replies.ts'
import { Followed, type Place } from './followed.ts'
import { type LiveEvent, type LiveNews, liveFeed } from './live-feed.ts'
import { WatchedNode } from './watched-node.ts'

export type LiveHubOptions = {
  /** Scans a node once, now. Rejects when the signal fires, and for what nobody expected. */
  scan: (node: string, signal: AbortSignal) => Promise<ScanOutcome>
  /** Where a subject stands now. */
  placeOf: (subject: LiveSubject) => Place
  /** The node is watched from now on, until what it returns is called. */
  hold: (node: string) => () => void
  /** What is told anew when it is another text. */
  describe: () => string
  /** What is told to have changed when it is another text. */
  listed: () => string
  /** Monotonic, in milliseconds. */
  clock: () => number
  /** A number from 0 to 1, for the jitter of waits. */
  random: () => number
  /** How long a node that nobody watches any more is still held, as pages are loaded again; in milliseconds. */
  lingerMs?: number | undefined
  /** How long a second is, in milliseconds: tests have no time. */
  secondMs?: number | undefined
}

const LINGER_MS = 5_000
/** Changes of the cluster are told at most so often, in seconds. */
const NEWS = 1
const SECOND_MS = 1_000

/** All who follow something live: each subject's replies, and each node's scans, are made once for all of them. */
export class LiveHub {
  readonly #options: LiveHubOptions
  readonly #nodes = new Map<string, { node: WatchedNode; release: () => void; linger: NodeJS.Timeout | undefined }>()
  readonly #followed = new Map<string, Followed>()
  readonly #feeds = new Set<() => void>()
  readonly #news: LiveNews = { source: 0, pods: 0 }
  readonly #closing = new AbortController()
  #told = { source: '', listed: '' }
  #newsAt = Number.NEGATIVE_INFINITY
  #newsTimer: NodeJS.Timeout | undefined

  constructor(options: LiveHubOptions) {
    this.#options = options
  }

  /** The events for one who follows; it counts from the first event asked for, until the signal fires. */
  open({ subject, interval }: LiveQuery, lastEventId: string | null, signal: AbortSignal): AsyncIterable<LiveEvent> {
    return liveFeed({
      news: this.#news,
      lastEventId,
      signal: AbortSignal.any([signal, this.#closing.signal]),
      join: (told) => {
        if (this.#feeds.size === 0) this.#told = this.#now()
        this.#feeds.add(told)
        const followed = subject && this.#follow(subject)
        const leave = followed?.join(interval, told)
        return {
          followed,
          leave: () => {
            this.#feeds.delete(told)
            leave?.()
            if (subject && !followed?.isFollowed) this.#followed.delete(keyOf(subject))
          },
        }
      },
    })
  }

  /** Something changed in the cluster. */
  changed(): void {
    if (this.#feeds.size === 0 || this.#newsTimer || this.#closing.signal.aborted) return
    const wait = Math.max(0, this.#newsAt + NEWS * this.#secondMs - this.#options.clock())
    this.#newsTimer = setTimeout(() => this.#tellNews(), wait)
  }

  /** A helper may have come: the node's next scan is now. */
  wake(node: string): void {
    this.#nodes.get(node)?.node.wake()
  }

  close(): void {
    this.#closing.abort()
    clearTimeout(this.#newsTimer)
    for (const name of [...this.#nodes.keys()]) this.#drop(name)
  }

  get #secondMs(): number {
    return this.#options.secondMs ?? SECOND_MS
  }

  #tellNews(): void {
    this.#newsTimer = undefined
    this.#newsAt = this.#options.clock()
    const now = this.#now()
    if (now.source !== this.#told.source) this.#news.source++
    if (now.listed !== this.#told.listed) this.#news.pods++
    this.#told = now
    for (const followed of this.#followed.values()) followed.check()
    for (const told of this.#feeds) told()
  }

  #now() {
    return { source: this.#options.describe(), listed: this.#options.listed() }
  }

  #follow(subject: LiveSubject): Followed {
    const key = keyOf(subject)
    const known = this.#followed.get(key)
    if (known) return known
    const followed = new Followed({
      place: () => this.#options.placeOf(subject),
      watch: (node, seconds, told) => this.#watch(node, seconds, told),
    })
    this.#followed.set(key, followed)
    return followed
  }

  #watch(name: string, interval: number, told: () => void): { node: WatchedNode; leave: () => void } {
    const { scan, clock, random, lingerMs = LINGER_MS } = this.#options
    const entry = this.#nodes.get(name) ?? {
      node: new WatchedNode({ scan: (signal) => scan(name, signal), clock, random, secondMs: this.#secondMs }),
      release: this.#options.hold(name),
      linger: undefined,
    }
    clearTimeout(entry.linger)
    this.#nodes.set(name, entry)
    const leave = entry.node.join(interval, told)
    return {
      node: entry.node,
      leave: () => {
        leave()
        if (entry.node.viewers > 0 || this.#nodes.get(name) !== entry) return
        clearTimeout(entry.linger)
        entry.linger = setTimeout(() => this.#drop(name), lingerMs)
      },
    }
  }

  #drop(name: string): void {
    const entry = this.#nodes.get(name)
    this.#nodes.delete(name)
    clearTimeout(entry?.linger)
    entry?.node.stop(new DOMException(`Nobody watches the node ${name} any more.`, 'AbortError'))
    entry?.release()
  }
}

function keyOf(subject: LiveSubject): string {
  return subject.kind === 'pod' ? `pod ${subject.namespace}/${subject.name}` : `node ${subject.node}`
}

/** Makes one scan of a node; must end when the signal fires. */
type Scan<T> = (node: string, signal: AbortSignal) => Promise<T>

export type ScanCacheOptions<T> = {
  scan: Scan<T>
  /** What goes on of a scan when its result is there: the next one waits for that too. Never rejects. */
  rest?: (value: T) => Promise<void>
  /** How long a finished scan is served, in milliseconds. */
  maxAgeMs: number
  /** The time in milliseconds. */
  now: () => number
}

/** One scan, under way or waiting for the one before it, and how many wait for it. `over`: nothing of it goes on any more. */
type Flight<T> = {
  result: Promise<T>
  hasResult: boolean
  over: Promise<void>
  abort: AbortController
  askers: number
}

type Entry<T> = {
  last: { value: T; endedAt: number } | null
  running: Flight<T> | null
  /** Begins when `running` has ended. */
  waiting: Flight<T> | null
}

/** How many nodes' last scans are kept: a scan of 10,000 processes takes about 10 MB. */
const NODES_KEPT = 64

/**
 * One scan per node at a time serves all who ask. A scan is ended early only when nobody waits for it any more.
 */
export class ScanCache<T> {
  readonly #options: ScanCacheOptions<T>
  readonly #entries = new Map<string, Entry<T>>()

  constructor(options: ScanCacheOptions<T>) {
    this.#options = options
  }

  /**
   * A scan of the node: a finished one that is fresh, the one under way, or a new one. With `refresh` it is one that
   * begins after this call, shared with all who ask for that before it begins.
   * @throws what the scan throws, or the signal's reason.
   */
  get(node: string, { refresh, signal }: { refresh: boolean; signal: AbortSignal }): Promise<T> {
    if (signal.aborted) return Promise.reject(signal.reason)
    const entry = this.#entry(node)
    const { last, running } = entry
    const { now, maxAgeMs } = this.#options
    if (!refresh) {
      if (last && now() - last.endedAt < maxAgeMs) return Promise.resolve(last.value)
      if (running && !running.hasResult && !running.abort.signal.aborted) return join(running, signal)
    }
    if (!running) {
      entry.running = this.#begin(node, entry, null)
      return join(entry.running, signal)
    }
    if (!entry.waiting || entry.waiting.abort.signal.aborted) entry.waiting = this.#begin(node, entry, running)
    return join(entry.waiting, signal)
  }

  /** The last scan that succeeded, however old. */
  last(node: string): T | null {
    return this.#entries.get(node)?.last?.value ?? null
  }

  /** Ends all scans. */
  close(): void {
    const reason = new DOMException('The server stops.', 'AbortError')
    for (const { running, waiting } of this.#entries.values()) {
      running?.abort.abort(reason)
      waiting?.abort.abort(reason)
    }
  }

  #begin(node: string, entry: Entry<T>, before: Flight<T> | null): Flight<T> {
    const abort = new AbortController()
    const result = this.#fly(node, entry, before, abort.signal)
    const flight: Flight<T> = { result, hasResult: false, over: Promise.resolve(), abort, askers: 0 }
    const rest = (value: T) => {
      flight.hasResult = true
      return this.#options.rest?.(value)
    }
    flight.over = result.then(rest).catch(() => {})
    const ended = () => {
      if (entry.running === flight) entry.running = null
      if (entry.waiting === flight) entry.waiting = null
      // The next in line has waited for exactly this.
      if (!entry.running) {
        entry.running = entry.waiting
        entry.waiting = null
      }
    }
    void flight.over.then(ended)
    return flight
  }

  async #fly(node: string, entry: Entry<T>, before: Flight<T> | null, signal: AbortSignal): Promise<T> {
    await before?.over
    signal.throwIfAborted()
    const value = await this.#options.scan(node, signal)
    entry.last = { value, endedAt: this.#options.now() }
    return value
  }

  /** Moves the node to the end of the line of those forgotten first. */
  #entry(node: string): Entry<T> {
    const entry = this.#entries.get(node) ?? { last: null, running: null, waiting: null }
    this.#entries.delete(node)
    this.#entries.set(node, entry)
    for (const [name, old] of this.#entries) {
      if (this.#entries.size <= NODES_KEPT) break
      if (!old.running) this.#entries.delete(name)
    }
    return entry
  }
}

/** Waits for a flight; the last one to leave ends it. */
function join<T>(flight: Flight<T>, signal: AbortSignal): Promise<T> {
  flight.askers++
  return new Promise<T>((resolve, reject) => {
    const leave = () => {
      flight.askers--
      reject(signal.reason)
      if (flight.askers === 0) flight.abort.abort(signal.reason)
    }
    signal.addEventListener('abort', leave, { once: true })
    flight.result.then(resolve, reject).finally(() => signal.removeEventListener('abort', leave))
  })
}

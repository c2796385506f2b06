import { setTimeout as sleep } from 'node:timers/promises'
import { type Told, told } from '@pausescope/shared'
import { backoffMs } from './backoff.ts'
import type { KubeApi } from './kube-api.ts'
import { isKubeError, KubeError } from './kube-error.ts'
import { lineSplitter, listSchema, objectKey, parseWatchLine } from './watch-events.ts'

export type WatchState =
  | { kind: 'starting'; cause: KubeError | null }
  | { kind: 'live'; cause: null }
  | { kind: 'reconnecting' | 'forbidden'; cause: KubeError }

export type ListWatchOptions<T> = {
  api: KubeApi
  /** As in "pods", for error texts. */
  what: Told
  /** Path of the collection: `/api/v1/pods`. */
  path: string
  /** `metadata.name=x` and the like. */
  fieldSelector?: string
  /** Trims an object on arrival; one it throws on is skipped and counted. */
  parse: (object: unknown) => T
  /** A number from 0 to 1, for the jitter of waits. */
  random: () => number
  /** Waits between tries. */
  wait?: (ms: number, signal: AbortSignal) => Promise<void>
  /** Told after every change of items or state. */
  onChange?: () => void
  /** Told when a list or watch failed and will be tried again. */
  onFailure?: () => void
  /** How long the server is asked to keep one watch open, in seconds. */
  watchSeconds?: number
  /** When a watch that has not ended hangs and is cut, in milliseconds; default: a little later than the server's end. */
  watchDeadlineMs?: number
}

const PAGE = 500
const WATCH_SECONDS = 240
const WATCH_GRACE_MS = 15_000
/** Permissions come rarely: how often a forbidden list is tried again. */
const FORBIDDEN_WAIT_MS = 60_000

/**
 * Keeps a copy of one collection: list, then watch, for ever. It restarts itself: a broken or silent watch goes on from its
 * last version, 410 lists again, failures wait (see backoffMs). While it does, the last known items stay.
 */
export class ListWatch<T> {
  /** By `namespace/name`. */
  items: ReadonlyMap<string, T> = new Map()
  state: WatchState = { kind: 'starting', cause: null }
  /** Counts up with every change of `items`. */
  revision = 0
  readonly #options: ListWatchOptions<T>
  readonly #abort = new AbortController()
  readonly #skipped = new Set<string>()
  readonly #settled: Promise<void>
  #settle: () => void = () => {}
  #items = new Map<string, T>()
  #running: Promise<void> | null = null

  constructor(options: ListWatchOptions<T>) {
    this.#options = options
    this.#settled = new Promise((resolve) => {
      this.#settle = resolve
    })
  }

  /** Objects that could not be read. */
  get skipped(): number {
    return this.#skipped.size
  }

  start(): this {
    this.#running ??= this.#run()
    return this
  }

  /** Resolves when the first list has succeeded or failed. */
  settled(): Promise<void> {
    return this.#settled
  }

  async close(): Promise<void> {
    this.#abort.abort()
    this.#settle()
    await this.#running
  }

  async #run(): Promise<void> {
    const signal = this.#abort.signal
    const wait = this.#options.wait ?? ((ms, until) => sleep(ms, undefined, { signal: until }))
    let version: string | null = null
    let failures = 0
    while (!signal.aborted) {
      let pause: number
      try {
        if (version === null) {
          version = await this.#list()
          this.#become({ kind: 'live', cause: null })
          this.#settle()
        }
        const before: string = version
        version = await this.#watch(before, (seen) => {
          version = seen
          failures = 0
        })
        // A watch that ended in good order goes on at once; one that brought nothing could be a server that closes each.
        failures = version === before ? failures + 1 : 0
        pause = failures === 0 ? 0 : backoffMs(failures, this.#options.random())
      } catch (thrown) {
        if (signal.aborted) return
        const cause = asKubeError(thrown, this.#options.what)
        failures++
        this.#options.onFailure?.()
        pause = Math.max(backoffMs(failures, this.#options.random()), cause.retryAfterMs ?? 0)
        if (cause.code === 'gone') {
          version = null
          if (failures === 1) pause = 0
        } else if (cause.code === 'forbidden') {
          version = null
          pause = FORBIDDEN_WAIT_MS
          this.#become({ kind: 'forbidden', cause })
        } else if (this.revision === 0) this.#become({ kind: 'starting', cause })
        else this.#become({ kind: 'reconnecting', cause })
      }
      this.#settle()
      if (pause > 0) await wait(pause, signal).catch(() => {})
    }
  }

  /** All pages into a new copy, which then takes the place of the old one. */
  async #list(): Promise<string> {
    const { api, what, path, fieldSelector } = this.#options
    const found = new Map<string, T>()
    this.#skipped.clear()
    let next = ''
    for (;;) {
      const answer = await api.request({
        what: told('do.list', { what }),
        path,
        query: {
          limit: PAGE,
          ...(next === '' ? {} : { continue: next }),
          ...(fieldSelector === undefined ? {} : { fieldSelector }),
        },
        signal: this.#abort.signal,
      })
      const page = listSchema.safeParse(answer)
      if (!page.success)
        throw new KubeError(
          'server-error',
          told('cannot', { what: told('do.list', { what }), why: told('kube.no-list') }),
        )
      for (const object of page.data.items ?? []) this.#keep(found, objectKey(object), object)
      next = page.data.metadata.continue ?? ''
      if (next !== '') continue
      this.#items = found
      this.items = found
      this.revision++
      return page.data.metadata.resourceVersion
    }
  }

  /** Follows changes from a version on; gives the last version seen when the server ends the watch. */
  async #watch(from: string, onVersion: (version: string) => void): Promise<string> {
    const { api, path, fieldSelector } = this.#options
    const what = told('do.watch', { what: this.#options.what })
    const seconds = this.#options.watchSeconds ?? WATCH_SECONDS
    let version = from
    const onLine = (line: string) => {
      const event = parseWatchLine(what, line)
      if (event.version !== '') version = event.version
      onVersion(version)
      if (event.kind === 'bookmark') return
      if (event.kind === 'deleted') this.#items.delete(event.key)
      else this.#keep(this.#items, event.key, event.object)
      this.revision++
      this.#options.onChange?.()
    }
    const call = {
      what,
      path,
      query: {
        watch: true,
        allowWatchBookmarks: true,
        resourceVersion: from,
        timeoutSeconds: seconds,
        ...(fieldSelector === undefined ? {} : { fieldSelector }),
      },
      signal: this.#abort.signal,
      deadlineMs: this.#options.watchDeadlineMs ?? seconds * 1000 + WATCH_GRACE_MS,
    }
    await api.stream(call, lineSplitter(what, onLine), () => this.#become({ kind: 'live', cause: null }))
    return version
  }

  #keep(items: Map<string, T>, key: string | null, object: unknown): void {
    const name = key ?? `unnamed ${items.size}`
    try {
      if (key === null) throw new Error('an object without a name')
      items.set(key, this.#options.parse(object))
      this.#skipped.delete(name)
    } catch {
      items.delete(name)
      this.#skipped.add(name)
    }
  }

  #become(state: WatchState): void {
    this.state = state
    this.#options.onChange?.()
  }
}

function asKubeError(cause: unknown, what: Told): KubeError {
  return isKubeError(cause)
    ? cause
    : new KubeError('server-error', told('cannot', { what: told('do.watch', { what }), why: (cause as Error).message }))
}

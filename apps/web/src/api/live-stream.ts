import { API, LIVE_EVENTS, type LiveEventName, type LiveQuery, liveQuery } from '@pausescope/shared'
import type { z } from 'zod/mini'

/** What the server tells, parsed. */
export type LiveEvent = {
  [Name in LiveEventName]: { name: Name; data: z.infer<(typeof LIVE_EVENTS)[Name]> }
}[LiveEventName]

/** How the page hears of what is live. */
export type Link =
  /** Not by a stream yet, or no more: it asks now and then. */
  | { kind: 'connecting' }
  | { kind: 'open' }
  /** It is gone; the next try is at that time, in milliseconds since the epoch. */
  | { kind: 'lost'; retryAt: number }
  /** This browser, or what is between it and the server, has no streams: it asks now and then. */
  | { kind: 'asking' }

/** Between two tries, in milliseconds; the last one over and over. */
const WAITS = [1000, 2000, 5000, 10_000, 30_000]
/** So many tries without one event, and there are no streams here. */
const FRUITLESS = 3
/** Longer than the server is ever silent about a subject, besides the interval, in milliseconds: the connection is dead. */
const SILENCE = 40_000

/**
 * Follows a pod, a node or only the lists, until the returned function ends it. Tries again by itself: EventSource would too,
 * but does not say when.
 */
export function followLive(
  query: LiveQuery,
  { onEvent, onLink }: { onEvent: (event: LiveEvent) => void; onLink: (link: Link) => void },
): () => void {
  if (!('EventSource' in globalThis)) {
    onLink({ kind: 'asking' })
    return () => {}
  }
  let source: EventSource | null = null
  let timer: ReturnType<typeof setTimeout> | undefined
  let failed = 0
  let heard = false

  const open = () => {
    onLink({ kind: 'connecting' })
    source = new EventSource(`${API.live}?${liveQuery(query)}`)
    for (const name of Object.keys(LIVE_EVENTS) as LiveEventName[]) {
      source.addEventListener(name, (message) => hear(name, message.data as string))
    }
    source.addEventListener('error', lose)
    listen()
  }
  const listen = () => {
    clearTimeout(timer)
    if (query.subject) timer = setTimeout(lose, SILENCE + query.interval * 1000)
  }
  const hear = (name: LiveEventName, text: string) => {
    const data = parseEvent(name, text)
    if (data === null) return
    if (failed > 0 || !heard) onLink({ kind: 'open' })
    failed = 0
    heard = true
    listen()
    onEvent({ name, data } as LiveEvent)
  }
  const lose = () => {
    source?.close()
    clearTimeout(timer)
    failed += 1
    if (!heard && failed >= FRUITLESS) {
      onLink({ kind: 'asking' })
      return
    }
    const wait = WAITS[Math.min(failed, WAITS.length) - 1] as number
    onLink({ kind: 'lost', retryAt: Date.now() + wait })
    timer = setTimeout(open, wait)
  }
  open()
  return () => {
    source?.close()
    clearTimeout(timer)
  }
}

/** Null for what is not as the contract says: a newer server may tell more. */
function parseEvent(name: LiveEventName, text: string): LiveEvent['data'] | null {
  try {
    const parsed = LIVE_EVENTS[name].safeParse(JSON.parse(text))
    return parsed.success ? parsed.data : null
  } catch {
    return null
  }
}

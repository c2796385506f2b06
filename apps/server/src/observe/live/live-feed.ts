import type { LiveEventName } from '@pausescope/shared'
import type { Followed } from './followed.ts'

/** One event for one client; `data` is JSON on one line. The bytes may be shared with other clients. */
export type LiveEvent = { event: LiveEventName; id?: string; data: string | Buffer }

/** What concerns everyone: counts what became of it. */
export type LiveNews = { source: number; pods: number }

export type LiveFeedOptions = {
  news: LiveNews
  /** Begins to tell of everything; gives the subject, and what ends the telling. */
  join: (told: () => void) => { followed: Followed | null; leave: () => void }
  /** The id of the last observation that the client has. */
  lastEventId: string | null
  signal: AbortSignal
}

/**
 * The events for one client, from the state as it is on. Each is taken from the newest state when the client is ready for it:
 * nothing piles up for a slow one. Ends when the signal fires.
 * @throws what nobody expected of a scan.
 */
export async function* liveFeed(options: LiveFeedOptions): AsyncGenerator<LiveEvent, void> {
  const { news, join, lastEventId, signal } = options
  const told = { source: -1, pods: -1, id: lastEventId, turn: -1, trouble: -1 }

  const next = (followed: Followed | null): LiveEvent | null => {
    for (const event of ['source', 'pods'] as const) {
      if (told[event] === news[event]) continue
      told[event] = news[event]
      return { event, data: '{}' }
    }
    if (!followed) return null
    if (followed.fault) throw followed.fault.error
    const { latest, times, trouble, turn } = followed
    if (latest && told.id !== latest.id) {
      Object.assign(told, { id: latest.id, turn })
      return { event: 'observation', id: latest.id, data: latest.json }
    }
    if (trouble && told.trouble !== trouble.turn) {
      Object.assign(told, { trouble: trouble.turn, turn })
      const { problem, since } = trouble
      return { event: 'trouble', data: JSON.stringify({ problem, since, retryInMs: followed.retryInMs }) }
    }
    if (!times || trouble || told.turn === turn) return null
    told.turn = turn
    return { event: 'tick', data: JSON.stringify(times) }
  }

  let ring = () => {}
  const { followed, leave } = join(() => ring())
  try {
    while (!signal.aborted) {
      const event = next(followed)
      if (event) yield event
      else {
        await new Promise<void>((resolve) => {
          ring = resolve
          signal.addEventListener('abort', ring, { once: true })
        })
        signal.removeEventListener('abort', ring)
      }
    }
  } finally {
    leave()
  }
}

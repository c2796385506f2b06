import { once } from 'node:events'
import { type LiveQuery, parseLiveQuery, told } from '@pausescope/shared'
import type { RequestHandler, Response } from 'express'
import type { LiveEvent } from '../observe/live/live-feed.ts'
import type { ObservationSource } from '../observe/source.ts'
import { HttpError } from './api-error.ts'
import { parseNamespaceName, parseObjectName } from './names.ts'
import { untilClosed } from './until-closed.ts'

export type LiveRouteOptions = {
  /** How often a silent stream tells that it is alive, in milliseconds. */
  heartbeatMs?: number
  /** How long a client may read nothing before it is dropped, in milliseconds. */
  stallMs?: number
  /** Most streams at a time. */
  streamsMax?: number
}

const HEARTBEAT_MS = 15_000
/** A page that sleeps: when it wakes it comes back and gets the newest. */
const STALL_MS = 60_000
const STREAMS_MAX = 1_000
/** How long a browser waits before it comes back by itself, in milliseconds. */
const RETRY_MS = 2_000

/** `GET /api/live`: server-sent events (WHATWG HTML, 9.2). What waits for a client is one event at most. */
export function liveRoute(source: ObservationSource, options: LiveRouteOptions = {}): RequestHandler {
  const { heartbeatMs = HEARTBEAT_MS, stallMs = STALL_MS, streamsMax = STREAMS_MAX } = options
  let streams = 0
  return async (request, response) => {
    const query = liveQueryOf(request.query)
    if (streams >= streamsMax) {
      throw new HttpError(503, 'too-many-streams', told('http.streams', { count: streams }), told('http.streams-next'))
    }
    const signal = untilClosed(request, response)
    const events = await source.live(query, request.get('Last-Event-ID') ?? null, signal)
    streams++
    const heartbeat = setInterval(() => response.writableNeedDrain || response.write(':\n\n'), heartbeatMs)
    try {
      // No-transform and X-Accel-Buffering keep proxies from holding events back.
      response.writeHead(200, {
        'Content-Type': 'text/event-stream',
        'Cache-Control': 'no-store, no-transform',
        'X-Accel-Buffering': 'no',
      })
      response.write(`retry: ${RETRY_MS}\n\n`)
      for await (const event of events) {
        write(response, event)
        if (response.writableNeedDrain) await drained(response, signal, stallMs)
      }
      response.end()
    } catch (cause) {
      if (!signal.aborted) throw cause
    } finally {
      streams--
      clearInterval(heartbeat)
    }
  }
}

function liveQueryOf(query: Readonly<Record<string, unknown>>): LiveQuery {
  const parsed = parseLiveQuery(query)
  if ('error' in parsed)
    throw new HttpError(400, 'bad-option', told('quoted', { text: parsed.error }), told('http.option-next'))
  const { subject } = parsed
  if (subject?.kind === 'node') parseObjectName(subject.node, 'node')
  if (subject?.kind === 'pod') {
    parseNamespaceName(subject.namespace)
    parseObjectName(subject.name, 'pod')
  }
  return parsed
}

/** The data are shared by all clients: they are written as they are. */
function write(response: Response, { event, id, data }: LiveEvent): void {
  response.cork()
  response.write(`event: ${event}\n${id === undefined ? '' : `id: ${id}\n`}data: `)
  response.write(data)
  response.write('\n\n')
  response.uncork()
}

/** Waits until the client has read what was sent; one that reads nothing for too long is dropped. */
async function drained(response: Response, signal: AbortSignal, stallMs: number): Promise<void> {
  const stalled = setTimeout(() => response.destroy(), stallMs)
  try {
    await once(response, 'drain', { signal })
  } finally {
    clearTimeout(stalled)
  }
}

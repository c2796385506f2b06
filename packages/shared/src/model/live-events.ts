import { z } from 'zod/mini'
import { observationReplySchema } from './api.ts'
import { observationSchema } from './observation.ts'

/** How often a node may be scanned anew for who watches it, in seconds. "Off" is to end the stream. */
export const LIVE_INTERVALS = [1, 2, 5, 30] as const
export type LiveInterval = (typeof LIVE_INTERVALS)[number]

export type LiveSubject = { kind: 'pod'; namespace: string; name: string } | { kind: 'node'; node: string }

/** What a page follows. Without a subject the stream tells of the list of pods alone, and no node is scanned. */
export type LiveQuery = { subject: LiveSubject | null; interval: LiveInterval }

/** The interval where none is asked for, in seconds. */
export const LIVE_DEFAULT_INTERVAL: LiveInterval = 5

/** The query of a stream, as it stands in an address. */
export const liveQuerySchema = z.strictObject({
  namespace: z.optional(z.string()),
  pod: z.optional(z.string()),
  node: z.optional(z.string()),
  interval: z._default(z.pipe(z.enum(LIVE_INTERVALS.map(String)), z.transform(Number)), LIVE_DEFAULT_INTERVAL),
})

/** `namespace=default&pod=myweb2&interval=2`, in a fixed order. */
export function liveQuery({ subject, interval }: LiveQuery): string {
  const parts =
    subject === null
      ? []
      : subject.kind === 'node'
        ? [['node', subject.node]]
        : [
            ['namespace', subject.namespace],
            ['pod', subject.name],
          ]
  return [...parts, ['interval', String(interval)]]
    .map(([key, value]) => `${key}=${encodeURIComponent(value ?? '')}`)
    .join('&')
}

/**
 * Reads the parts of an address; names are not checked beyond being there.
 * @returns what is followed, or one sentence on what is wrong and what would be right.
 */
export function parseLiveQuery(query: Readonly<Record<string, unknown>>): LiveQuery | { error: string } {
  const result = liveQuerySchema.safeParse(query)
  if (!result.success)
    return { error: `A stream has namespace and pod, or node; and interval=${LIVE_INTERVALS.join('|')}.` }
  const { namespace, pod, node } = result.data
  const interval = result.data.interval as LiveInterval
  if (node !== undefined && namespace === undefined && pod === undefined)
    return { subject: { kind: 'node', node }, interval }
  if (namespace !== undefined && pod !== undefined && node === undefined)
    return { subject: { kind: 'pod', namespace, name: pod }, interval }
  if (namespace === undefined && pod === undefined) return { subject: null, interval }
  return { error: 'A stream follows one pod (namespace and pod together), or one node, or neither.' }
}

/**
 * The events of `GET /api/live` (server-sent events), by their names; each one's data is one line of JSON of this schema.
 *
 * The stream begins with the state as it is (`source`, `pods`, and of the subject `observation` or `tick`), then tells what
 * becomes of it. A client that reads slowly gets the newest state, never all that was between. Lines that begin with `:`
 * are heartbeats, at most 15 s apart: a client that hears nothing for 40 s may take the connection for dead.
 *
 * Browsers allow six connections to one server over HTTP/1.1, for all its tabs together: end the stream while the page is
 * hidden; it begins with the newest state anyway.
 */
export const LIVE_EVENTS = {
  /** The reply of `API.source` is another one now. Data: {}. */
  source: z.object({}),
  /** The list of pods, or that of nodes, has changed: ask again. At most one a second. Data: {}. */
  pods: z.object({}),
  /**
   * The whole reply of the subject's observation path, `observationReplySchema` or `nodeObservationReplySchema`. Sent when
   * anything in it but its times (`at`, `node.uptime`) differs from what was sent last. The event has an id; a client that
   * comes back with it in `Last-Event-ID` (a header; EventSource does so by itself) gets a `tick` if nothing has changed.
   */
  observation: z.object({ observation: z.unknown(), problem: observationReplySchema.shape.problem }),
  /** A scan found all as it was; these are its times. All is well (again): a `trouble` before is over. */
  tick: z.object({ at: observationSchema.shape.at, uptime: observationSchema.shape.node.shape.uptime }),
  /**
   * There is no new scan, and why. Comes after every failed try, and after each `observation` that has a problem; it is over with the
   * next `tick`, or with an `observation` that has none.
   */
  trouble: z.object({
    /** As in the observation reply; the code is one of PROBLEM_CODES. */
    problem: z.object({ code: z.string(), message: z.string(), next: z.nullable(z.string()) }),
    /** When the last good scan of the subject ended, ISO 8601 in UTC; null when there was none. */
    since: z.nullable(z.string()),
    /** Milliseconds from now to the next try; null: not by itself, but when the cluster or the user (a helper) changes something. */
    retryInMs: z.nullable(z.number()),
  }),
} as const
export type LiveEventName = keyof typeof LIVE_EVENTS
export type LiveTick = z.infer<typeof LIVE_EVENTS.tick>
export type LiveTrouble = z.infer<typeof LIVE_EVENTS.trouble>

import {
  API,
  helperReplySchema,
  type ListQuery,
  listQuery,
  type ObservationReply,
  observationReplySchema,
  podListSchema,
  recordingListSchema,
  recordingSchema,
  sourceSchema,
} from '@pausescope/shared'
import { keepPreviousData, type QueryClient, queryOptions } from '@tanstack/react-query'
import { request } from './request.ts'
import { IS_STATIC } from './static-site.ts'

/** How often things are asked for again where no stream tells of them, in milliseconds; never while the page is hidden. */
export const EVERY = { source: IS_STATIC ? false : 2000, pods: 2000, soon: 1000 } as const

/** How the page learns what changes: it is told by a stream, or asks. */
export type Asks = {
  /** For the source and the lists. */
  lists: boolean
  /** For what is scanned, every so many milliseconds; null: it is told, or everything stands still. */
  scans: number | null
}

export const sourceQuery = queryOptions({
  queryKey: ['source'],
  queryFn: ({ signal }) => request(API.source, sourceSchema, { signal }),
})

/** Everything that is known of lists. */
export const LISTS = [['pods'], ['nodes']] as const

/** Some of the pods. Until they are there, those that were asked for before are shown. */
export function podsQuery(asked: ListQuery) {
  return queryOptions({
    queryKey: ['pods', asked],
    queryFn: ({ signal }) => request(API.pods + listQuery(asked), podListSchema, { signal }),
    placeholderData: keepPreviousData,
  })
}

/** One pod as last scanned. */
export function observationQuery(namespace: string, name: string, { scans }: Pick<Asks, 'scans'>) {
  return queryOptions({
    queryKey: ['observation', namespace, name],
    queryFn: ({ signal }): Promise<ObservationReply> =>
      request(API.observation(namespace, name), observationReplySchema, { signal }),
    refetchInterval: ({ state }) => scanInterval(scans, state.data?.problem),
    ...keeping(scans),
  })
}

/** When to ask again for something scanned: while its helper starts, often. */
export function scanInterval(scans: number | null, problem: ObservationReply['problem'] | undefined): number | false {
  if (scans === null) return false
  return problem?.code === 'helper-creating' ? EVERY.soon : scans
}

/** What is told, or stands still, is not asked for because somebody came back to the page. */
export function keeping(scans: number | null) {
  return {
    ...(scans === null ? { staleTime: Number.POSITIVE_INFINITY, refetchOnWindowFocus: false } : {}),
    structuralSharing: newest,
  }
}

/** An answer that was long on its way does not take the place of a newer scan, which a stream told meanwhile. */
function newest(before: unknown, after: unknown): unknown {
  const [last, next] = [before, after].map(
    (reply) => (reply as { observation?: { at: string; scanned: boolean } } | undefined)?.observation,
  )
  return last?.scanned && next?.scanned && last.at > next.at ? before : after
}

/** Asks for a scan that begins now and shows it. */
export async function scanAgain(client: QueryClient, namespace: string, name: string): Promise<void> {
  const { queryKey } = observationQuery(namespace, name, { scans: null })
  await client.cancelQueries({ queryKey })
  const reply = await request(`${API.observation(namespace, name)}?refresh=1`, observationReplySchema)
  client.setQueryData(queryKey, reply)
}

/** State of the helper of a node, and what would be made; asked for often while it starts. */
export function helperQuery(node: string) {
  return queryOptions({
    queryKey: ['helper', node],
    queryFn: ({ signal }) => request(API.helper(node), helperReplySchema, { signal }),
    refetchInterval: ({ state }) => (state.data?.state === 'creating' ? EVERY.soon : false),
    staleTime: 0,
  })
}

/** The user agreed for the cluster of this context: makes the helper. */
export function agreeToHelper(node: string, context: string | null) {
  const query = context === null ? '' : `?context=${encodeURIComponent(context)}`
  return request(`${API.helper(node)}${query}`, helperReplySchema, { method: 'POST' })
}

export const recordingsQuery = queryOptions({
  queryKey: ['recordings'],
  queryFn: async ({ signal }) => (await request(API.recordings, recordingListSchema, { signal })).recordings,
  staleTime: Number.POSITIVE_INFINITY,
})

/** A bundled recording never changes while the server runs. */
export function recordingQuery(id: string) {
  return queryOptions({
    queryKey: ['recording', id],
    queryFn: ({ signal }) => request(API.recording(id), recordingSchema, { signal }),
    staleTime: Number.POSITIVE_INFINITY,
  })
}

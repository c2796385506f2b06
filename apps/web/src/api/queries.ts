import {
  API,
  helperReplySchema,
  type ObservationReply,
  observationReplySchema,
  podListSchema,
  recordingListSchema,
  recordingSchema,
  sourceSchema,
} from '@pausescope/shared'
import { type QueryClient, queryOptions } from '@tanstack/react-query'
import { request } from './request.ts'
import { IS_STATIC } from './static-site.ts'

/** How often things are asked for again, in milliseconds; never while the page is hidden. */
export const EVERY = { source: 2000, pods: 2000, observation: 5000, soon: 1000 }

export const sourceQuery = queryOptions({
  queryKey: ['source'],
  queryFn: ({ signal }) => request(API.source, sourceSchema, { signal }),
  refetchInterval: IS_STATIC ? false : EVERY.source,
})

export const podsQuery = queryOptions({
  queryKey: ['pods'],
  queryFn: async ({ signal }) => (await request(API.pods, podListSchema, { signal })).pods,
  refetchInterval: EVERY.pods,
})

/** One pod as last scanned. While its helper starts it is asked for more often. */
export function observationQuery(namespace: string, name: string) {
  return queryOptions({
    queryKey: ['observation', namespace, name],
    queryFn: ({ signal }): Promise<ObservationReply> =>
      request(API.observation(namespace, name), observationReplySchema, { signal }),
    refetchInterval: ({ state }) => scanInterval(state.data?.problem),
  })
}

/** When to ask again for something scanned. */
export function scanInterval(problem: ObservationReply['problem'] | undefined): number {
  return problem?.code === 'helper-creating' ? EVERY.soon : EVERY.observation
}

/** Asks for a scan that begins now and shows it. */
export async function scanAgain(client: QueryClient, namespace: string, name: string): Promise<void> {
  const { queryKey } = observationQuery(namespace, name)
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

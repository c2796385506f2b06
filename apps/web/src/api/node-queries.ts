import {
  API,
  type ListQuery,
  listQuery,
  type NodeObservationReply,
  nodeListSchema,
  nodeObservationReplySchema,
} from '@pausescope/shared'
import { keepPreviousData, type QueryClient, queryOptions } from '@tanstack/react-query'
import { type Asks, keeping, scanInterval } from './queries.ts'
import { request } from './request.ts'

/** How often the list of nodes is asked for again, in milliseconds. */
const EVERY = 5000

/** Some of the nodes; as for pods. */
export function nodesQuery(asked: ListQuery) {
  return queryOptions({
    queryKey: ['nodes', asked],
    queryFn: ({ signal }) => request(API.nodes + listQuery(asked), nodeListSchema, { signal }),
    placeholderData: keepPreviousData,
    refetchInterval: EVERY,
  })
}

/** A whole node as last scanned. Its key begins as that of pods does: what makes them old makes it old. */
export function nodeObservationQuery(node: string, { scans }: Pick<Asks, 'scans'>) {
  return queryOptions({
    queryKey: ['observation', null, node],
    queryFn: ({ signal }): Promise<NodeObservationReply> =>
      request(API.nodeObservation(node), nodeObservationReplySchema, { signal }),
    refetchInterval: ({ state }) => scanInterval(scans, state.data?.problem),
    ...keeping(scans),
  })
}

/** Asks for a scan of the node that begins now and shows it. */
export async function scanNodeAgain(client: QueryClient, node: string): Promise<void> {
  const { queryKey } = nodeObservationQuery(node, { scans: null })
  await client.cancelQueries({ queryKey })
  const reply = await request(`${API.nodeObservation(node)}?refresh=1`, nodeObservationReplySchema)
  client.setQueryData(queryKey, reply)
}

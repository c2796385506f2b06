import { API, contextListSchema, type Source, sourceSchema } from '@pausescope/shared'
import { type QueryClient, queryOptions } from '@tanstack/react-query'
import { sourceQuery } from './queries.ts'
import { request } from './request.ts'
import { IS_STATIC } from './static-site.ts'

/** Names of the clusters that may be chosen; none where the server does not let viewers choose. */
export const contextsQuery = queryOptions({
  queryKey: ['contexts'],
  queryFn: async ({ signal }) => (await request(API.contexts, contextListSchema, { signal })).contexts,
  staleTime: 60_000,
  enabled: !IS_STATIC,
})

/** Has the server show the cluster of a context, to all viewers. */
export async function chooseContext(client: QueryClient, context: string): Promise<void> {
  const source: Source = await request(API.context(context), sourceSchema, { method: 'POST' })
  client.setQueryData(sourceQuery.queryKey, source)
}

/** What is known of one cluster says nothing of another, whose pods may have the same names. */
export async function forgetCluster(client: QueryClient): Promise<void> {
  const everywhere: readonly unknown[] = ['source', 'contexts', 'recordings', 'recording']
  await client.resetQueries({ predicate: ({ queryKey }) => !everywhere.includes(queryKey[0]) })
}

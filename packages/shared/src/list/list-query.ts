import { z } from 'zod/mini'

/** How many lines of a list are told at first, and at most: a cluster can have 150,000 pods, and nobody reads them all. */
export const LIST_LINES = { first: 400, most: 4000 } as const

const MOST_SEARCH = 300
const MOST_CLOSED = 1000

/** Which part of a list of pods or nodes is wished for. */
export type ListQuery = {
  /** Words, of which every one must be found. */
  search: string
  limit: number
  /** Kubernetes namespaces of which only the number of pods is asked for. */
  closed: readonly string[]
}

const oneOrMany = z.union([
  z.array(z.string()),
  z.pipe(
    z.string(),
    z.transform((one) => [one]),
  ),
])

/** As in an address; other parts of it are none of its business. */
export const listQuerySchema = z.object({
  search: z._default(z.string().check(z.maxLength(MOST_SEARCH)), ''),
  limit: z._default(
    z.pipe(
      z.string().check(z.regex(/^[1-9]\d{0,5}$/)),
      z.pipe(z.transform(Number), z.int().check(z.maximum(LIST_LINES.most))),
    ),
    LIST_LINES.first,
  ),
  closed: z._default(oneOrMany.check(z.maxLength(MOST_CLOSED)), []),
})

/**
 * Reads the query of a list from the parts of an address.
 * @returns the query, or one sentence on what is wrong and what would be right.
 */
export function parseListQuery(query: Readonly<Record<string, unknown>>): ListQuery | { error: string } {
  const result = listQuerySchema.safeParse(query)
  if (result.success) return result.data
  switch (result.error.issues[0]?.path[0]) {
    case 'limit':
      return { error: `The limit of a list is a whole number from 1 to ${LIST_LINES.most}.` }
    case 'search':
      return { error: `A search is one text of at most ${MOST_SEARCH} characters.` }
    default:
      return { error: `At most ${MOST_CLOSED} namespaces can be closed.` }
  }
}

/** `?search=web&limit=800`: what differs from the defaults; empty for the first lines of everything. */
export function listQuery({ search = '', limit = LIST_LINES.first, closed = [] }: Partial<ListQuery>): string {
  const parts = [
    ...(search === '' ? [] : [['search', search.slice(0, MOST_SEARCH)]]),
    ...(limit === LIST_LINES.first ? [] : [['limit', String(Math.min(limit, LIST_LINES.most))]]),
    ...closed.slice(0, MOST_CLOSED).map((namespace) => ['closed', namespace]),
  ]
  return parts.map(([key, value = ''], at) => `${at === 0 ? '?' : '&'}${key}=${encode(value)}`).join('')
}

/** The words of a search, in lower case. */
export function searchWords(search: string): string[] {
  return search.toLowerCase().split(/\s+/).filter(Boolean)
}

/** Half of a character, which a cut can leave, is no character. */
function encode(text: string): string {
  return encodeURIComponent(text.replace(/\p{Surrogate}/gu, '\ufffd'))
}

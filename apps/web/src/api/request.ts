import { apiErrorSchema } from '@pausescope/shared'
import type { ZodMiniType } from 'zod/mini'
import { ApiError } from './problem.ts'
import { IS_STATIC } from './static-site.ts'

/** Longest that the page waits for one answer, in milliseconds. A cold scan of a large node is within it. */
const PATIENCE = 60_000

/**
 * Asks the server and parses its answer.
 * @throws ApiError for every failure but an abort: unreachable, malformed, or what the server said.
 */
export async function request<T>(
  path: string,
  schema: ZodMiniType<T>,
  { method = 'GET', signal }: { method?: 'GET' | 'POST'; signal?: AbortSignal | undefined } = {},
): Promise<T> {
  const patience = AbortSignal.timeout(PATIENCE)
  const response = await send(path, method, signal ? AbortSignal.any([signal, patience]) : patience, signal)
  const body = await readJson(response)
  if (!response.ok) {
    const failure = apiErrorSchema.safeParse(body)
    throw new ApiError(failure.success ? failure.data.error : malformed(path))
  }
  const parsed = schema.safeParse(body)
  if (!parsed.success) throw new ApiError(malformed(path))
  return parsed.data
}

async function send(path: string, method: string, signal: AbortSignal, caller?: AbortSignal): Promise<Response> {
  try {
    return await fetch(IS_STATIC ? `.${path}.json` : path, { method, signal, headers: { accept: 'application/json' } })
  } catch (cause) {
    if (caller?.aborted) throw cause
    throw new ApiError({ code: 'unreachable', message: path, next: null })
  }
}

/** Undefined for a body that is not JSON: no schema accepts it. */
async function readJson(response: Response): Promise<unknown> {
  try {
    return await response.json()
  } catch {
    return undefined
  }
}

function malformed(path: string) {
  return { code: 'malformed', message: path, next: null }
}

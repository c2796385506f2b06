import type { IncomingMessage } from 'node:http'
import type { RequestInfo } from './request-info.ts'

/** A request as the server got it, without its token. */
export type LoggedRequest = {
  method: string
  path: string
  /** Repeated names, as `command` of an exec, keep all their values. */
  query: Record<string, string[]>
  headers: Record<string, string>
  /** Name of the user; null when the token was wrong. */
  user: string | null
  /** `list`, `watch`, `get`, `create`, `delete`, …, or `exec`; null for paths that are no resource. */
  verb: string | null
  resource: string | null
  namespace: string | null
  name: string | null
}

export function logEntry(request: IncomingMessage, info: RequestInfo | null, user: string | null): LoggedRequest {
  const { pathname, searchParams } = new URL(request.url ?? '/', 'http://server')
  const query: Record<string, string[]> = {}
  for (const name of new Set(searchParams.keys())) query[name] = searchParams.getAll(name)
  const headers: Record<string, string> = {}
  for (const [name, value] of Object.entries(request.headers)) {
    if (name !== 'authorization' && value !== undefined) headers[name] = String(value)
  }
  return {
    method: request.method ?? 'GET',
    path: pathname,
    query,
    headers,
    user,
    verb: info?.subresource === 'exec' ? 'exec' : (info?.verb ?? null),
    resource: info?.resource ?? null,
    namespace: info?.namespace ?? null,
    name: info?.name ?? null,
  }
}

import { existsSync } from 'node:fs'
import type { Agent, RequestOptions } from 'node:https'
import { delimiter, resolve } from 'node:path'
import type { KubeConfig } from '@kubernetes/client-node'
import { type Told, told } from '@pausescope/shared'
import { KubeError } from './kube-error.ts'

/** How to reach the API server, as plain data. Holds credentials: never logged, never sent to the page. */
export type ApiAccess = {
  /** Base address; may have a path. */
  server: string
  headers: Record<string, string>
  tls: Pick<RequestOptions, 'ca' | 'cert' | 'key' | 'passphrase' | 'rejectUnauthorized' | 'servername'>
  /** Only for a cluster behind a proxy; else Node's own agent keeps connections, apart by credentials. */
  agent: Agent | undefined
}

/**
 * Resolves the current context's address and credentials; runs its exec plugin where it has one.
 * @param proxy for a context that names no proxy itself.
 * @throws KubeError `auth-plugin` or `bad-kubeconfig`.
 */
export async function resolveAccess(config: KubeConfig, proxy?: Agent): Promise<ApiAccess> {
  const cluster = config.getCurrentCluster()
  if (!cluster) throw new KubeError('no-context', told('kubeconfig.no-current-cluster'))
  const options: RequestOptions = {}
  // The client refuses plain http unless told not to verify TLS, of which http has none; kubectl does not.
  const plain = cluster.server.startsWith('http:') && !cluster.skipTLSVerify
  if (plain) Object.assign(cluster, { skipTLSVerify: true })
  try {
    await config.applyToHTTPSOptions(options)
  } catch (cause) {
    throw authError(config, cause)
  }
  const headers = Object.fromEntries(
    Object.entries(options.headers ?? {}).map(([name, value]) => [name, String(value).trim()]),
  )
  if (options.auth) headers.Authorization = `Basic ${Buffer.from(options.auth).toString('base64')}`
  const { ca, cert, key, passphrase, rejectUnauthorized, servername } = options
  const tls = Object.entries({ ca, cert, key, passphrase, rejectUnauthorized, servername }).filter(
    ([, value]) => value !== undefined,
  )
  return {
    server: cluster.server.replace(/\/+$/, ''),
    headers,
    tls: Object.fromEntries(tls),
    agent: cluster.proxyUrl ? (options.agent as Agent) : proxy,
  }
}

/** Longest text of a failed plugin that is shown, in characters. */
const PLUGIN_TEXT_MAX = 300

function authError(config: KubeConfig, cause: unknown): KubeError {
  const user = config.getCurrentUser()
  const name = user?.name ?? ''
  const { code, path, message } = cause as NodeJS.ErrnoException
  const program: string | undefined = user?.exec?.command ?? user?.authProvider?.config?.exec?.command
  if (program === undefined) {
    const why = path ? told('kubeconfig.user-file', { file: path, code: code ?? '' }) : told('kubeconfig.user-data')
    return new KubeError('bad-kubeconfig', told('kubeconfig.user', { user: name, why }))
  }
  const hint: unknown = user?.exec?.installHint
  const more = typeof hint === 'string' && hint.trim() ? { next: told('quoted', { text: hint.trim() }) } : {}
  const fail = (why: Told, next = {}) =>
    new KubeError('auth-plugin', told('kubeconfig.plugin', { user: name, program, why }), next)
  if (code === 'ENOENT' || (code === 'EACCES' && !isFound(program))) {
    return fail(told('kubeconfig.plugin-missing'), more)
  }
  if (code === 'EACCES') return fail(told('kubeconfig.plugin-denied'))
  // Its output could be a credential; what it printed as an error is for people.
  if (cause instanceof SyntaxError) return fail(told('kubeconfig.plugin-no-json'))
  const complaint = message.replace(/\s+/g, ' ').trim().slice(0, PLUGIN_TEXT_MAX)
  return fail(
    complaint ? told('kubeconfig.plugin-failed', { told: complaint }) : told('kubeconfig.plugin-failed-silently'),
    more,
  )
}

/** A program that no folder of the PATH has is refused like one that may not be run if one of the folders may not be read. */
function isFound(program: string): boolean {
  const folders = program.includes('/') ? ['.'] : (process.env.PATH ?? '').split(delimiter)
  return folders.some((folder) => existsSync(resolve(folder, program)))
}

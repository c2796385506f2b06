import type { Agent, RequestOptions } from 'node:https'
import type { KubeConfig } from '@kubernetes/client-node'
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
  if (!cluster) throw new KubeError('no-context', 'The kubeconfig has no current cluster.')
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
  const { code, path, message } = cause as NodeJS.ErrnoException
  const command: string | undefined = user?.exec?.command ?? user?.authProvider?.config?.exec?.command
  if (command === undefined) {
    const what = path ? `${path} cannot be read (${code})` : 'its login data are not usable'
    return new KubeError('bad-kubeconfig', `The kubeconfig's user "${user?.name}" cannot be used: ${what}.`)
  }
  const begin = `The credentials of the kubeconfig's user "${user?.name}" come from the program "${command}", which`
  const hint: unknown = user?.exec?.installHint
  const more = typeof hint === 'string' && hint.trim() ? { next: hint.trim() } : {}
  if (code === 'ENOENT') return new KubeError('auth-plugin', `${begin} is not installed or not on the PATH.`, more)
  if (code === 'EACCES') return new KubeError('auth-plugin', `${begin} may not be run.`)
  // Its output could be a credential; what it printed as an error is for people.
  if (cause instanceof SyntaxError) return new KubeError('auth-plugin', `${begin} printed something that is not JSON.`)
  const told = message.replace(/\s+/g, ' ').trim().slice(0, PLUGIN_TEXT_MAX)
  return new KubeError('auth-plugin', `${begin} failed${told ? `: ${told}` : ' without saying why.'}`)
}

import http from 'node:http'
import https from 'node:https'

const VARIABLES = ['HTTP_PROXY', 'HTTPS_PROXY', 'NO_PROXY'] as const
const LOCAL = /^(localhost|127(\.\d+){3}|\[::1\])$/

/**
 * The agent for a server behind the proxy that the environment names, as kubectl takes it: HTTPS_PROXY, HTTP_PROXY and NO_PROXY in
 * capitals or not, and never for this machine itself. Undefined where there is none, so that Node's own agent serves.
 */
export function environmentProxy(server: URL, env: NodeJS.ProcessEnv): https.Agent | undefined {
  const proxyEnv = Object.fromEntries(
    VARIABLES.flatMap((name) => {
      const value = env[name] || env[name.toLowerCase()]
      return value ? [[name, value]] : []
    }),
  )
  const wanted = server.protocol === 'http:' ? proxyEnv.HTTP_PROXY : proxyEnv.HTTPS_PROXY
  if (!wanted || LOCAL.test(server.hostname)) return undefined
  const { Agent } = server.protocol === 'http:' ? http : https
  return new Agent({ keepAlive: true, proxyEnv }) as https.Agent
}

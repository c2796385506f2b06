import type { IncomingMessage, ServerResponse } from 'node:http'
import type { ClusterState } from './cluster-state.ts'
import { sendJson, sendText } from './http-reply.ts'
import { RESOURCES } from './kube-object.ts'

/** The paths that are no resource: version, health, discovery. */
export function serveDiscovery(state: ClusterState, request: IncomingMessage, response: ServerResponse): void {
  const { pathname } = new URL(request.url ?? '/', 'http://server')
  const document = discoveryDocument(pathname, state.version)
  if (document) sendJson(response, 200, document)
  else if (['/livez', '/readyz', '/healthz'].includes(pathname)) sendText(response, 200, 'ok')
  else sendText(response, 404, '404 page not found\n')
}

function discoveryDocument(pathname: string, version: string): object | null {
  switch (pathname) {
    case '/version':
      return versionInfo(version)
    case '/api':
      return { kind: 'APIVersions', versions: ['v1'], serverAddressByClientCIDRs: [] }
    case '/apis':
      return { kind: 'APIGroupList', apiVersion: 'v1', groups: [AUTHORIZATION] }
    case '/api/v1':
      return { kind: 'APIResourceList', groupVersion: 'v1', resources: resourceList() }
    default:
      return null
  }
}

const AUTHORIZATION_VERSION = { groupVersion: 'authorization.k8s.io/v1', version: 'v1' }
const AUTHORIZATION = {
  name: 'authorization.k8s.io',
  versions: [AUTHORIZATION_VERSION],
  preferredVersion: AUTHORIZATION_VERSION,
}

function versionInfo(gitVersion: string): object {
  const [, major = '1', minor = '0'] = /^v(\d+)\.(\d+)/.exec(gitVersion) ?? []
  return {
    major,
    minor,
    gitVersion,
    gitTreeState: 'clean',
    goVersion: 'go1.25.0',
    compiler: 'gc',
    platform: 'linux/amd64',
  }
}

function resourceList(): object[] {
  const verbs = ['create', 'delete', 'get', 'list', 'patch', 'watch']
  const kept = Object.entries(RESOURCES).map(([name, { kind, namespaced }]) => ({
    name,
    singularName: '',
    namespaced,
    kind,
    verbs,
  }))
  return [
    ...kept,
    { name: 'pods/exec', singularName: '', namespaced: true, kind: 'PodExecOptions', verbs: ['create', 'get'] },
  ]
}

import type { IncomingMessage, ServerResponse } from 'node:http'
import type { ClusterState } from './cluster-state.ts'
import { serveDiscovery } from './discovery.ts'
import { type ExecUpgrade, serveExec } from './exec.ts'
import { type Fault, isRequestFault, operationOf } from './faults.ts'
import { readBody, sendJson, sendStatus } from './http-reply.ts'
import { isResourceName, type PodObject, type ResourceName } from './kube-object.ts'
import { listObjects } from './list.ts'
import { createObject, deleteCollection, deleteObject, getObject, patchObject } from './objects.ts'
import { forbidden, isAllowed, reviewAccess, reviewRules, type User } from './rbac.ts'
import { playRequestFault } from './request-faults.ts'
import { parseRequest, type RequestInfo } from './request-info.ts'
import { logEntry } from './request-log.ts'
import {
  badRequest,
  internalError,
  methodNotAllowed,
  noSuchResource,
  podSecurityRefusal,
  type Status,
  StatusError,
  unauthorized,
} from './status.ts'
import { serveWatch } from './watch.ts'

const ANONYMOUS: User = { name: 'system:anonymous', token: '', rules: [] }

/** Answers one request as the API server does, from authentication to the last byte. */
export async function serveApi(
  state: ClusterState,
  request: IncomingMessage,
  response: ServerResponse,
  upgrade?: ExecUpgrade,
): Promise<void> {
  try {
    await answer(state, request, response, upgrade)
  } catch (cause) {
    if (response.destroyed || response.headersSent) response.destroy()
    else sendStatus(response, cause instanceof StatusError ? cause.status : internalError(String(cause)))
  }
}

async function answer(
  state: ClusterState,
  request: IncomingMessage,
  response: ServerResponse,
  upgrade: ExecUpgrade | undefined,
): Promise<void> {
  const info = parsePath(request)
  const user = authenticate(state.users, request.headers.authorization)
  state.log.push(logEntry(request, info, user?.name ?? null))
  if (!user) throw new StatusError(unauthorized())
  if (!info) return serveDiscovery(state, request, response)

  const pod = info.resource === 'pods' ? state.store.get('pods', `${info.namespace}/${info.name}`) : undefined
  const node = (pod?.spec as { nodeName?: string } | undefined)?.nodeName
  const fault = state.faults.take(operationOf(info), {
    resource: info.resource,
    namespace: info.namespace,
    name: info.name,
    continued: info.query.has('continue'),
    ...(node === undefined ? {} : { node }),
  })
  if (fault?.kind === 'pod-security') throw new StatusError(await podSecurity(request))
  if (fault && isRequestFault(fault.kind)) {
    if ((await playRequestFault(fault, info, user.name, response, state.closing)) === 'answered') return
  }
  authorize(state, user, info, info.verb)
  if (info.group === 'authorization.k8s.io') return answerReview(user, info, request, response)
  if (info.group !== '' || !isResourceName(info.resource)) throw new StatusError(noSuchResource())
  if (info.subresource === 'exec' && info.resource === 'pods') {
    if (!upgrade) throw new StatusError(badRequest('Upgrade request required'))
    return serveExec(state, info, upgrade, fault)
  }
  if (info.subresource !== null) throw new StatusError(noSuchResource())
  await answerResource(state, info.resource, info, request, response, fault)
}

function parsePath(request: IncomingMessage): RequestInfo | null {
  try {
    return parseRequest(request.method ?? 'GET', request.url ?? '/')
  } catch {
    throw new StatusError(badRequest('invalid URL escape'))
  }
}

async function podSecurity(request: IncomingMessage): Promise<Status> {
  const pod = (await jsonBody(request)) as PodObject
  return podSecurityRefusal(pod.metadata.name, pod.spec.containers[0]?.name ?? '')
}

/** No token: anonymous. A wrong token: nobody. */
function authenticate(users: readonly User[], header: string | undefined): User | null {
  if (header === undefined) return ANONYMOUS
  return users.find(({ token }) => header === `Bearer ${token}`) ?? null
}

function authorize(state: ClusterState, user: User, info: RequestInfo, verb: string): void {
  const asked = { ...info, verb }
  if (!isAllowed(user.rules, asked)) throw new StatusError(forbidden(user.name, asked))
  // From 1.35 on an exec over WebSocket, though a GET, needs `create` as well (AuthorizePodWebsocketUpgradeCreatePermission).
  const minor = Number(/^v1\.(\d+)/.exec(state.version)?.[1] ?? 0)
  if (verb === 'get' && info.subresource === 'exec' && minor >= 35) authorize(state, user, info, 'create')
}

async function answerReview(
  user: User,
  info: RequestInfo,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const review = (await jsonBody(request)) as object
  if (info.resource === 'selfsubjectaccessreviews') sendJson(response, 201, reviewAccess(user, review))
  else if (info.resource === 'selfsubjectrulesreviews') sendJson(response, 201, reviewRules(user, review))
  else throw new StatusError(noSuchResource())
}

async function answerResource(
  state: ClusterState,
  resource: ResourceName,
  info: RequestInfo,
  request: IncomingMessage,
  response: ServerResponse,
  fault: Fault | undefined,
): Promise<void> {
  switch (info.verb) {
    case 'list':
      return sendJson(response, 200, listObjects(state, resource, info))
    case 'watch':
      return serveWatch(state, resource, info, response, fault && !isRequestFault(fault.kind) ? fault : undefined)
    case 'get':
      return sendJson(response, 200, getObject(state, resource, info))
    case 'create':
      return sendJson(response, 201, createObject(state, resource, info, await jsonBody(request)))
    case 'delete':
      return sendJson(response, 200, deleteObject(state, resource, info, await jsonBody(request)))
    case 'deletecollection':
      return sendJson(response, 200, deleteCollection(state, resource, info, await jsonBody(request)))
    case 'patch': {
      const type = request.headers['content-type'] ?? ''
      return sendJson(response, 200, patchObject(state, resource, info, type, await jsonBody(request)))
    }
    default:
      throw new StatusError(methodNotAllowed())
  }
}

async function jsonBody(request: IncomingMessage): Promise<unknown> {
  const text = await readBody(request)
  if (text === '') return undefined
  try {
    return JSON.parse(text)
  } catch {
    throw new StatusError(badRequest('the request body is not valid JSON'))
  }
}

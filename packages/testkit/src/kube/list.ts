import type { ClusterState } from './cluster-state.ts'
import { type KubeObject, objectKey, RESOURCES, type ResourceName } from './kube-object.ts'
import type { RequestInfo } from './request-info.ts'
import { parseSelectors } from './selectors.ts'
import { badRequest, expired, StatusError } from './status.ts'

export type ObjectList = {
  kind: string
  apiVersion: string
  metadata: { resourceVersion: string; continue?: string; remainingItemCount?: number }
  items: Pick<KubeObject, 'metadata'>[]
}

type Continue = { v: 'meta.k8s.io/v1'; rv: number; start: string }

const TOO_OLD =
  'The provided continue parameter is too old to display a consistent list result. You can start a new list without ' +
  'the continue parameter, or use the continue token in this response to retrieve the remainder of the results.'

/** Answers a list, in pages when `limit` asks for them. All pages show the moment of the first. */
export function listObjects(state: ClusterState, resource: ResourceName, info: RequestInfo): ObjectList {
  const { store, snapshots } = state
  const { query } = info
  const token = query.get('continue')
  const from = token ? readToken(token) : null
  const version = from?.rv ?? store.version
  const namespace = RESOURCES[resource].namespaced ? info.namespace : null
  const moment = [version, resource, namespace, query.get('labelSelector'), query.get('fieldSelector')].join(' ')
  const all = from ? snapshots.get(moment) : store.list(resource, namespace).filter(parseSelectors(query))
  if (!all) throw new StatusError(expired(TOO_OLD))
  const start = from ? firstBeyond(all, from.start) : 0
  const limit = Number(query.get('limit') ?? 0)
  const rest = all.slice(start)
  const page = limit > 0 ? rest.slice(0, limit) : rest
  const remaining = rest.length - page.length
  const last = page.at(-1)
  if (remaining > 0) snapshots.set(moment, all)

  return {
    kind: `${RESOURCES[resource].kind}List`,
    apiVersion: 'v1',
    metadata: {
      resourceVersion: String(version),
      ...(remaining > 0 && last
        ? {
            continue: writeToken({ v: 'meta.k8s.io/v1', rv: version, start: objectKey(last) }),
            remainingItemCount: remaining,
          }
        : {}),
    },
    items: page.map(withoutType),
  }
}

/** Index of the first object whose key is larger; the length when there is none. Objects are in the order of their keys. */
function firstBeyond(objects: readonly KubeObject[], key: string): number {
  let [low, high] = [0, objects.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if (objectKey(objects[middle] as KubeObject) > key) high = middle
    else low = middle + 1
  }
  return low
}

/** Items of a list carry no kind and apiVersion. */
function withoutType({ kind: _kind, apiVersion: _version, ...item }: KubeObject): ObjectList['items'][number] {
  return item
}

function writeToken(token: Continue): string {
  return Buffer.from(JSON.stringify(token)).toString('base64url')
}

function readToken(text: string): Continue {
  try {
    return JSON.parse(Buffer.from(text, 'base64url').toString('utf8')) as Continue
  } catch {
    throw new StatusError(badRequest('continue key is not valid: illegal base64 data or JSON'))
  }
}

import { randomUUID } from 'node:crypto'
import { buildNamespace } from './build-pod.ts'
import type { ClusterState } from './cluster-state.ts'
import {
  type KubeObject,
  type ObjectInput,
  objectKey,
  type PodObject,
  RESOURCES,
  type ResourceName,
} from './kube-object.ts'
import { listObjects } from './list.ts'
import { mergePatch } from './merge-patch.ts'
import type { RequestInfo } from './request-info.ts'
import { alreadyExists, badRequest, conflict, failure, invalid, notFound, StatusError } from './status.ts'

const DNS_LABEL = /^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$/

export function getObject(state: ClusterState, resource: ResourceName, info: RequestInfo): KubeObject {
  const object = state.store.get(resource, keyOf(resource, info))
  if (!object) throw new StatusError(notFound(resource, info.name ?? ''))
  return object
}

/** Creates an object; a pod is then started by the kubelet. */
export function createObject(
  state: ClusterState,
  resource: ResourceName,
  info: RequestInfo,
  body: unknown,
): KubeObject {
  const object = completed(resource, info, body)
  const { namespace, name } = object.metadata
  const { kind, namespaced } = RESOURCES[resource]
  if (!DNS_LABEL.test(name)) {
    const why = `Invalid value: "${name}": a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character`
    throw new StatusError(invalid(kind, name, 'metadata.name', why))
  }
  if (resource === 'pods') checkPod(object)
  if (namespaced) checkNamespace(state, namespace ?? '', name)
  if (state.store.get(resource, objectKey(object))) throw new StatusError(alreadyExists(resource, name))
  if (info.query.get('dryRun') === 'All') return object
  const stored = state.store.put(resource, object)
  if (resource === 'pods') state.kubelet.created(stored as PodObject)
  return stored
}

function completed(resource: ResourceName, info: RequestInfo, body: unknown): KubeObject {
  const { kind, namespaced } = RESOURCES[resource]
  const input = body as ObjectInput
  if (typeof input !== 'object' || input === null) {
    throw new StatusError(badRequest(`the object provided is unrecognized (must be of type ${kind})`))
  }
  // Kind and version may be absent: the path tells them.
  const { kind: givenKind = kind, apiVersion = 'v1' } = input
  if (givenKind !== kind || apiVersion !== 'v1') {
    const message = `${givenKind} in version "${apiVersion}" cannot be handled as a ${kind}: unknown conversion`
    throw new StatusError(badRequest(message))
  }
  const given = input.metadata ?? {}
  if (namespaced && given.namespace !== undefined && given.namespace !== info.namespace) {
    const message = 'the namespace of the provided object does not match the namespace sent on the request'
    throw new StatusError(badRequest(message))
  }
  const name = given.name ?? (given.generateName ? `${given.generateName}${randomUUID().slice(0, 5)}` : '')
  if (name === '')
    throw new StatusError(invalid(kind, '', 'metadata.name', 'Required value: name or generateName is required'))
  const metadata = {
    ...given,
    name,
    ...(namespaced ? { namespace: info.namespace ?? '' } : {}),
    uid: randomUUID(),
    creationTimestamp: `${new Date().toISOString().slice(0, 19)}Z`,
  }
  const object: KubeObject = { ...input, apiVersion: 'v1', kind, metadata }
  if (resource === 'pods') object.status = { phase: 'Pending', qosClass: 'BestEffort' }
  if (resource !== 'namespaces') return object
  const fresh = buildNamespace(name)
  return { ...fresh, metadata: { ...metadata, labels: { ...given.labels, ...fresh.metadata.labels } } }
}

function checkPod(pod: KubeObject): void {
  const containers = (pod.spec as { containers?: { name?: string; image?: string }[] } | undefined)?.containers
  const bad = (field: string) => new StatusError(invalid('Pod', pod.metadata.name, field, 'Required value'))
  if (!Array.isArray(containers) || containers.length === 0) throw bad('spec.containers')
  for (const [index, container] of containers.entries()) {
    if (!container.name) throw bad(`spec.containers[${index}].name`)
    if (!container.image) throw bad(`spec.containers[${index}].image`)
  }
}

function checkNamespace(state: ClusterState, namespace: string, name: string): void {
  const found = state.store.get('namespaces', namespace)
  if (!found) throw new StatusError(notFound('namespaces', namespace))
  if (found.metadata.deletionTimestamp === undefined) return
  const message = `pods "${name}" is forbidden: unable to create new content in namespace ${namespace} because it is being terminated`
  throw new StatusError(failure(403, 'Forbidden', message, { name, kind: 'pods' }))
}

/** Deletes all objects a list would show, and gives that list. */
export function deleteCollection(
  state: ClusterState,
  resource: ResourceName,
  info: RequestInfo,
  body: unknown,
): object {
  const listed = listObjects(state, resource, info)
  for (const { metadata } of listed.items) {
    deleteObject(state, resource, { ...info, name: metadata.name, namespace: metadata.namespace ?? null }, body)
  }
  return listed
}

type DeleteOptions = { gracePeriodSeconds?: number; preconditions?: { uid?: string } }

/** Deletes an object: a running pod gets its grace period, a namespace goes after its pods. */
export function deleteObject(
  state: ClusterState,
  resource: ResourceName,
  info: RequestInfo,
  body: unknown,
): KubeObject {
  const object = getObject(state, resource, info)
  const options = (body ?? {}) as DeleteOptions
  const uid = options.preconditions?.uid
  if (uid !== undefined && uid !== object.metadata.uid) {
    const why = `Precondition failed: UID in precondition: ${uid}, UID in object meta: ${object.metadata.uid}`
    throw new StatusError(conflict(resource, object.metadata.name, why))
  }
  const asked = info.query.get('gracePeriodSeconds')
  if (resource === 'pods') {
    return deletePod(state, object as PodObject, asked === null ? options.gracePeriodSeconds : Number(asked))
  }
  if (resource === 'namespaces') {
    for (const pod of state.store.list('pods', object.metadata.name)) state.store.remove('pods', objectKey(pod))
    state.store.put(resource, { ...object, metadata: terminating(object, 0), status: { phase: 'Terminating' } })
  }
  return state.store.remove(resource, objectKey(object)) ?? object
}

function deletePod(state: ClusterState, pod: PodObject, asked: number | undefined): KubeObject {
  const runs = pod.spec.nodeName !== undefined && pod.status.phase !== 'Succeeded' && pod.status.phase !== 'Failed'
  const grace = runs ? (asked ?? pod.spec.terminationGracePeriodSeconds ?? 30) : 0
  if (grace === 0) return state.store.remove('pods', objectKey(pod)) ?? pod
  const dying = state.store.put('pods', { ...pod, metadata: terminating(pod, grace) }) as PodObject
  state.kubelet.deleted(dying)
  return dying
}

function terminating(object: KubeObject, grace: number): KubeObject['metadata'] {
  const deletionTimestamp = `${new Date(Date.now() + grace * 1000).toISOString().slice(0, 19)}Z`
  return { ...object.metadata, deletionTimestamp, deletionGracePeriodSeconds: grace }
}

/** Merge patches, and server-side apply of JSON, which creates what is not there. */
export function patchObject(
  state: ClusterState,
  resource: ResourceName,
  info: RequestInfo,
  contentType: string,
  body: unknown,
): KubeObject {
  const applies = contentType.startsWith('application/apply-patch')
  if (!applies && !/^application\/(strategic-)?merge-patch\+json/.test(contentType)) {
    const message = `the body of the request was in an unknown format - accepted media types include: application/merge-patch+json, application/strategic-merge-patch+json, application/apply-patch+yaml`
    throw new StatusError(failure(415, 'UnsupportedMediaType', message))
  }
  const existing = state.store.get(resource, keyOf(resource, info))
  if (!existing && applies) return createObject(state, resource, info, body)
  if (!existing) throw new StatusError(notFound(resource, info.name ?? ''))
  const { name, namespace, uid, creationTimestamp } = existing.metadata
  const patched = mergePatch(existing, body) as KubeObject
  const metadata = { ...patched.metadata, name, ...(namespace ? { namespace } : {}), ...(uid ? { uid } : {}) }
  return state.store.put(resource, {
    ...patched,
    metadata: { ...metadata, ...(creationTimestamp ? { creationTimestamp } : {}) },
  })
}

function keyOf(resource: ResourceName, { namespace, name }: RequestInfo): string {
  return RESOURCES[resource].namespaced ? `${namespace}/${name}` : (name ?? '')
}

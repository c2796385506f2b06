import { afterAll, expect, test } from 'vitest'
import { buildNode, buildPod } from './build-pod.ts'
import { startCluster } from './cluster.ts'
import type { PodObject } from './kube-object.ts'
import { bodyOf, call, openWatch, until } from './test-client.ts'

const cluster = await startCluster()
cluster.upsertNode(buildNode('node1'))
afterAll(() => cluster.close())

const PODS = '/api/v1/namespaces/default/pods'

function manifest(name: string, more: object = {}): object {
  const spec = { nodeName: 'node1', containers: [{ name: 'main', image: 'busybox:1.36' }] }
  return { apiVersion: 'v1', kind: 'Pod', metadata: { name, ...more }, spec }
}

function create(json: object, path = PODS): Promise<Response> {
  return call(cluster, path, { method: 'POST', json })
}

test('a created pod gets its identity and starts', async () => {
  const response = await create(manifest('one'))
  expect(response.status).toBe(201)
  expect(await response.json()).toMatchObject({
    metadata: { namespace: 'default', uid: expect.any(String), resourceVersion: expect.any(String) },
    status: { phase: 'Pending' },
  })
  await until(() => cluster.getPod('default', 'one')?.status.phase === 'Running')
})

test('kind and version may be left to the path', async () => {
  const { kind: _kind, apiVersion: _version, ...json } = manifest('untyped') as Record<string, unknown>
  expect(await (await create(json)).json()).toMatchObject({ kind: 'Pod', apiVersion: 'v1' })
})

test('generateName makes names', async () => {
  const { spec } = manifest('') as { spec: object }
  const json = { apiVersion: 'v1', kind: 'Pod', metadata: { generateName: 'helper-' }, spec }
  const pod = await bodyOf<PodObject>(await create(json))
  expect(pod.metadata.name).toMatch(/^helper-\w{5}$/)
})

test.each([
  ['taken name', manifest('one'), PODS, 409, 'pods "one" already exists'],
  ['no such namespace', manifest('x'), '/api/v1/namespaces/nope/pods', 404, 'namespaces "nope" not found'],
  ['other namespace', manifest('x', { namespace: 'kube-system' }), PODS, 400, /does not match the namespace sent/],
  ['no containers', { ...manifest('x'), spec: {} }, PODS, 422, 'Pod "x" is invalid: spec.containers: Required value'],
  [
    'no image',
    { ...manifest('x'), spec: { containers: [{ name: 'a' }] } },
    PODS,
    422,
    /containers\[0\].image: Required/,
  ],
  ['bad name', manifest('Not A Name'), PODS, 422, /lowercase RFC 1123 subdomain/],
  [
    'other kind',
    { ...manifest('x'), kind: 'Node' },
    PODS,
    400,
    'Node in version "v1" cannot be handled as a Pod: unknown conversion',
  ],
  [
    'taken namespace',
    { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'default' } },
    '/api/v1/namespaces',
    409,
    /already exists/,
  ],
])('%s is refused', async (_case, json, path, code, message) => {
  if (code === 409) cluster.upsertPod(buildPod({ name: 'one' }))
  const response = await create(json, path)
  expect(await response.json()).toMatchObject({ kind: 'Status', code, message: expect.stringMatching(message) })
})

test('dryRun keeps nothing', async () => {
  expect((await create(manifest('dry'), `${PODS}?dryRun=All`)).status).toBe(201)
  expect(cluster.getPod('default', 'dry')).toBeUndefined()
})

test('a running pod ends within its grace period, with 0 at once', async () => {
  cluster.upsertPod(buildPod({ name: 'slow', node: 'node1' }))
  cluster.upsertPod(buildPod({ name: 'quick', node: 'node1' }))
  const watch = await openWatch(cluster, `${PODS}?watch=true&fieldSelector=metadata.name%3Dslow`)
  await watch.next()
  const dying = await bodyOf<PodObject>(await call(cluster, `${PODS}/slow?gracePeriodSeconds=5`, { method: 'DELETE' }))
  expect(dying.metadata).toMatchObject({ deletionTimestamp: expect.any(String), deletionGracePeriodSeconds: 5 })
  expect(await watch.next()).toMatchObject({
    type: 'MODIFIED',
    object: { metadata: { deletionGracePeriodSeconds: 5 } },
  })
  expect(await watch.next()).toMatchObject({ type: 'DELETED' })

  await call(cluster, `${PODS}/quick`, { method: 'DELETE', json: { kind: 'DeleteOptions', gracePeriodSeconds: 0 } })
  expect(cluster.getPod('default', 'quick')).toBeUndefined()
})

test('a deletion for another uid is refused', async () => {
  cluster.upsertPod(buildPod({ name: 'reborn' }))
  const response = await call(cluster, `${PODS}/reborn`, { method: 'DELETE', json: { preconditions: { uid: 'old' } } })
  expect(await response.json()).toMatchObject({ code: 409, reason: 'Conflict' })
  expect(cluster.getPod('default', 'reborn')).toBeDefined()
})

test('a collection is deleted by label', async () => {
  cluster.upsertPod(buildPod({ name: 'helper-a', labels: { role: 'helper' } }))
  cluster.upsertPod(buildPod({ name: 'helper-b', labels: { role: 'helper' } }))
  cluster.upsertPod(buildPod({ name: 'stays' }))
  const path = `${PODS}?labelSelector=role%3Dhelper&gracePeriodSeconds=0`
  expect((await call(cluster, path, { method: 'DELETE' })).status).toBe(200)
  expect(cluster.getPod('default', 'helper-a')).toBeUndefined()
  expect(cluster.getPod('default', 'helper-b')).toBeUndefined()
  expect(cluster.getPod('default', 'stays')).toBeDefined()
})

test('a namespace goes with its pods', async () => {
  const json = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'short', labels: { a: 'b' } } }
  const made = await bodyOf<object>(await create(json, '/api/v1/namespaces'))
  expect(made).toMatchObject({
    metadata: { labels: { a: 'b', 'kubernetes.io/metadata.name': 'short' } },
    status: { phase: 'Active' },
  })
  cluster.upsertPod(buildPod({ namespace: 'short', name: 'p' }))
  await call(cluster, '/api/v1/namespaces/short', { method: 'DELETE' })
  expect(cluster.getPod('short', 'p')).toBeUndefined()
  expect((await call(cluster, '/api/v1/namespaces/short')).status).toBe(404)
})

test('patches merge; an apply creates what is not there', async () => {
  cluster.upsertPod(buildPod({ name: 'patched', labels: { a: '1', b: '2' } }))
  const patch = (name: string, type: string, json: object) =>
    call(cluster, `${PODS}/${name}`, { method: 'PATCH', json, headers: { 'content-type': type } })
  const merged = await patch('patched', 'application/merge-patch+json', { metadata: { labels: { a: null, c: '3' } } })
  expect((await bodyOf<PodObject>(merged)).metadata.labels).toEqual({ b: '2', c: '3' })
  expect((await patch('applied', 'application/apply-patch+yaml', manifest('applied'))).status).toBe(200)
  expect(cluster.getPod('default', 'applied')).toBeDefined()
  expect((await patch('nope', 'application/merge-patch+json', {})).status).toBe(404)
  expect((await patch('patched', 'application/json', {})).status).toBe(415)
})

test('other methods and broken bodies are refused', async () => {
  expect((await call(cluster, `${PODS}/one`, { method: 'PUT', json: {} })).status).toBe(405)
  expect((await call(cluster, PODS, { method: 'POST', body: '{"kind":' })).status).toBe(400)
})

import { afterAll, beforeEach, expect, test } from 'vitest'
import { buildPod } from './build-pod.ts'
import { startCluster } from './cluster.ts'
import { bodyOf, call } from './test-client.ts'

const cluster = await startCluster()
for (const name of ['a', 'b', 'c']) cluster.upsertPod(buildPod({ name }))
beforeEach(() => cluster.clearFaults())
afterAll(() => cluster.close())

const PODS = '/api/v1/pods'

test.each([
  ['unauthorized', 401, 'Unauthorized'],
  ['forbidden', 403, 'Forbidden'],
  ['gone', 410, 'Expired'],
  ['too-many', 429, 'TooManyRequests'],
  ['internal', 500, 'InternalError'],
  ['unavailable', 503, 'ServiceUnavailable'],
] as const)('%s', async (kind, code, reason) => {
  cluster.fault({ on: 'list', kind, times: 1 })
  const response = await call(cluster, PODS)
  expect(response.status).toBe(code)
  expect(await response.json()).toMatchObject({ kind: 'Status', status: 'Failure', code, reason })
  expect((await call(cluster, PODS)).status).toBe(200)
})

test('invalid-json and html come with 200', async () => {
  cluster.fault({ on: 'list', kind: 'invalid-json', times: 1 })
  const broken = await call(cluster, PODS)
  expect(broken.status).toBe(200)
  await expect(broken.json()).rejects.toThrow(SyntaxError)
  cluster.fault({ on: 'list', kind: 'html', times: 1 })
  expect((await call(cluster, PODS)).headers.get('content-type')).toBe('text/html')
})

test('destroy cuts the connection', async () => {
  cluster.fault({ on: 'any', kind: 'destroy', times: 1 })
  await expect(call(cluster, PODS)).rejects.toThrow('fetch failed')
})

test('slow-headers answers late, hang-request never', async () => {
  cluster.fault({ on: 'list', kind: 'slow-headers', delayMs: 20, times: 1 })
  expect((await call(cluster, PODS)).status).toBe(200)
  cluster.fault({ on: 'list', kind: 'hang-request', times: 1 })
  const leave = new AbortController()
  const hanging = call(cluster, PODS, { signal: leave.signal })
  expect((await call(cluster, PODS)).status).toBe(200)
  leave.abort()
  await expect(hanging).rejects.toThrow('aborted')
})

test('a fault keeps to its resource, its namespace and its pages', async () => {
  cluster.fault({ on: 'list', kind: 'forbidden', resource: 'nodes' })
  cluster.fault({ on: 'list', kind: 'internal', namespace: 'kube-system' })
  cluster.fault({ on: 'list', kind: 'gone', continued: true })
  expect((await call(cluster, '/api/v1/nodes')).status).toBe(403)
  expect((await call(cluster, '/api/v1/namespaces/kube-system/pods')).status).toBe(500)
  expect((await call(cluster, '/api/v1/namespaces/default/pods')).status).toBe(200)
  const first = await bodyOf<{ metadata: { continue: string } }>(await call(cluster, `${PODS}?limit=2`))
  expect((await call(cluster, `${PODS}?limit=2&continue=${first.metadata.continue}`)).status).toBe(410)
})

import { afterAll, expect, test } from 'vitest'
import { buildPod } from './build-pod.ts'
import { startCluster } from './cluster.ts'
import { bodyOf, call } from './test-client.ts'

const cluster = await startCluster()
afterAll(() => cluster.close())
cluster.upsertNamespace('other')
for (const name of ['a', 'b', 'c', 'd', 'e'])
  cluster.upsertPod(buildPod({ name, labels: { odd: String(name !== 'b') } }))
cluster.upsertPod(buildPod({ namespace: 'other', name: 'z' }))

type List = {
  kind: string
  metadata: { resourceVersion: string; continue?: string; remainingItemCount?: number }
  items: { metadata: { name: string } }[]
}

async function list(query: string): Promise<List> {
  return bodyOf(await call(cluster, `/api/v1/pods?${query}`))
}

const names = ({ items }: List) => items.map(({ metadata }) => metadata.name)

test('pages show one moment, whatever changes meanwhile', async () => {
  const first = await list('limit=2')
  expect(names(first)).toEqual(['a', 'b'])
  expect(first.metadata.remainingItemCount).toBe(4)
  cluster.upsertPod(buildPod({ name: 'bb' }))
  const second = await list(`limit=3&continue=${first.metadata.continue}`)
  expect(names(second)).toEqual(['c', 'd', 'e'])
  expect(second.metadata.resourceVersion).toBe(first.metadata.resourceVersion)
  const third = await list(`limit=3&continue=${second.metadata.continue}`)
  expect(names(third)).toEqual(['z'])
  expect(third.metadata.continue).toBeUndefined()
  cluster.deletePod('default', 'bb')
})

test('a continue token is refused with 410 after a compaction', async () => {
  const first = await list('limit=2')
  cluster.compact()
  const response = await call(cluster, `/api/v1/pods?limit=2&continue=${first.metadata.continue}`)
  expect(await response.json()).toMatchObject({ code: 410, reason: 'Expired' })
})

test('items carry no kind, a single object does', async () => {
  const all = await list('')
  expect(all.kind).toBe('PodList')
  expect(all.items[0]).not.toHaveProperty('kind')
  expect(await (await call(cluster, '/api/v1/namespaces/default/pods/a')).json()).toMatchObject({
    kind: 'Pod',
    apiVersion: 'v1',
  })
})

test('selectors and namespaces choose', async () => {
  expect(names(await list('labelSelector=odd%3Dfalse'))).toEqual(['b'])
  expect(names(await list('fieldSelector=metadata.name%3Dc'))).toEqual(['c'])
  const other = await call(cluster, '/api/v1/namespaces/other/pods')
  expect(names(await bodyOf(other))).toEqual(['z'])
  const namespaces = await call(cluster, '/api/v1/namespaces')
  expect(names(await bodyOf(namespaces))).toEqual(['default', 'kube-system', 'other'])
})

test.each([
  ['/api/v1/services', 404, 'the server could not find the requested resource'],
  ['/api/v1/namespaces/default/pods/nope', 404, 'pods "nope" not found'],
  ['/api/v1/nodes/nope', 404, 'nodes "nope" not found'],
  ['/api/v1/namespaces/default/pods/%E0', 400, 'invalid URL escape'],
])('%s answers %i', async (path, code, message) => {
  const response = await call(cluster, path)
  expect(response.status).toBe(code)
  expect(await response.json()).toMatchObject({ kind: 'Status', code, message })
})

test('version, health and discovery', async () => {
  expect(await (await fetch(`${cluster.url}/version`)).json()).toMatchObject({
    major: '1',
    minor: '36',
    gitVersion: 'v1.36.2',
  })
  expect(await (await fetch(`${cluster.url}/livez`)).text()).toBe('ok')
  expect(await (await fetch(`${cluster.url}/api`)).json()).toMatchObject({ versions: ['v1'] })
  expect((await fetch(`${cluster.url}/nope`)).status).toBe(404)
})

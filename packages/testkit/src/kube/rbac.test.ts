import { afterAll, expect, test } from 'vitest'
import { buildPod } from './build-pod.ts'
import { startCluster } from './cluster.ts'
import { bodyOf, call, execPath, refusedExec } from './test-client.ts'

const rules = [
  { verbs: ['get', 'list', 'watch'], resources: ['pods'], namespaces: ['team'] },
  { verbs: ['get'], resources: ['pods/exec'], namespaces: ['team'] },
  { verbs: ['get'], resources: ['nodes'], names: ['node1'] },
]
const cluster = await startCluster({ users: [{ name: 'kim', token: 'secret', rules }] })
cluster.upsertNamespace('team')
cluster.upsertPod(buildPod({ namespace: 'team', name: 'web', node: 'node1' }))
afterAll(() => cluster.close())

test.each([
  [
    'GET',
    '/api/v1/pods',
    'pods is forbidden: User "kim" cannot list resource "pods" in API group "" at the cluster scope',
  ],
  [
    'GET',
    '/api/v1/namespaces/other/pods?watch=true',
    'pods is forbidden: User "kim" cannot watch resource "pods" in API group "" in the namespace "other"',
  ],
  [
    'DELETE',
    '/api/v1/namespaces/team/pods/web',
    'pods "web" is forbidden: User "kim" cannot delete resource "pods" in API group "" in the namespace "team"',
  ],
  [
    'GET',
    '/api/v1/nodes/node2',
    'nodes "node2" is forbidden: User "kim" cannot get resource "nodes" in API group "" at the cluster scope',
  ],
  [
    'GET',
    '/api/v1/namespaces/team',
    'namespaces "team" is forbidden: User "kim" cannot get resource "namespaces" in API group "" in the namespace "team"',
  ],
  [
    'POST',
    '/api/v1/namespaces',
    'namespaces is forbidden: User "kim" cannot create resource "namespaces" in API group "" at the cluster scope',
  ],
  [
    'GET',
    '/apis/apps/v1/daemonsets',
    'daemonsets is forbidden: User "kim" cannot list resource "daemonsets" in API group "apps" at the cluster scope',
  ],
])("%s %s is refused in the API server's words", async (method, path, message) => {
  const response = await call(cluster, path, { method })
  expect(response.status).toBe(403)
  expect(await response.json()).toMatchObject({
    kind: 'Status',
    status: 'Failure',
    reason: 'Forbidden',
    code: 403,
    message,
  })
})

test('what a rule covers is allowed', async () => {
  expect((await call(cluster, '/api/v1/namespaces/team/pods')).status).toBe(200)
  expect((await call(cluster, '/api/v1/nodes/node1')).status).toBe(404)
})

test('an exec by WebSocket needs create as well as get, from 1.35 on', async () => {
  const refused = await refusedExec(cluster, execPath('team/web', ['true']))
  expect(refused.code).toBe(403)
  expect(JSON.parse(refused.body).message).toBe(
    'pods "web" is forbidden: User "kim" cannot create resource "pods/exec" in API group "" in the namespace "team"',
  )
})

test('a wrong token is nobody, no token is anonymous', async () => {
  const wrong = await call(cluster, '/api/v1/pods', { token: 'guess' })
  expect(await wrong.json()).toMatchObject({ code: 401, reason: 'Unauthorized', message: 'Unauthorized' })
  const none = await fetch(`${cluster.url}/api/v1/pods`)
  const message = expect.stringContaining('User "system:anonymous" cannot list')
  expect(await none.json()).toMatchObject({ code: 403, message })
})

test('reviews tell what the rules allow', async () => {
  const ask = async (resourceAttributes: object) => {
    const json = {
      apiVersion: 'authorization.k8s.io/v1',
      kind: 'SelfSubjectAccessReview',
      spec: { resourceAttributes },
    }
    const path = '/apis/authorization.k8s.io/v1/selfsubjectaccessreviews'
    const response = await call(cluster, path, { method: 'POST', json })
    expect(response.status).toBe(201)
    return (await bodyOf<{ status: { allowed: boolean } }>(response)).status.allowed
  }
  expect(await ask({ verb: 'list', resource: 'pods', namespace: 'team' })).toBe(true)
  expect(await ask({ verb: 'list', resource: 'pods' })).toBe(false)
  expect(await ask({ verb: 'create', resource: 'pods', subresource: 'exec', namespace: 'team' })).toBe(false)

  const path = '/apis/authorization.k8s.io/v1/selfsubjectrulesreviews'
  const answer = await call(cluster, path, { method: 'POST', json: { spec: { namespace: 'elsewhere' } } })
  const [rule] = (await bodyOf<{ status: { resourceRules: object[] } }>(answer)).status.resourceRules
  expect(rule).toEqual({ verbs: ['get'], apiGroups: [''], resources: ['nodes'], resourceNames: ['node1'] })
})

test('rules can change midway', async () => {
  const other = await startCluster()
  other.setRules('admin', [])
  expect((await call(other, '/api/v1/pods')).status).toBe(403)
  await other.close()
})

import { afterAll, expect, test } from 'vitest'
import { buildPod } from './build-pod.ts'
import { startCluster } from './cluster.ts'
import { startControl } from './control.ts'
import { call } from './test-client.ts'

const cluster = await startCluster()
const control = await startControl(cluster)
afterAll(async () => {
  await control.close()
  await cluster.close()
})

function post(path: string, body: object): Promise<Response> {
  return fetch(`${control.url}/${path}`, { method: 'POST', body: JSON.stringify(body) })
}

test('another process scripts the cluster', async () => {
  await post('pods', buildPod({ name: 'a' }))
  await post('pod-status', { namespace: 'default', name: 'a', status: { phase: 'Failed' } })
  expect(cluster.getPod('default', 'a')?.status.phase).toBe('Failed')
  await post('delete-pod', { namespace: 'default', name: 'a' })
  expect(cluster.getPod('default', 'a')).toBeUndefined()

  await post('fault', { on: 'list', kind: 'internal', times: 1 })
  expect((await call(cluster, '/api/v1/pods')).status).toBe(500)
  await post('rules', { user: 'admin', rules: [] })
  expect((await call(cluster, '/api/v1/pods')).status).toBe(403)
  await post('listening', { on: false })
  await expect(call(cluster, '/api/v1/pods')).rejects.toThrow('fetch failed')
  await post('listening', { on: true })
  const requests = await (await fetch(`${control.url}/requests`)).json()
  expect(requests).toMatchObject([{ verb: 'list' }, { verb: 'list' }])
})

test.each([
  ['fault', { on: 'exec', kind: 'nope' }, 'There is no fault "nope" on "exec"'],
  ['nope', {}, 'There is no /testkit/nope'],
])('what does not exist is said: %s', async (path, body, message) => {
  const response = await post(path, body)
  expect(response.status).toBe(400)
  expect(await response.text()).toContain(message)
})

import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { get } from 'node:https'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { WebSocket } from 'ws'
import { buildNode, buildPod } from './build-pod.ts'
import { startCluster } from './cluster.ts'
import { call, execPath, gather, openExec, openWatch, tokenOf, until } from './test-client.ts'

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}

test('close ends watches, execs with all their processes, and hanging requests', async () => {
  const cluster = await startCluster()
  cluster.upsertNode(buildNode('node1'))
  cluster.upsertPod(buildPod({ name: 'helper', node: 'node1' }))
  const watch = await openWatch(cluster, '/api/v1/nodes?watch=true')
  await watch.next()
  const script = 'sleep 1000 & echo $!; wait'
  const socket = openExec(cluster, execPath('default/helper', ['sh', '-c', script]))
  const child = await new Promise<number>((resolve) => {
    socket.on('message', (message: Buffer) => message.length > 1 && resolve(Number(message.subarray(1).toString())))
  })
  const closed = gather(socket)
  const parent = cluster.running()[0]?.pid ?? 0
  expect([parent, child].every(isAlive)).toBe(true)
  cluster.fault({ on: 'list', kind: 'slow-headers', delayMs: 1_000_000 })
  const slow = call(cluster, '/api/v1/pods').catch((cause: Error) => cause.message)
  await until(() => cluster.requests().some(({ verb }) => verb === 'list'))

  await cluster.close()
  expect(await watch.next()).toBe('cut')
  expect((await closed).status).toBeNull()
  expect(await slow).toBe('fetch failed')
  expect(isAlive(parent)).toBe(false)
  await until(() => !isAlive(child))
})

test('a server that stops refuses connections, and is the same when it is back', async () => {
  const cluster = await startCluster()
  cluster.upsertPod(buildPod({ name: 'a' }))
  const watch = await openWatch(cluster, '/api/v1/pods?watch=true')
  await watch.next()
  await cluster.stopListening()
  expect(await watch.next()).toBe('cut')
  await expect(call(cluster, '/api/v1/pods')).rejects.toThrow('fetch failed')
  await cluster.listenAgain()
  expect((await call(cluster, '/api/v1/namespaces/default/pods/a')).status).toBe(200)
  await cluster.close()
})

test('the log knows who asked what, but no token', async () => {
  const cluster = await startCluster()
  await call(cluster, '/api/v1/namespaces/default/pods?limit=5')
  await call(cluster, '/version', { token: 'wrong' })
  expect(cluster.requests()).toMatchObject([
    {
      method: 'GET',
      path: '/api/v1/namespaces/default/pods',
      query: { limit: ['5'] },
      verb: 'list',
      resource: 'pods',
      user: 'admin',
    },
    { path: '/version', verb: null, user: null },
  ])
  expect(JSON.stringify(cluster.requests())).not.toContain(tokenOf(cluster))
  expect(JSON.stringify(cluster.requests())).not.toContain('wrong')
  cluster.clearRequests()
  expect(cluster.requests()).toEqual([])
  await cluster.close()
})

test('https with an authority that the kubeconfig carries, for requests and execs', async () => {
  const cluster = await startCluster({ tls: true })
  cluster.upsertNode(buildNode('node1'))
  cluster.upsertPod(buildPod({ name: 'helper', node: 'node1' }))
  const ca = Buffer.from(/certificate-authority-data: (.*)/.exec(cluster.kubeconfig())?.[1] ?? '', 'base64')
  const headers = { authorization: `Bearer ${tokenOf(cluster)}` }
  const code = await new Promise((resolve, reject) => {
    get(`${cluster.url}/api/v1/pods`, { ca, headers, agent: false }, (response) =>
      resolve(response.resume().statusCode),
    ).on('error', reject)
  })
  expect(code).toBe(200)
  await expect(fetch(`${cluster.url}/version`)).rejects.toMatchObject({
    cause: { code: 'DEPTH_ZERO_SELF_SIGNED_CERT' },
  })
  const url = `${cluster.url.replace('https', 'wss')}${execPath('default/helper', ['echo', 'hi'])}`
  const answer = await gather(new WebSocket(url, ['v5.channel.k8s.io'], { ca, headers }))
  expect(answer).toMatchObject({ stdout: 'hi\n', status: { status: 'Success' } })
  await cluster.close()
})

test('the kubeconfig is a private file', async () => {
  const cluster = await startCluster()
  const folder = mkdtempSync(join(tmpdir(), 'testkit-'))
  const path = cluster.writeKubeconfig(folder, { contextName: 'lab', namespace: 'team' })
  expect(statSync(path).mode & 0o777).toBe(0o600)
  expect(readFileSync(path, 'utf8')).toBe(`apiVersion: v1
kind: Config
current-context: "lab"
clusters:
  - name: "lab"
    cluster:
      server: "${cluster.url}"
      insecure-skip-tls-verify: true
users:
  - name: "lab"
    user:
      token: "${tokenOf(cluster)}"
contexts:
  - name: "lab"
    context:
      cluster: "lab"
      user: "lab"
      namespace: "team"
`)
  rmSync(folder, { recursive: true })
  await cluster.close()
})

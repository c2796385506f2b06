import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { told } from '@pausescope/shared'
import { type Cluster, type Fault, startCluster } from '@pausescope/testkit'
import { afterEach, describe, expect, test } from 'vitest'
import { KubeApi } from './kube-api.ts'
import { KubeError, type KubeErrorCode } from './kube-error.ts'

const ends: (() => unknown)[] = []
afterEach(async () => {
  for (const end of ends.splice(0)) await end()
})

async function setUp(): Promise<{ cluster: Cluster; api: KubeApi }> {
  const cluster = await startCluster({
    users: [{ name: 'u', token: 'hunter2', rules: [{ verbs: ['*'], resources: ['*'] }] }],
  })
  ends.push(() => cluster.close())
  return { cluster, api: apiFor(cluster.url) }
}

const apiFor = (server: string, token = 'hunter2') =>
  new KubeApi({
    access: async () => ({ server, headers: { Authorization: `Bearer ${token}` }, tls: {}, agent: undefined }),
  })

const LIST = { what: told('do.list', { what: told('kube.pods') }), path: '/api/v1/pods' }

async function failureOf(promise: Promise<unknown>): Promise<KubeError> {
  const cause = await promise.then(
    () => null,
    (thrown: unknown) => thrown,
  )
  if (cause instanceof KubeError) return cause
  throw new Error(`not a KubeError: ${cause}`)
}

describe('answers', () => {
  test('a list is parsed JSON, and a created object comes back', async () => {
    const { api } = await setUp()
    const namespace = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'new' } }
    await api.request({
      what: told('do.create-namespace', { namespace: 'n' }),
      method: 'POST',
      path: '/api/v1/namespaces',
      body: namespace,
    })
    const list = await api.request({
      what: told('do.list', { what: told('kube.namespaces') }),
      path: '/api/v1/namespaces',
      query: { limit: 10 },
    })
    expect((list as { items: { metadata: { name: string } }[] }).items.map((item) => item.metadata.name)).toContain(
      'new',
    )
  })

  const faults: [Fault['kind'], KubeErrorCode, RegExp][] = [
    ['unauthorized', 'unauthorized', /^Cannot list pods: Unauthorized/],
    ['forbidden', 'forbidden', /^Cannot list pods: pods is forbidden: User "u" cannot list resource "pods"/],
    ['not-found', 'not-found', /not found/],
    ['gone', 'gone', /too old resource version/],
    ['too-many', 'too-many-requests', /^Cannot list pods: /],
    ['internal', 'server-error', /etcdserver: request timed out/],
    ['unavailable', 'server-error', /apiserver not ready/],
    ['invalid-json', 'server-error', /is not JSON/],
    ['html', 'server-error', /is not JSON/],
    [
      'destroy',
      'unreachable',
      /^Cannot list pods: http:\/\/127\.0\.0\.1:\d+ is unreachable, the connection was cut\.$/,
    ],
  ]
  test.each(faults)('%s', async (kind, code, message) => {
    const { cluster, api } = await setUp()
    cluster.fault({ on: 'list', kind } as Fault)
    const error = await failureOf(api.request(LIST))
    expect(error.code).toBe(code)
    expect(error.message).toMatch(message)
    expect(error.message).not.toMatch(/hunter2|authorization|metadata/i)
  })

  test('Retry-After is passed on', async () => {
    const { cluster, api } = await setUp()
    cluster.fault({ on: 'list', kind: 'too-many', retryAfterSeconds: 7 })
    expect((await failureOf(api.request(LIST))).retryAfterMs).toBe(7000)
  })

  test('a refusal by Pod Security is not a lack of permission', async () => {
    const { cluster, api } = await setUp()
    cluster.fault({ on: 'create', kind: 'pod-security' })
    const pod = { metadata: { name: 'p' }, spec: { containers: [{ name: 'c', image: 'i' }] } }
    const call = {
      what: told('quoted', { text: 'create a pod' }),
      method: 'POST',
      path: '/api/v1/namespaces/default/pods',
      body: pod,
    } as const
    expect(await failureOf(api.request(call))).toMatchObject({ code: 'refused-by-policy', status: 403 })
  })

  test('a wrong token', async () => {
    const { cluster } = await setUp()
    expect(await failureOf(apiFor(cluster.url, 'wrong').request(LIST))).toMatchObject({ code: 'unauthorized' })
  })
})

describe('no answer', () => {
  test('silence ends at the deadline', async () => {
    const { cluster, api } = await setUp()
    cluster.fault({ on: 'list', kind: 'hang-request' })
    const error = await failureOf(api.request({ ...LIST, deadlineMs: 50 }))
    expect(error).toMatchObject({ code: 'timeout', message: expect.stringMatching(/did not answer within 0\.05 s\.$/) })
  })

  test('the caller may leave at any time, with its own reason', async () => {
    const { cluster, api } = await setUp()
    cluster.fault({ on: 'list', kind: 'hang-request' })
    const abort = new AbortController()
    const asked = api.request({ ...LIST, signal: abort.signal })
    abort.abort(new Error('the page was closed'))
    await expect(asked).rejects.toThrow('the page was closed')
  })

  test('a plugin that hangs does not hang the call', async () => {
    const api = new KubeApi({ access: () => new Promise(() => {}) })
    expect(await failureOf(api.request({ ...LIST, deadlineMs: 20 }))).toMatchObject({ code: 'timeout' })
  })

  test('nothing listens, and then the name is not known', async () => {
    const { cluster } = await setUp()
    await cluster.stopListening()
    const refused = await failureOf(apiFor(cluster.url).request(LIST))
    expect(refused).toMatchObject({ code: 'unreachable', message: expect.stringContaining('nothing listens there') })
    const unknown = await failureOf(apiFor('https://no-such-host.invalid').request(LIST))
    expect(unknown).toMatchObject({ code: 'unreachable', message: expect.stringContaining('no-such-host.invalid') })
  })

  test('a server that speaks no TLS', async () => {
    const { cluster } = await setUp()
    expect(await failureOf(apiFor(cluster.url.replace('http:', 'https:')).request(LIST))).toMatchObject({
      code: 'unreachable',
    })
  })
})

describe('something else than Kubernetes', () => {
  async function serve(answer: Parameters<typeof createServer>[1]): Promise<string> {
    const server: Server = createServer({}, answer)
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    ends.push(() => server.close())
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  }

  test('a redirect to a login page is not followed', async () => {
    const url = await serve((_, response) => response.writeHead(302, { location: 'https://login.example' }).end())
    expect(await failureOf(apiFor(url).request(LIST))).toMatchObject({
      code: 'server-error',
      message: expect.stringContaining('redirects (HTTP 302)'),
    })
  })

  test('a page of an error is not shown', async () => {
    const url = await serve((_, response) => response.writeHead(502).end('<html>secret inner address</html>'))
    const error = await failureOf(apiFor(url).request(LIST))
    expect(error.message).toBe('Cannot list pods: the API server answered HTTP 502 without saying why.')
  })

  test('the path of a server behind a proxy is kept', async () => {
    const paths: string[] = []
    const url = await serve((request, response) => {
      paths.push(request.url ?? '')
      response.end('{}')
    })
    await apiFor(`${url}/k8s/clusters/c-1`).request({ ...LIST, query: { limit: 1 } })
    expect(paths).toEqual(['/k8s/clusters/c-1/api/v1/pods?limit=1'])
  })
})

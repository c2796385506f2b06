import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer as createHttp } from 'node:http'
import { type AddressInfo, connect as connectTcp, type Server } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createServer as createTls } from 'node:tls'
import type { Cluster } from '@pausescope/testkit'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { connect } from './cluster.ts'
import { environmentProxy } from './environment-proxy.ts'
import { hello, joinEnds, startHelloCluster } from './test/hello-cluster.ts'
import { TEST_CERTIFICATES } from './test/test-certificates.ts'

const { caCertificate, serverCertificate, serverKey } = TEST_CERTIFICATES
/** A name that only the proxy knows the way to. */
const HOST = 'inner.example:6443'

const folder = mkdtempSync(join(tmpdir(), 'pausescope-proxy-'))
const kubeconfig = join(folder, 'config')
const asked: string[] = []
let cluster: Cluster
let front: Server
let proxy: ReturnType<typeof createHttp>

/** The fake API server behind TLS, and a proxy in front that leads every CONNECT there. */
beforeEach(async () => {
  asked.length = 0
  cluster = await startHelloCluster()
  front = createTls({ cert: serverCertificate, key: serverKey }, (socket) => {
    joinEnds(socket, connectTcp(Number(new URL(cluster.url).port), '127.0.0.1'))
  })
  proxy = createHttp().on('connect', (request, socket) => {
    asked.push(request.url ?? '')
    const behind = connectTcp((front.address() as AddressInfo).port, '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 Connection established\r\n\r\n')
      joinEnds(socket, behind)
    })
  })
  for (const server of [front, proxy]) await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const certificate = Buffer.from(caCertificate).toString('base64')
  writeFileSync(
    kubeconfig,
    JSON.stringify({
      clusters: [{ name: 'c', cluster: { server: `https://${HOST}`, 'certificate-authority-data': certificate } }],
      users: [{ name: 'u', user: { token: 't' } }],
      contexts: [{ name: 'x', context: { cluster: 'c', user: 'u' } }],
      'current-context': 'x',
    }),
  )
})
afterEach(async () => {
  proxy.closeAllConnections()
  proxy.close()
  front.close()
  await cluster.close()
  rmSync(kubeconfig)
})

test.each(['HTTPS_PROXY', 'https_proxy'])('calls and execs go through %s', async (name) => {
  const env = { [name]: `http://127.0.0.1:${(proxy.address() as AddressInfo).port}` }
  const { api, version } = await connect({ kubeconfig, env, home: '/nowhere' })
  expect(version).toMatch(/^v1\./)
  const access = await api.access()
  expect(await hello(access)).toBe('hello\n')
  expect(new Set(asked)).toEqual(new Set([HOST]))
  access.agent?.destroy()
})

test('what NO_PROXY names is asked directly', async () => {
  const env = { HTTPS_PROXY: `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`, NO_PROXY: '.example' }
  await expect(connect({ kubeconfig, env, home: '/nowhere' })).rejects.toMatchObject({ code: 'unreachable' })
  expect(asked).toEqual([])
})

test.each<[string, Record<string, string>, boolean]>([
  ['https://api.example', {}, false],
  ['https://api.example', { HTTPS_PROXY: '' }, false],
  ['https://api.example', { HTTP_PROXY: 'http://proxy:3128' }, false],
  ['http://api.example', { HTTP_PROXY: 'http://proxy:3128' }, true],
  ['https://api.example', { https_proxy: 'http://proxy:3128' }, true],
  ['https://127.0.0.1:6443', { HTTPS_PROXY: 'http://proxy:3128' }, false],
  ['https://localhost:6443', { HTTPS_PROXY: 'http://proxy:3128' }, false],
  ['https://[::1]:6443', { HTTPS_PROXY: 'http://proxy:3128' }, false],
])('%s with %j', (server, env, proxied) => {
  expect(environmentProxy(new URL(server), env) !== undefined).toBe(proxied)
})

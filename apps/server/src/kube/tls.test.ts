import { connect as connectTcp } from 'node:net'
import { createServer, type Server, type TLSSocket } from 'node:tls'
import { KubeConfig } from '@kubernetes/client-node'
import { told } from '@pausescope/shared'
import type { Cluster } from '@pausescope/testkit'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type ApiAccess, resolveAccess } from './api-access.ts'
import { KubeApi } from './kube-api.ts'
import { hello, joinEnds, startHelloCluster } from './test/hello-cluster.ts'
import { TEST_CERTIFICATES } from './test/test-certificates.ts'

const { caCertificate, serverCertificate, serverKey, clientCertificate, clientKey } = TEST_CERTIFICATES
const base64 = (text: string) => Buffer.from(text).toString('base64')

let cluster: Cluster
let front: Server
let address: string
const clients: (string | undefined)[] = []

/** TLS before the fake API server, as every real one has it; asks for a client certificate. */
beforeEach(async () => {
  cluster = await startHelloCluster()
  clients.length = 0
  const options = {
    cert: serverCertificate,
    key: serverKey,
    ca: caCertificate,
    requestCert: true,
    rejectUnauthorized: false,
  }
  front = createServer(options, (socket: TLSSocket) => {
    clients.push(socket.authorized ? (socket.getPeerCertificate().subject.CN as string) : undefined)
    joinEnds(socket, connectTcp(Number(new URL(cluster.url).port), '127.0.0.1'))
  })
  await new Promise<void>((resolve) => front.listen(0, '127.0.0.1', resolve))
  address = `https://127.0.0.1:${(front.address() as { port: number }).port}`
})
afterEach(async () => {
  front.close()
  await cluster.close()
})

function access(more: object = {}, user: object = {}): Promise<ApiAccess> {
  const config = new KubeConfig()
  config.loadFromOptions({
    clusters: [{ name: 'c', server: address, skipTLSVerify: false, ...more }],
    users: [{ name: 'u', token: 't', ...user }],
    contexts: [{ name: 'x', cluster: 'c', user: 'u' }],
    currentContext: 'x',
  })
  return resolveAccess(config)
}

const list = (settings: ApiAccess) =>
  new KubeApi({ access: async () => settings }).request({
    what: told('do.list', { what: told('kube.pods') }),
    path: '/api/v1/pods',
  })

test("the cluster's authority and the user's certificate serve calls and execs", async () => {
  const user = { certData: base64(clientCertificate), keyData: base64(clientKey) }
  const settings = await access({ caData: base64(caCertificate) }, user)
  expect(await list(settings)).toMatchObject({ kind: 'PodList' })
  expect(await hello(settings)).toBe('hello\n')
  expect(clients).toEqual(['client', 'client'])
})

test('a certificate nobody vouches for is refused by both, and the reason is told', async () => {
  const settings = await access()
  await expect(list(settings)).rejects.toMatchObject({
    code: 'unreachable',
    message: expect.stringMatching(/the certificate of https:\/\/127\.0\.0\.1:\d+ is not trusted \(\w+\)\.$/),
    next: expect.stringContaining('certificate-authority'),
  })
  await expect(hello(settings)).rejects.toMatchObject({ code: 'no-server' })
  expect(cluster.requests()).toEqual([])
})

test('a certificate for another name is refused, unless tls-server-name says it is meant', async () => {
  const there = { caData: base64(caCertificate), server: address.replace('127.0.0.1', 'localhost') }
  await expect(list(await access(there))).rejects.toMatchObject({
    message: expect.stringContaining('ERR_TLS_CERT_ALTNAME_INVALID'),
  })
  const settings = await access({ ...there, tlsServerName: 'inner.example' })
  expect(await list(settings)).toMatchObject({ kind: 'PodList' })
  expect(await hello(settings)).toBe('hello\n')
})

test('insecure-skip-tls-verify is obeyed', async () => {
  const settings = await access({ skipTLSVerify: true })
  expect(await list(settings)).toMatchObject({ kind: 'PodList' })
  expect(await hello(settings)).toBe('hello\n')
})

import { chmodSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { KubeConfig } from '@kubernetes/client-node'
import { expect, test, vi } from 'vitest'
import { resolveAccess } from './api-access.ts'

function configOf(user: object, cluster: object = {}): KubeConfig {
  const config = new KubeConfig()
  config.loadFromOptions({
    clusters: [{ name: 'c', server: 'https://api.example/k8s/', skipTLSVerify: false, ...cluster }],
    users: [{ name: 'u', ...user }],
    contexts: [{ name: 'x', cluster: 'c', user: 'u' }],
    currentContext: 'x',
  })
  return config
}

function plugin(script: string): string {
  const path = join(mkdtempSync(join(tmpdir(), 'pausescope-plugin-')), 'login')
  writeFileSync(path, `#!/bin/sh\n${script}\n`)
  chmodSync(path, 0o755)
  return path
}

test('a token, certificates and TLS settings come as plain data', async () => {
  const pem = (text: string) => Buffer.from(text).toString('base64')
  const user = { token: 'secret', certData: pem('cert'), keyData: pem('key') }
  const access = await resolveAccess(configOf(user, { caData: pem('ca'), tlsServerName: 'inner' }))
  expect(access).toEqual({
    server: 'https://api.example/k8s',
    headers: { Authorization: 'Bearer secret' },
    tls: { ca: Buffer.from('ca'), cert: Buffer.from('cert'), key: Buffer.from('key'), servername: 'inner' },
    agent: undefined,
  })
})

test('name and password become a header', async () => {
  const { headers } = await resolveAccess(configOf({ username: 'me', password: 'pw' }))
  expect(headers).toEqual({ Authorization: `Basic ${Buffer.from('me:pw').toString('base64')}` })
})

test('plain http is as good as kubectl has it: kubectl proxy serves it', async () => {
  const access = await resolveAccess(configOf({}, { server: 'http://127.0.0.1:8001' }))
  expect(access.server).toBe('http://127.0.0.1:8001')
})

test('an exec plugin gives the token', async () => {
  const command = plugin(`echo '{"kind":"ExecCredential","status":{"token":"fresh"}}'`)
  const { headers } = await resolveAccess(configOf({ exec: { command } }))
  expect(headers.Authorization).toBe('Bearer fresh')
})

test.each([
  [
    'is missing',
    { command: 'no-such-login-program' },
    /"no-such-login-program", which is not installed/,
    /Install the program/,
  ],
  [
    'is missing and has a hint',
    { command: 'no-such-login-program', installHint: 'See example.com' },
    /not installed/,
    /^See example\.com$/,
  ],
  ['fails', { command: plugin('echo "session expired" >&2; exit 1') }, /which failed: session expired$/, /log in/],
  ['prints no JSON', { command: plugin('echo very-secret-token') }, /printed something that is not JSON\.$/, /log in/],
])('an exec plugin that %s', async (_, exec, message, next) => {
  const failure = resolveAccess(configOf({ exec }))
  await expect(failure).rejects.toMatchObject({ code: 'auth-plugin', message: expect.stringMatching(message) })
  await expect(failure).rejects.toMatchObject({ next: expect.stringMatching(next) })
  await expect(failure).rejects.not.toMatchObject({ message: expect.stringContaining('very-secret') })
})

test.skipIf(process.getuid?.() === 0)(
  'an exec plugin that is missing, beside a folder of the PATH that may not be read',
  async () => {
    const closed = mkdtempSync(join(tmpdir(), 'pausescope-closed-'))
    chmodSync(closed, 0)
    vi.stubEnv('PATH', `${process.env.PATH}:${closed}`)
    const failure = resolveAccess(configOf({ exec: { command: 'no-such-login-program' } }))
    await expect(failure).rejects.toMatchObject({ message: expect.stringMatching(/not installed/) })
    vi.unstubAllEnvs()
  },
)

test('a key file that is not there', async () => {
  const failure = resolveAccess(configOf({ certFile: '/no/such.crt' }))
  await expect(failure).rejects.toMatchObject({
    code: 'bad-kubeconfig',
    message: `The kubeconfig's user "u" cannot be used: /no/such.crt cannot be read (ENOENT).`,
  })
})

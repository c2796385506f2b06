import type { ChildProcess } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { API } from '@pausescope/shared'
import { type Cluster, startLabCluster } from '@pausescope/testkit'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { TEST_CERTIFICATES } from '../kube/test/test-certificates.ts'
import { accessSecrets } from './access-secrets.ts'
import { runHere } from './test/run-cli.ts'
import { type ServeProcess, startServe } from './test/serve-process.ts'

const KUBE_TOKEN = 'kube-token-that-nobody-may-see'
const PAGE_TOKEN = 'page-token-that-nobody-may-see'
const folder = mkdtempSync(join(tmpdir(), 'pausescope-secrets-'))
const running: ChildProcess[] = []
let cluster: Cluster
let kubeconfig: string

beforeAll(async () => {
  const users = [{ name: 'u', token: KUBE_TOKEN, rules: [{ verbs: ['*'], resources: ['*'] }] }]
  cluster = await startLabCluster({ captures: ['node3-containerd-cgroup2'], users })
  kubeconfig = join(folder, 'kubeconfig')
  // A client key beside the token: both are credentials of the same user.
  const key = Buffer.from(TEST_CERTIFICATES.clientKey).toString('base64')
  const certificate = Buffer.from(TEST_CERTIFICATES.clientCertificate).toString('base64')
  const pair = `\n      client-certificate-data: ${certificate}\n      client-key-data: ${key}`
  writeFileSync(kubeconfig, cluster.kubeconfig().replace(/( +token: .*)/, `$1${pair}`))
})
afterEach(() => {
  for (const child of running.splice(0)) child.kill('SIGKILL')
  cluster.clearFaults()
})
afterAll(async () => {
  await cluster.close()
  rmSync(folder, { recursive: true })
})

/** Everything that could make it say too much: what works, what is refused, what breaks, and the end. */
async function liveThroughAll(server: ServeProcess): Promise<string> {
  const { origin } = new URL(server.url)
  const headers = { Authorization: `Bearer ${PAGE_TOKEN}`, Origin: origin }
  const pod = API.observation('lab-v2', 'myweb2')
  await fetch(`${origin}/?token=${PAGE_TOKEN}`)
  await fetch(`${origin}/?token=${PAGE_TOKEN}x`)
  await fetch(origin + API.source, { headers: { Authorization: `Bearer ${PAGE_TOKEN}x` } })
  await expect.poll(async () => (await fetch(origin + pod, { headers })).status).toBe(200)
  expect((await fetch(origin + API.helper('node3'), { headers, method: 'POST' })).status).toBe(200)
  await fetch(`${origin}${pod}?refresh=1`, { headers })
  cluster.fault({ on: 'exec', kind: 'kubelet-down' })
  await fetch(`${origin}${pod}?refresh=1`, { headers })
  cluster.clearFaults()
  cluster.fault({ on: 'any', kind: 'unauthorized', times: 6 })
  cluster.breakWatches('drop')
  await fetch(`${origin}${pod}?refresh=1`, { headers })
  await fetch(`${origin}/metrics`, { headers })
  cluster.clearFaults()
  server.child.kill('SIGTERM')
  expect(await server.ended).toBe(0)
  return server.said()
}

function expectNoSecret(text: string): void {
  const keyLines = TEST_CERTIFICATES.clientKey.split('\n').filter((line) => line.length > 40)
  const secrets = [KUBE_TOKEN, PAGE_TOKEN, ...keyLines, Buffer.from(TEST_CERTIFICATES.clientKey).toString('base64')]
  for (const secret of secrets) expect(text).not.toContain(secret)
  expect(text).not.toMatch(/bearer|authorization|cookie/i)
}

describe('no secret is ever logged', () => {
  test('in JSON at the most verbose level, which is all JSON', async () => {
    const env = { PAUSESCOPE_NO_TOKEN: '0', PAUSESCOPE_TOKEN: PAGE_TOKEN }
    const args = ['--port', '0', '--kubeconfig', kubeconfig, '--log-format', 'json', '--log-level', 'debug']
    const said = await liveThroughAll(await startServe(args, env, (child) => running.push(child)))
    expectNoSecret(said)
    const lines = said
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>)
    expect(lines[0]).toMatchObject({ level: 'info', time: expect.stringMatching(/^\d{4}-\d\d-\d\dT/) })
    expect(lines.filter(({ msg }) => msg === 'request').length).toBeGreaterThan(8)
    expect(lines).toContainEqual(
      expect.objectContaining({ level: 'debug', method: 'POST', path: API.helper('node3'), status: 200 }),
    )
    expect(lines.at(-1)).toMatchObject({ msg: 'Stopping; once more stops at once.' })
  })

  test('in text, but for the address that the person is to open', async () => {
    const env = { PAUSESCOPE_NO_TOKEN: '0', PAUSESCOPE_TOKEN: PAGE_TOKEN }
    const args = ['--port', '0', '--kubeconfig', kubeconfig, '--log-level', 'debug']
    const server = await startServe(args, env, (child) => running.push(child))
    expect(server.url).toMatch(new RegExp(`^http://127\\.0\\.0\\.1:\\d+/\\?token=${PAGE_TOKEN}$`))
    const said = await liveThroughAll(server)
    expect(said).toContain('pausescope: debug: request {"method":"GET","path":"/","status":303,')
    expectNoSecret(said.replace(`Open ${server.url} `, ''))
  })
})

describe('the token of the page', () => {
  test('is a new one at each start', () => {
    const tokens = [accessSecrets(undefined).token, accessSecrets('').token]
    for (const token of tokens) expect(token).toMatch(/^[\w-]{32}$/)
    expect(tokens[0]).not.toBe(tokens[1])
  })

  test.each([
    [{ PAUSESCOPE_TOKEN: 'short' }, [], /^PAUSESCOPE_TOKEN is no usable token\. Give at least 16 /],
    [{ PAUSESCOPE_TOKEN: 'with spaces and more' }, [], /^PAUSESCOPE_TOKEN is no usable token\./],
    [{ PAUSESCOPE_TOKEN: '' }, ['--log-format', 'json'], /^A log in JSON never holds the token of the page/],
  ])('%j %j is refused', async (env, args, sentence) => {
    Object.assign(process.env, env)
    const given = ['--port', '0', '--kubeconfig', kubeconfig, ...args]
    const { code, stderr } = await runHere(given).finally(() => delete process.env.PAUSESCOPE_TOKEN)
    expect(code).toBe(2)
    const [last] = stderr.trim().split('\n').slice(-1)
    expect(last?.replace(/^pausescope: /, '')).toMatch(sentence)
    expect(stderr).not.toContain('short')
  })
})

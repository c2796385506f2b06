import { connect } from 'node:net'
import { API, told } from '@pausescope/shared'
import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { SourceError } from '../observe/source-error.ts'
import { expectRefusal, json, serveApp } from './test/serve-app.ts'

const served = await serveApp()
const { ask, port, recorded, reported } = served

afterAll(() => served.close())
beforeEach(() => {
  served.source = recorded
  reported.length = 0
})

describe('security', () => {
  test.each([
    'evil.example',
    'localhost',
    'localhost:1',
    'localhost.evil.example',
    '127.0.0.1.nip.io',
    '[::1',
    'exact.example',
  ])('refuses the host %j everywhere', async (Host) => {
    expectRefusal(await ask('/', { Host }), 403, 'host-not-allowed')
    expectRefusal(await ask(API.pods, { Host }), 403, 'host-not-allowed')
  })

  test.each(['GET / HTTP/1.0', 'GET / HTTP/1.1\r\nHost:', 'GET http://evil.example/ HTTP/1.1\r\nHost: evil.example'])(
    'refuses %j',
    async (head) => {
      const socket = connect(port, '127.0.0.1').end(`${head}\r\nConnection: close\r\n\r\n`)
      let text = ''
      for await (const chunk of socket) text += chunk
      expect(text).toMatch(/^HTTP\/1.1 403 /)
    },
  )

  test('answers to the loopback names with its port and to the hosts that were allowed', async () => {
    const hosts = [`localhost:${port}`, `LOCALHOST:${port}`, `127.0.0.1:${port}`, `[::1]:${port}`]
    for (const Host of [...hosts, 'pods.example', 'pods.example:8443', 'exact.example:8080']) {
      expect((await ask(API.source, { Host })).status).toBe(200)
    }
  })

  test.each(['cross-site', 'same-site', 'none, cross-site', 'nonsense'])('refuses a GET that is %s', async (site) => {
    expectRefusal(await ask(API.pods, { 'Sec-Fetch-Site': site }), 403, 'cross-site')
  })

  test('lets its own page, an address that was typed, and a program without a browser read', async () => {
    expect((await ask(API.pods, { 'Sec-Fetch-Site': 'same-origin' })).status).toBe(200)
    expect((await ask(API.pods, { 'Sec-Fetch-Site': 'none' })).status).toBe(200)
    expect((await ask(API.pods)).status).toBe(200)
  })

  test('refuses foreign origins, also one on another port of this machine', async () => {
    for (const Origin of [
      'http://evil.example',
      `http://localhost:${port + 1}`,
      'null',
      '',
      'file://',
      `http://localhost:${port}`,
    ]) {
      expectRefusal(await ask(API.pods, { Origin }), 403, 'cross-site')
    }
    const Host = `localhost:${port}`
    expect((await ask(API.pods, { Host, Origin: `http://${Host}` })).status).toBe(200)
  })

  test('gives no other origin a permission', async () => {
    const answers = [await ask(API.pods, { Origin: `http://127.0.0.1:${port}` }), await ask('/')]
    for (const { headers } of answers) {
      expect(Object.keys(headers).filter((name) => name.startsWith('access-control'))).toEqual([])
    }
  })

  test.each([
    ['/api/pods/..%2f..%2fsecrets/x/observation'],
    ['/api/pods/default/..%2f..%2fsecrets/observation'],
    ['/api/pods/default/Upper/observation'],
    ['/api/pods/default/%00/observation'],
    [`/api/pods/${'a'.repeat(64)}/x/observation`],
    [`/api/pods/default/${'a.'.repeat(130)}a/observation`],
    ['/api/pods/-a/x/observation'],
    ['/api/nodes/..%2fx/helper'],
  ])('refuses the name in %s', async (path) => {
    expectRefusal(await ask(path), 400, 'bad-name')
  })

  test('refuses a path that is no UTF-8', async () => {
    expectRefusal(await ask('/api/pods/%ff/x/observation'), 400, 'bad-request')
  })

  test('refuses a body that is too large', async () => {
    const Origin = `http://127.0.0.1:${port}`
    expectRefusal(await ask(API.helper('node3'), { Origin }, 'POST', 'x'.repeat(100_000)), 413, 'too-large')
    const chunked = { Origin, 'Transfer-Encoding': 'chunked' }
    expectRefusal(await ask(API.helper('node3'), chunked, 'POST', 'x'.repeat(100_000)), 413, 'too-large')
  })

  test('refuses headers and addresses that are too large, and goes on serving', async () => {
    expect((await ask(API.pods, { 'X-Long': 'x'.repeat(20_000) })).status).toBe(431)
    expect((await ask(`${API.pods}?q=${'x'.repeat(20_000)}`)).status).toBe(431)
    expect((await ask(`/${'a/'.repeat(10_000)}`)).status).toBe(431)
    const many = Object.fromEntries(Array.from({ length: 1500 }, (_, index) => [`x${index}`, '1']))
    expect((await ask(API.pods, many)).status).toBeGreaterThanOrEqual(200)
    const long = `${API.graphSvg('lab-v2', 'myweb2')}?${'theme=dark&'.repeat(1000)}`
    expectRefusal(await ask(long), 400, 'bad-option')
    expectRefusal(await ask(`${API.graphSvg('lab-v2', 'myweb2')}?__proto__=1&constructor=2`), 400, 'bad-option')
    expect((await ask(API.pods)).status).toBe(200)
  })

  test('an unexpected error is reported, and answered without what it says', async () => {
    const secret = new Error('Authorization: Bearer abc')
    served.source = {
      ...recorded,
      pods() {
        throw secret
      },
    }
    const answer = await ask(API.pods)
    expectRefusal(answer, 500, 'internal')
    expect(answer.body.toString()).not.toContain('Bearer')
    expect(reported).toEqual([secret])
  })

  test('an expected error keeps its sentence and status', async () => {
    served.source = {
      ...recorded,
      observation: async () => {
        throw new SourceError('unavailable', told('node.none', { node: 'n1' }), told('next.try-again'))
      },
    }
    const answer = await ask(API.observation('default', 'myweb2'))
    expect(answer.status).toBe(503)
    expect(json(answer).error).toEqual({
      code: 'unavailable',
      message: 'There is no node n1 in the cluster.',
      next: 'Try again.',
      told: { message: { key: 'node.none', values: { node: 'n1' } }, next: { key: 'next.try-again' } },
    })
  })

  test('every answer has the policy: nothing inline, nothing from elsewhere, no frame', async () => {
    for (const path of ['/', API.pods, '/nothing']) {
      const { headers } = await ask(path)
      const policy = String(headers['content-security-policy'])
      expect(policy).toContain("default-src 'none'")
      expect(policy).toContain("script-src 'self'")
      expect(policy).toContain("frame-ancestors 'none'")
      expect(policy).not.toMatch(/unsafe|https?:/)
      expect(headers).toMatchObject({ 'x-content-type-options': 'nosniff', 'x-frame-options': 'DENY' })
      expect(headers).not.toHaveProperty('x-powered-by')
    }
  })
})

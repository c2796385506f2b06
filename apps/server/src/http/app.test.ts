import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { request as httpRequest, type IncomingHttpHeaders } from 'node:http'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import {
  API,
  apiErrorSchema,
  type ExportOptions,
  exportSvg,
  type HelperReply,
  nodeListSchema,
  nodeObservationReplySchema,
  type ObservationReply,
  observationReplySchema,
  type PodSummary,
  pictureQuery,
  podListSchema,
  recordingListSchema,
  recordingSchema,
  sourceSchema,
} from '@pausescope/shared'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { createRecordingSource } from '../observe/recording-source.ts'
import type { ObservationSource } from '../observe/source.ts'
import { SourceError } from '../observe/source-error.ts'
import { BUNDLED_RECORDINGS, createLibrary } from '../recordings/library.ts'
import { createApp } from './app.ts'
import { type Listening, listen } from './listen.ts'

type Answer = { status: number; headers: IncomingHttpHeaders; body: Buffer }

const library = createLibrary(BUNDLED_RECORDINGS)
const folder = mkdtempSync(join(tmpdir(), 'pausescope-http-'))
const webRoot = join(folder, 'dist')
const reported: unknown[] = []
let source: ObservationSource
let recorded: ObservationSource
let server: Listening

beforeAll(async () => {
  mkdirSync(join(webRoot, 'assets'), { recursive: true })
  writeFileSync(join(webRoot, 'index.html'), '<!doctype html><title>Pausescope</title>')
  writeFileSync(join(webRoot, 'assets', 'main-0a1b2c3d.js'), 'export {}')
  writeFileSync(join(webRoot, 'favicon.svg'), '<svg xmlns="http://www.w3.org/2000/svg"/>')
  writeFileSync(join(folder, 'secret.txt'), 'hidden words')
  const recording = await library.first()
  if (!recording) throw new Error('no bundled recording')
  recorded = createRecordingSource({ recording, version: '1.2.3', message: 'No kubeconfig was found.' })
  // Each test may put another source in place.
  const current: ObservationSource = {
    describe: () => source.describe(),
    pods: () => source.pods(),
    observation: (...args) => source.observation(...args),
    nodes: () => source.nodes(),
    node: (...args) => source.node(...args),
    helper: (node) => source.helper(node),
    agreeToHelper: (...args) => source.agreeToHelper(...args),
    close: () => source.close(),
  }
  const report = (error: unknown) => reported.push(error)
  const app = createApp({
    source: current,
    library,
    webRoot,
    allowedHosts: ['pods.example', 'exact.example:8080'],
    report,
  })
  server = await listen(app, { host: '127.0.0.1', port: 0, orAnother: false })
})
afterAll(async () => {
  await server.close(1000)
  rmSync(folder, { recursive: true })
})
beforeEach(() => {
  source = recorded
  reported.length = 0
})

/** A request as it goes over the wire: fetch would forbid some headers and tidy the path. */
function ask(path: string, headers: Record<string, string> = {}, method = 'GET', body = ''): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const outgoing = httpRequest({ host: '127.0.0.1', port: server.port, path, method, headers }, (incoming) => {
      const chunks: Buffer[] = []
      incoming.on('data', (chunk) => chunks.push(chunk))
      incoming.on('end', () =>
        resolve({ status: incoming.statusCode ?? 0, headers: incoming.headers, body: Buffer.concat(chunks) }),
      )
    })
    outgoing.on('error', reject)
    outgoing.end(body)
  })
}

const json = (answer: Answer) => JSON.parse(answer.body.toString('utf8'))

function expectRefusal(answer: Answer, status: number, code: string): void {
  expect(answer.status).toBe(status)
  const { error } = apiErrorSchema.parse(json(answer))
  expect(error.code).toBe(code)
  expect(answer.body.toString()).not.toMatch(/\bat .*(:\d+|node_modules)/)
}

describe('health', () => {
  const starting = () => ({ ...recorded, describe: () => ({ ...recorded.describe(), watch: 'starting' as const }) })

  test('is told to whoever asks, by any name', async () => {
    for (const path of ['/livez', '/readyz']) {
      const { status, headers, body } = await ask(path, { host: '10.1.2.3:7777' })
      expect([status, body.toString(), headers['cache-control']]).toEqual([200, 'ok\n', 'no-store'])
    }
  })

  test('a server without its first list is alive, but not ready', async () => {
    source = starting()
    expect((await ask('/livez')).status).toBe(200)
    const { status, body } = await ask('/readyz')
    expect([status, body.toString()]).toEqual([503, 'The first list of pods has not come yet.\n'])
  })
})

describe('the API', () => {
  test('describes its source', async () => {
    const answer = await ask(API.source)
    expect(sourceSchema.parse(json(answer))).toMatchObject({ mode: 'recording', message: 'No kubeconfig was found.' })
    expect(answer.headers['cache-control']).toBe('no-store')
  })

  test('lists pods, and says 304 to who has the list', async () => {
    const first = await ask(API.pods)
    expect(podListSchema.parse(json(first)).pods.length).toBeGreaterThan(5)
    expect(first.headers['cache-control']).toBe('private, no-cache')
    const again = await ask(API.pods, { 'If-None-Match': String(first.headers.etag) })
    expect([again.status, again.body.length]).toEqual([304, 0])
  })

  test('a list of thousands of pods is small on the wire and keeps its ETag', async () => {
    const pods = Array.from(
      { length: 5000 },
      (_, index): PodSummary => ({
        namespace: `team-${index % 50}`,
        name: `service-${index}-7d4b9c6f5`,
        uid: `5f0c3b6e-0000-4000-8000-${String(index).padStart(12, '0')}`,
        nodeName: `node-${index % 100}`,
        status: 'Running',
        phase: 'Running',
        ready: 2,
        containers: 2,
        restarts: 0,
      }),
    )
    source = { ...recorded, pods: () => pods }
    const plain = await ask(API.pods)
    const packed = await ask(API.pods, { 'Accept-Encoding': 'gzip, br' })
    expect(packed.headers).toMatchObject({ 'content-encoding': 'gzip', vary: 'Accept-Encoding' })
    expect(packed.body.length * 8).toBeLessThan(plain.body.length)
    expect(gunzipSync(packed.body)).toEqual(plain.body)
    const headers = { 'Accept-Encoding': 'gzip', 'If-None-Match': String(packed.headers.etag) }
    expect((await ask(API.pods, headers)).status).toBe(304)
  })

  test('answers with an observation', async () => {
    const { namespace, name } = recorded.pods()[0] as PodSummary
    const reply = observationReplySchema.parse(json(await ask(API.observation(namespace, name))))
    expect(reply.observation.pod.name).toBe(name)
  })

  test('says which pod it does not know', async () => {
    const answer = await ask(API.observation('default', 'nobody'))
    expectRefusal(answer, 404, 'pod-not-found')
    expect(json(answer).error.message).toContain('default/nobody')
  })

  test('asks for a new scan only with refresh=1', async () => {
    const asked: boolean[] = []
    const reply = {} as ObservationReply
    source = {
      ...recorded,
      async observation(_namespace, _name, { refresh }) {
        asked.push(refresh)
        return reply
      },
    }
    const path = API.observation('default', 'myweb2')
    for (const query of ['', '?refresh=0', '?refresh=1', '?refresh=1&refresh=1']) await ask(path + query)
    expect(asked).toEqual([false, false, true, false])
  })

  test('lists nodes and shows one whole, with a new scan only for refresh=1', async () => {
    expect(nodeListSchema.parse(json(await ask(API.nodes))).nodes.map(({ name }) => name)).toEqual(['node3'])
    const reply = nodeObservationReplySchema.parse(json(await ask(API.nodeObservation('node3'))))
    expect(reply.observation.node.name).toBe('node3')
    expectRefusal(await ask(API.nodeObservation('node9')), 404, 'node-not-found')
    expectRefusal(await ask(API.nodeObservation('..')), 400, 'bad-name')
    expectRefusal(await ask(API.nodeObservation('Node3')), 400, 'bad-name')
    const asked: [string, boolean][] = []
    source = {
      ...recorded,
      async node(name, { refresh }) {
        asked.push([name, refresh])
        return reply
      },
    }
    for (const query of ['', '?refresh=1']) await ask(API.nodeObservation('node3') + query)
    expect(asked).toEqual([
      ['node3', false],
      ['node3', true],
    ])
  })

  test('a client that goes away ends what is done for it', async () => {
    const aborted = new Promise<void>((resolve) => {
      source = {
        ...recorded,
        observation: (_namespace, _name, { signal }) =>
          new Promise((_resolve, reject) => {
            signal.addEventListener('abort', () => {
              resolve()
              reject(signal.reason)
            })
            client.destroy()
          }),
      }
    })
    const path = API.observation('default', 'myweb2')
    const client = httpRequest({ host: '127.0.0.1', port: server.port, path })
    client.on('error', () => {})
    client.end()
    await aborted
    await ask(API.source)
    expect(reported).toEqual([])
  })

  test('a helper is made only by a POST that says where it comes from', async () => {
    const made: string[] = []
    const reply: HelperReply = { node: 'node3', state: 'ready', detail: null, manifest: 'kind: Pod' }
    source = {
      ...recorded,
      helper: async () => ({ ...reply, state: 'none' }),
      async agreeToHelper(node) {
        made.push(node)
        return reply
      },
    }
    expect(json(await ask(API.helper('node3')))).toMatchObject({ state: 'none' })
    expectRefusal(await ask(API.helper('node3'), {}, 'POST'), 403, 'origin-needed')
    expectRefusal(await ask(API.helper('node3'), { 'Sec-Fetch-Site': 'none' }, 'POST'), 403, 'cross-site')
    expect(made).toEqual([])
    const Origin = `http://127.0.0.1:${server.port}`
    expect(json(await ask(API.helper('node3'), { Origin }, 'POST'))).toMatchObject({ state: 'ready' })
    expect(made).toEqual(['node3'])
  })

  test('a recording makes no helper', async () => {
    expectRefusal(await ask(API.helper('node3')), 409, 'not-live')
  })

  test('offers recordings', async () => {
    const { recordings } = recordingListSchema.parse(json(await ask(API.recordings)))
    const answer = await ask(API.recording(recordings[0]?.id ?? ''))
    expect(recordingSchema.parse(json(answer)).title).toBe(recordings[0]?.title)
    expectRefusal(await ask(API.recording('../package')), 404, 'recording-not-found')
    expectRefusal(await ask(API.recording('__proto__')), 404, 'recording-not-found')
  })

  test('paths and methods it does not know are refused as JSON', async () => {
    expectRefusal(await ask('/api'), 404, 'not-found')
    expectRefusal(await ask('/api/nothing'), 404, 'not-found')
    expectRefusal(await ask('/api/pods/'), 404, 'not-found')
    const Origin = `http://127.0.0.1:${server.port}`
    const answer = await ask(API.pods, { Origin }, 'DELETE')
    expectRefusal(answer, 405, 'method-not-allowed')
    expect(answer.headers.allow).toBe('GET, HEAD')
    expectRefusal(await ask(API.pods, { Origin }, 'OPTIONS'), 405, 'method-not-allowed')
  })
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
      const socket = connect(server.port, '127.0.0.1').end(`${head}\r\nConnection: close\r\n\r\n`)
      let text = ''
      for await (const chunk of socket) text += chunk
      expect(text).toMatch(/^HTTP\/1.1 403 /)
    },
  )

  test('answers to the loopback names with its port and to the hosts that were allowed', async () => {
    const { port } = server
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
      `http://localhost:${server.port + 1}`,
      'null',
      '',
      'file://',
      `http://localhost:${server.port}`,
    ]) {
      expectRefusal(await ask(API.pods, { Origin }), 403, 'cross-site')
    }
    const Host = `localhost:${server.port}`
    expect((await ask(API.pods, { Host, Origin: `http://${Host}` })).status).toBe(200)
  })

  test('gives no other origin a permission', async () => {
    const answers = [await ask(API.pods, { Origin: `http://127.0.0.1:${server.port}` }), await ask('/')]
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
    const Origin = `http://127.0.0.1:${server.port}`
    expectRefusal(await ask(API.helper('node3'), { Origin }, 'POST', 'x'.repeat(100_000)), 413, 'too-large')
    const chunked = { Origin, 'Transfer-Encoding': 'chunked' }
    expectRefusal(await ask(API.helper('node3'), chunked, 'POST', 'x'.repeat(100_000)), 413, 'too-large')
  })

  test('an unexpected error is reported, and answered without what it says', async () => {
    const secret = new Error('Authorization: Bearer abc')
    source = {
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
    source = {
      ...recorded,
      observation: async () => {
        throw new SourceError('unavailable', 'The cluster does not answer.', 'Try again.')
      },
    }
    const answer = await ask(API.observation('default', 'myweb2'))
    expect(answer.status).toBe(503)
    expect(json(answer).error).toEqual({
      code: 'unavailable',
      message: 'The cluster does not answer.',
      next: 'Try again.',
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

describe('the picture', () => {
  const path = API.graphSvg('lab-v2', 'myweb2')

  test('is what the page exports, byte for byte, with a name to save it under', async () => {
    const { observation } = await recorded.observation('lab-v2', 'myweb2', {
      refresh: false,
      signal: new AbortController().signal,
    })
    const cases: Partial<ExportOptions>[] = [
      {},
      { drawing: 'nested', theme: 'dark', width: 900, language: 'ko' },
      { title: false, caption: false, legend: false, transparent: true },
      { redact: true, embed: true },
    ]
    for (const options of cases) {
      const answer = await ask(`${path}?${pictureQuery(options)}`)
      expect([answer.status, answer.headers['content-type']]).toEqual([200, 'image/svg+xml'])
      expect(answer.body.toString()).toBe(exportSvg(observation, options, '1.2.3'))
    }
    const { headers } = await ask(path)
    expect(headers).toMatchObject({
      'content-disposition': 'inline; filename="lab-v2-myweb2.svg"',
      'cache-control': 'private, no-cache',
    })
    expect((await ask(path, { 'If-None-Match': String(headers.etag) })).status).toBe(304)
  })

  test('a wrong option is told with what would be right', async () => {
    const answer = await ask(`${path}?theme=pink`)
    expectRefusal(answer, 400, 'bad-option')
    expect(json(answer).error.message).toBe('The option theme is one of light, dark, contrast, not "pink".')
    expectRefusal(await ask(`${path}?width=1&width=2`), 400, 'bad-option')
    expectRefusal(await ask(`${path}?colour=red`), 400, 'bad-option')
  })

  test('the guards of the API hold for it', async () => {
    expectRefusal(await ask(path, { 'Sec-Fetch-Site': 'cross-site' }), 403, 'cross-site')
    expectRefusal(await ask(path, { Host: 'evil.example' }), 403, 'host-not-allowed')
    expectRefusal(await ask('/api/pods/default/..%2fx/graph.svg'), 400, 'bad-name')
    expectRefusal(await ask(path, { Origin: `http://127.0.0.1:${server.port}` }, 'POST'), 405, 'method-not-allowed')
  })
})

describe('the page', () => {
  test('index.html is asked for each time, hashed files are kept', async () => {
    const page = await ask('/?pod=default/myweb2')
    expect([page.status, page.headers['cache-control']]).toEqual([200, 'no-cache'])
    expect(page.headers['content-type']).toBe('text/html; charset=utf-8')
    expect((await ask('/', { 'If-None-Match': String(page.headers.etag) })).status).toBe(304)
    const script = await ask('/assets/main-0a1b2c3d.js')
    expect(script.headers['cache-control']).toBe('public, max-age=31536000, immutable')
    expect(script.headers['content-type']).toBe('text/javascript; charset=utf-8')
    expect((await ask('/favicon.svg')).headers['cache-control']).toBe('no-cache')
  })

  test('only / is the page', async () => {
    expectRefusal(await ask('/pods/default'), 404, 'not-found')
    expectRefusal(await ask('/assets/gone.js'), 404, 'not-found')
    expectRefusal(await ask('/', {}, 'POST'), 405, 'method-not-allowed')
  })

  test.each([
    '/../secret.txt',
    '/..%2fsecret.txt',
    '/assets/..%2f..%2fsecret.txt',
    '/assets/%2e%2e/%2e%2e/secret.txt',
    '//secret.txt',
  ])('nothing outside its folder: %s', async (path) => {
    const answer = await ask(path)
    expect(answer.status).toBeGreaterThanOrEqual(400)
    expect(answer.body.toString()).not.toContain('hidden')
  })
})

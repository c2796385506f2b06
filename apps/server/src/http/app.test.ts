import { request as httpRequest } from 'node:http'
import { gunzipSync } from 'node:zlib'
import {
  API,
  contextListSchema,
  type ExportOptions,
  evidenceReplySchema,
  exportNodeSvg,
  exportSvg,
  type HelperReply,
  nodeListSchema,
  nodeObservationReplySchema,
  type ObservationReply,
  observationReplySchema,
  type PodSummary,
  parseNodePictureQuery,
  pictureQuery,
  podListSchema,
  recordingListSchema,
  recordingSchema,
  sourceSchema,
} from '@pausescope/shared'
import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import type { ContextSwitch } from '../observe/switching-source.ts'
import { expectRefusal, json, serveApp } from './test/serve-app.ts'

const served = await serveApp()
const { ask, port, recorded, reported } = served

afterAll(() => served.close())
beforeEach(() => {
  served.source = recorded
  reported.length = 0
})

describe('health', () => {
  const starting = () => ({ ...recorded, describe: () => ({ ...recorded.describe(), watch: 'starting' as const }) })

  test('is told to whoever asks, by any name', async () => {
    for (const path of ['/livez', '/readyz']) {
      const { status, headers, body } = await ask(path, { host: '10.1.2.3:7777' })
      expect([status, body.toString(), headers['cache-control']]).toEqual([200, 'ok\n', 'no-store'])
    }
  })

  test('a server without its first list is alive, but not ready', async () => {
    served.source = starting()
    expect((await ask('/livez')).status).toBe(200)
    const { status, body } = await ask('/readyz')
    expect([status, body.toString()]).toEqual([503, 'The first list of pods has not come yet.\n'])
  })
})

describe('the API', () => {
  test('describes its source', async () => {
    const answer = await ask(API.source)
    expect(sourceSchema.parse(json(answer))).toMatchObject({
      mode: 'recording',
      message: 'Showing recordings, for there is no cluster: none was found.',
    })
    expect(answer.headers['cache-control']).toBe('no-store')
  })

  test('answers with evidence, or with why there is none', async () => {
    const [pod] = recorded.pods()
    const path = API.evidence(pod?.namespace ?? '', pod?.name ?? '')
    const { evidence, problem } = evidenceReplySchema.parse(json(await ask(path)))
    expect(evidence === null).toBe(problem?.code === 'not-recorded')
    expectRefusal(await ask(API.evidence('default', 'nothing')), 404, 'pod-not-found')
    expectRefusal(await ask(path, { 'sec-fetch-site': 'cross-site' }), 403, 'cross-site')
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
    served.source = { ...recorded, pods: () => pods }
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
    served.source = {
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
    served.source = {
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
      served.source = {
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
    const client = httpRequest({ host: '127.0.0.1', port: port, path })
    client.on('error', () => {})
    client.end()
    await aborted
    await ask(API.source)
    expect(reported).toEqual([])
  })

  test('a helper is made only by a POST that says where it comes from', async () => {
    const made: string[] = []
    const reply: HelperReply = { node: 'node3', state: 'ready', detail: null, told: null, manifest: 'kind: Pod' }
    served.source = {
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
    const Origin = `http://127.0.0.1:${port}`
    expect(json(await ask(API.helper('node3'), { Origin }, 'POST'))).toMatchObject({ state: 'ready' })
    expect(made).toEqual(['node3'])
  })

  test('who agreed for one cluster has not agreed for another', async () => {
    const made: string[] = []
    const reply: HelperReply = { node: 'node3', state: 'ready', detail: null, told: null, manifest: 'kind: Pod' }
    served.source = {
      ...recorded,
      describe: () => ({ ...recorded.describe(), mode: 'live', context: 'arn:aws:eks:x:1:cluster/b' }),
      async agreeToHelper(node) {
        made.push(node)
        return reply
      },
    }
    const Origin = `http://127.0.0.1:${port}`
    const agree = (context: string) =>
      ask(`${API.helper('node3')}?context=${encodeURIComponent(context)}`, { Origin }, 'POST')
    expectRefusal(await agree('a'), 409, 'context-changed')
    expect(made).toEqual([])
    expect((await agree('arn:aws:eks:x:1:cluster/b')).status).toBe(200)
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
    const Origin = `http://127.0.0.1:${port}`
    const answer = await ask(API.pods, { Origin }, 'DELETE')
    expectRefusal(answer, 405, 'method-not-allowed')
    expect(answer.headers.allow).toBe('GET, HEAD')
    expectRefusal(await ask(API.pods, { Origin }, 'OPTIONS'), 405, 'method-not-allowed')
  })
})

describe('contexts', () => {
  test('none to choose from: the list is empty, a choice is refused', async () => {
    expect(json(await ask(API.contexts))).toEqual({ contexts: [], current: null })
    const Origin = `http://127.0.0.1:${port}`
    expectRefusal(await ask(API.context('prod'), { Origin }, 'POST'), 409, 'not-switchable')
    expectRefusal(await ask(API.context('prod'), { Origin }), 405, 'method-not-allowed')
  })

  test('a choice needs a POST of our own page, and any name comes through whole', async () => {
    const chosen: string[] = []
    const contexts: ContextSwitch = {
      names: async () => ['a', 'b'],
      switchTo: async (name) => void chosen.push(name),
    }
    const other = await serveApp({ contexts })
    const Origin = `http://127.0.0.1:${other.port}`
    expect(contextListSchema.parse(json(await other.ask(API.contexts))).contexts).toEqual(['a', 'b'])
    expectRefusal(await other.ask(API.context('a'), {}, 'POST'), 403, 'origin-needed')
    const cross = { Origin, 'Sec-Fetch-Site': 'cross-site' }
    expectRefusal(await other.ask(API.context('a'), cross, 'POST'), 403, 'cross-site')
    expect(chosen).toEqual([])
    for (const name of ['a', 'arn:aws:eks:x:1:cluster/b', '../%2f', '__proto__', '한국']) {
      const answer = await other.ask(API.context(name), { Origin }, 'POST')
      expect(sourceSchema.parse(json(answer)).version).toBe('1.2.3')
      expect(chosen.at(-1)).toBe(name)
    }
    await other.close()
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

  test('the same of a whole node, which has one drawing and is not redacted', async () => {
    const node = '/api/nodes/node3/graph.svg'
    const { observation } = await recorded.node('node3', { refresh: false, signal: new AbortController().signal })
    for (const query of ['', 'theme=dark&width=900&language=ko', 'title=0&caption=0&legend=0&transparent=1&embed=1']) {
      const answer = await ask(`${node}?${query}`)
      expect([answer.status, answer.headers['content-disposition']]).toEqual([200, 'inline; filename="node3.svg"'])
      const options = parseNodePictureQuery(Object.fromEntries(new URLSearchParams(query)))
      expect(answer.body.toString()).toBe('error' in options ? '' : exportNodeSvg(observation, options, '1.2.3'))
    }
    expectRefusal(await ask(`${node}?redact=1`), 400, 'bad-option')
    expectRefusal(await ask('/api/nodes/node9/graph.svg'), 404, 'node-not-found')
    expectRefusal(await ask('/api/nodes/..%2fx/graph.svg'), 400, 'bad-name')
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
    expectRefusal(await ask(path, { Origin: `http://127.0.0.1:${port}` }, 'POST'), 405, 'method-not-allowed')
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

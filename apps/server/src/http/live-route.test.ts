import { request as httpRequest, type IncomingMessage } from 'node:http'
import { API, liveQuery, observationReplySchema } from '@pausescope/shared'
import express from 'express'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { ObservationSource } from '../observe/source.ts'
import { type LiveLab, NODE, POD, startLiveLab } from '../observe/test/live-lab.ts'
import { answerErrors } from './api-error.ts'
import { type Listening, listen } from './listen.ts'
import { liveRoute } from './live-route.ts'
import { type Served, serveApp } from './test/serve-app.ts'

/** Errors that nobody expected. */
const reported: unknown[] = []
const report = (error: unknown) => void reported.push(error)

function open(port: number, path: string, headers = {}, method = 'GET'): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    httpRequest({ host: '127.0.0.1', port, path, headers, method }, resolve).on('error', reject).end()
  })
}

async function body(response: IncomingMessage): Promise<string> {
  let text = ''
  for await (const chunk of response) text += chunk
  return text
}

/** Reads a stream as a browser does (WHATWG HTML, 9.2.6): until `enough` says so, then leaves. */
async function readEvents(response: IncomingMessage, enough: (events: Record<string, string>[]) => boolean) {
  const events: Record<string, string>[] = []
  let rest = ''
  response.setEncoding('utf8')
  for await (const chunk of response) {
    const blocks = (rest + chunk).split('\n\n')
    rest = blocks.pop() ?? ''
    for (const block of blocks) {
      const fields = block.split('\n').map((line) => /^([^:]*):? ?(.*)$/s.exec(line)?.slice(1) as [string, string])
      events.push(Object.fromEntries(fields))
    }
    if (enough(events)) break
  }
  return events
}

describe('of a live cluster', () => {
  let live: LiveLab
  let server: Served
  beforeEach(async () => {
    live = await startLiveLab()
    server = await serveApp({ source: live.source, report })
  })
  afterEach(async () => {
    await live.close()
    await server.close()
    expect(reported.splice(0)).toEqual([])
  })
  const path = `${API.live}?${liveQuery({ subject: POD, interval: 1 })}`

  test('events as a browser reads them, and as no proxy holds them back', async () => {
    const response = await open(server.port, path, { 'Accept-Encoding': 'gzip' })
    expect(response.statusCode).toBe(200)
    expect(response.headers).toMatchObject({
      'content-type': 'text/event-stream',
      'cache-control': 'no-store, no-transform',
      'x-accel-buffering': 'no',
    })
    expect(response.headers['content-encoding']).toBeUndefined()
    const good = ({ event, data = '' }: Record<string, string>) =>
      event === 'observation' && data.endsWith('"problem":null}')
    const events = await readEvents(response, (so) => so.some(good) && so.at(-1)?.event === 'tick')
    expect(events[0]).toEqual({ retry: '2000' })
    const reply = events.find(good)
    expect(observationReplySchema.parse(JSON.parse(reply?.data ?? '')).observation.scanned).toBe(true)
    expect(reply?.id).toMatch(/^[\w-]{22}$/)
    await expect.poll(() => live.lab.running()).toEqual([])

    const again = await open(server.port, path, { 'Last-Event-ID': reply?.id ?? '' })
    const rest = await readEvents(again, (so) => so.some(({ event }) => event === 'tick'))
    expect(rest.map(({ event }) => event)).not.toContain('observation')
  })

  test('a node', async () => {
    const subject = { kind: 'node', node: NODE } as const
    const response = await open(server.port, `${API.live}?${liveQuery({ subject, interval: 30 })}`)
    await readEvents(response, (so) => so.some(({ event }) => event === 'observation'))
  })

  test('it ends with the source, so that stopping waits for nobody', async () => {
    const response = await open(server.port, path)
    await readEvents(response, (so) => so.length > 2).catch(() => {})
    const other = await open(server.port, API.live)
    const text = body(other)
    await live.source.close()
    expect(await text).toContain('event: pods')
  })

  test.each([
    ['another site', path, { 'Sec-Fetch-Site': 'cross-site' }, 403, 'cross-site'],
    ['a foreign origin', path, { Origin: 'https://evil.example' }, 403, 'cross-site'],
    ['a foreign host', path, { Host: 'evil.example' }, 403, 'host-not-allowed'],
    ['an interval that there is not', `${API.live}?interval=3`, {}, 400, 'bad-option'],
    ['half a name', `${API.live}?pod=x`, {}, 400, 'bad-option'],
    ['a name that is a path', `${API.live}?node=..%2Fx`, {}, 400, 'bad-name'],
    ['a pod that is not there', `${API.live}?namespace=lab-v2&pod=none`, {}, 404, 'pod-not-found'],
    ['a node that is not there', `${API.live}?node=none`, {}, 404, 'node-not-found'],
  ])('refused: %s', async (_, asked, headers, status, code) => {
    const response = await open(server.port, asked, headers)
    expect(response.statusCode).toBe(status)
    expect(JSON.parse(await body(response))).toMatchObject({ error: { code } })
    expect(live.execs()).toBe(0)
  })

  test('only GET', async () => {
    const response = await open(server.port, API.live, {}, 'HEAD')
    expect([response.statusCode, response.headers.allow]).toEqual([405, 'GET'])
  })
})

test('a recording says that it is not live', async () => {
  const server = await serveApp()
  const response = await open(server.port, API.live)
  expect(response.statusCode).toBe(409)
  expect(JSON.parse(await body(response))).toMatchObject({ error: { code: 'not-live', next: expect.any(String) } })
  await server.close()
})

describe('clients that do not read', () => {
  const LARGE = JSON.stringify('x'.repeat(1_000_000))
  let taken = 0
  let left = 0
  let server: Listening

  /** Always has something new to tell, as fast as it is asked. */
  const source = {
    async live(_query: unknown, _id: unknown, signal: AbortSignal) {
      return (async function* () {
        try {
          while (!signal.aborted) {
            taken++
            yield { event: 'observation', data: LARGE }
          }
        } finally {
          left++
        }
      })()
    },
  } as unknown as ObservationSource

  beforeAll(async () => {
    const app = express()
    app.get('/patient', liveRoute(source, { stallMs: 60_000, streamsMax: 3 }))
    app.get('/strict', liveRoute(source, { stallMs: 300 }))
    app.get('/silent', liveRoute({ ...source, live: silent } as ObservationSource, { heartbeatMs: 20 }))
    app.get('/broken', liveRoute({ ...source, live: broken } as ObservationSource))
    app.use(answerErrors(report))
    server = await listen(app, { host: '127.0.0.1', port: 0, orAnother: false })
  })
  afterAll(() => server.close(0))

  const silent: ObservationSource['live'] = async (_query, _id, signal) =>
    (async function* () {
      yield* []
      await new Promise((resolve) => signal.addEventListener('abort', resolve))
    })()

  const broken: ObservationSource['live'] = async () =>
    (async function* () {
      yield { event: 'pods', data: '{}' } as const
      throw new Error('nobody expected this')
    })()

  const rested = async () => {
    let before = -1
    await expect
      .poll(
        () => {
          const same = taken === before
          before = taken
          return same
        },
        { interval: 200 },
      )
      .toBe(true)
  }

  test('nothing is taken for them while they sleep; awake again they get what is new', async () => {
    const response = await open(server.port, '/patient')
    await rested()
    const asleep = taken
    expect(asleep).toBeLessThan(40)
    let bytes = 0
    for await (const chunk of response) {
      bytes += chunk.length
      if (bytes > 60_000_000) break
    }
    expect(taken).toBeGreaterThan(asleep)
    await expect.poll(() => left).toBe(1)
  })

  test('who sleeps too long is dropped', async () => {
    const before = left
    const response = await open(server.port, '/strict')
    response.on('error', () => {})
    await expect.poll(() => left).toBe(before + 1)
    response.destroy()
    expect(reported).toEqual([])
  })

  test('there is an end to how many there may be', async () => {
    const responses = await Promise.all([1, 2, 3].map(() => open(server.port, '/patient')))
    const refused = await open(server.port, '/patient')
    expect(refused.statusCode).toBe(503)
    expect(JSON.parse(await body(refused))).toMatchObject({ error: { code: 'too-many-streams' } })
    for (const response of responses) response.destroy()
    await expect
      .poll(async () => {
        const response = await open(server.port, '/patient')
        response.destroy()
        return response.statusCode
      })
      .toBe(200)
  })

  test('a failure that nobody expected is reported and ends the stream', async () => {
    await expect(open(server.port, '/broken').then(body)).rejects.toThrow(/aborted|hang up/)
    expect(reported.splice(0)).toEqual([new Error('nobody expected this')])
  })

  test('a silent stream shows that it is alive', async () => {
    const response = await open(server.port, '/silent')
    const events = await readEvents(response, (so) => so.length > 3)
    expect(events.slice(1, 3)).toEqual([{ '': '' }, { '': '' }])
  })
})

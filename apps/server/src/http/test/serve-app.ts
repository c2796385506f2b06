import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { request as httpRequest, type IncomingHttpHeaders } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { apiErrorSchema, told } from '@pausescope/shared'
import { expect } from 'vitest'
import { createRecordingSource } from '../../observe/recording-source.ts'
import type { ObservationSource } from '../../observe/source.ts'
import { BUNDLED_RECORDINGS, createLibrary } from '../../recordings/library.ts'
import { type AppOptions, createApp } from '../app.ts'
import { listen } from '../listen.ts'
import { createMetrics } from '../metrics.ts'

export type Answer = { status: number; headers: IncomingHttpHeaders; body: Buffer }

export type Served = {
  port: number
  /** The first bundled recording. */
  recorded: ObservationSource
  /** What is shown: `recorded`, until a test puts another in place. */
  source: ObservationSource
  /** Errors that nobody expected. */
  reported: unknown[]
  /** A request as it goes over the wire: fetch would forbid some headers and tidy the path. */
  ask: (path: string, headers?: Record<string, string>, method?: string, body?: string) => Promise<Answer>
  close: () => Promise<void>
}

/** The application on a port of its own, with a small page beside which a secret lies. */
export async function serveApp(options: Partial<AppOptions> = {}): Promise<Served> {
  const folder = mkdtempSync(join(tmpdir(), 'pausescope-http-'))
  const webRoot = join(folder, 'dist')
  mkdirSync(join(webRoot, 'assets'), { recursive: true })
  writeFileSync(join(webRoot, 'index.html'), '<!doctype html><title>Pausescope</title>')
  writeFileSync(join(webRoot, 'assets', 'main-0a1b2c3d.js'), 'export {}')
  writeFileSync(join(webRoot, 'favicon.svg'), '<svg xmlns="http://www.w3.org/2000/svg"/>')
  writeFileSync(join(folder, 'secret.txt'), 'hidden words')
  const library = createLibrary(BUNDLED_RECORDINGS)
  const recording = await library.first()
  if (!recording) throw new Error('no bundled recording')
  const recorded = createRecordingSource({
    recording,
    version: '1.2.3',
    told: told('source.no-cluster', { cause: 'none was found.' }),
  })
  const reported: unknown[] = []
  const current = new Proxy(recorded, {
    get: (_target, name) => {
      const value: unknown = Reflect.get(served.source, name)
      return typeof value === 'function' ? value.bind(served.source) : value
    },
  })
  const app = createApp({
    source: current,
    library,
    contexts: null,
    webRoot,
    allowedHosts: ['pods.example', 'exact.example:8080'],
    secrets: null,
    metrics: createMetrics(),
    onRequest: () => {},
    report: (error) => reported.push(error),
    ...options,
  })
  const { port, close } = await listen(app, { host: '127.0.0.1', port: 0, orAnother: false })
  const served: Served = {
    port,
    recorded,
    source: recorded,
    reported,
    ask: (path, headers = {}, method = 'GET', body = '') =>
      new Promise((resolve, reject) => {
        const outgoing = httpRequest({ host: '127.0.0.1', port, path, method, headers }, (incoming) => {
          const chunks: Buffer[] = []
          incoming.on('data', (chunk) => chunks.push(chunk))
          incoming.on('end', () =>
            resolve({ status: incoming.statusCode ?? 0, headers: incoming.headers, body: Buffer.concat(chunks) }),
          )
        })
        outgoing.on('error', reject)
        outgoing.end(body)
      }),
    close: async () => {
      await close(1000)
      rmSync(folder, { recursive: true })
    },
  }
  return served
}

export const json = (answer: Answer) => JSON.parse(answer.body.toString('utf8'))

export function expectRefusal(answer: Answer, status: number, code: string): void {
  expect(answer.status).toBe(status)
  const { error } = apiErrorSchema.parse(json(answer))
  expect(error.code).toBe(code)
  expect(answer.body.toString()).not.toMatch(/\bat .*(:\d+|node_modules)/)
}

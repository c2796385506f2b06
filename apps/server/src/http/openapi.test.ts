import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { API } from '@pausescope/shared'
import { type Cluster, startLabCluster } from '@pausescope/testkit'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { KubeApi } from '../kube/kube-api.ts'
import { LiveSource } from '../observe/live-source.ts'
import { BUNDLED_RECORDINGS, createLibrary } from '../recordings/library.ts'
import { readVersion } from '../version.ts'
import { apiRoutes } from './api-routes.ts'
import { openApi } from './openapi.ts'
import { type Answer, json, type Served, serveApp } from './test/serve-app.ts'

type Operation = {
  parameters?: { name: string; in: string }[]
  responses: Record<'200' | 'default', { content: Record<string, { schema?: { $ref: string } }> }>
}
type Document = {
  paths: Record<string, Partial<Record<'get' | 'post', Operation>>>
  components: { schemas: Record<string, object> }
}

const document = openApi(readVersion()) as Document
const ajv = new Ajv2020({ allErrors: true, strict: true, strictTypes: false, validateFormats: false })
ajv.addVocabulary(['components'])
ajv.addSchema({ $id: 'api', components: document.components })

const checked = new Set<string>()
let cluster: Cluster
let live: LiveSource
let recorded: Served
let served: Served

beforeAll(async () => {
  const users = [{ name: 'u', token: 't', rules: [{ verbs: ['*'], resources: ['*'] }] }]
  cluster = await startLabCluster({ captures: ['node3-containerd-cgroup2'], users })
  const access = async () => ({
    server: cluster.url,
    headers: { Authorization: 'Bearer t' },
    tls: {},
    agent: undefined,
  })
  const api = new KubeApi({ access })
  live = new LiveSource({
    cluster: { api, context: 'lab', server: cluster.url, namespace: 'default', version: 'v1.36.2' },
    run: 'run1',
    version: readVersion(),
    now: Date.now,
    clock: () => performance.now(),
    random: () => 0,
  })
  await live.listed
  const contexts = { names: async () => ['lab', 'prod'], switchTo: async () => {} }
  served = await serveApp({ contexts })
  served.source = live
  recorded = await serveApp()
})
afterAll(async () => {
  await recorded.close()
  await served.close()
  await live.close()
  await cluster.close()
})

/** The answer has what the document says of its path, method, status and type. */
function expectDocumented(template: string, method: 'get' | 'post', { status, headers, body }: Answer): void {
  const operation = document.paths[template]?.[method]
  if (!operation) throw new Error(`${method} ${template} is not in the document`)
  const media = String(headers['content-type']).split(';')[0] ?? ''
  const { content } = operation.responses[status === 200 ? '200' : 'default']
  expect(Object.keys(content)).toEqual([media])
  const schema = content[media]?.schema
  if (schema) {
    const validate = ajv.getSchema(`api${schema.$ref}`)
    if (!validate) throw new Error(`no schema ${schema.$ref}`)
    expect([validate(JSON.parse(body.toString())), validate.errors]).toEqual([true, null])
  }
  if (status === 200) checked.add(`${method} ${template}`)
}

const PARAMETERS: Record<string, string> = { namespace: 'lab-v2', name: 'myweb2', node: 'node3', context: 'lab' }

const fill = (template: string, more: Record<string, string> = {}) =>
  template.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent({ ...PARAMETERS, ...more }[name] ?? ''))

describe('the OpenAPI document', () => {
  test('is served, and kept beside the other documents: node --run make:openapi', async () => {
    expect(json(await recorded.ask(API.openapi)).openapi).toBe('3.1.0')
    const kept = readFileSync(join(import.meta.dirname, '../../../../docs/openapi.json'), 'utf8')
    expect(JSON.parse(kept)).toEqual(JSON.parse(JSON.stringify(document)))
  })

  test('has every route of the server, with its methods and parameters, and no other', () => {
    const { stack } = apiRoutes(live, createLibrary(BUNDLED_RECORDINGS), null)
    const routes = stack.flatMap(({ route }) => {
      if (!route) return []
      const methods = new Set(route.stack.map(({ method }) => method))
      return ['get', 'post'].filter((method) => methods.has(method)).map((method) => `${method} ${route.path}`)
    })
    const described = Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method} ${path.replace(/\{(\w+)\}/g, ':$1')}`),
    )
    expect(described.sort()).toEqual(routes.sort())
    for (const [path, methods] of Object.entries(document.paths)) {
      for (const { parameters = [] } of Object.values(methods)) {
        const named = parameters.filter((parameter) => parameter.in === 'path').map(({ name }) => `{${name}}`)
        expect(named).toEqual(path.match(/\{\w+\}/g) ?? [])
      }
    }
  })

  test('what a live server answers is as it says, before and after consent, and when it fails', async () => {
    const paths = Object.keys(document.paths).filter((path) => document.paths[path]?.get && path !== API.live)
    const id = '1-containerd-cgroup2'
    const ask = async (path: string, more = {}) => expectDocumented(path, 'get', await served.ask(fill(path, more)))
    for (const path of paths) await ask(path, { id })
    const Origin = `http://127.0.0.1:${served.port}`
    for (const path of ['/api/nodes/{node}/helper', '/api/contexts/{context}']) {
      expectDocumented(path, 'post', await served.ask(fill(path), { Origin }, 'POST'))
      expectDocumented(path, 'post', await served.ask(fill(path), {}, 'POST'))
    }
    for (const path of paths) await ask(path, { id })
    for (const path of paths.filter((template) => template.includes('{'))) {
      await ask(path, { namespace: 'gone', name: 'gone', node: 'gone', id: 'gone' })
      await ask(path, { namespace: 'A', name: '..', node: '..', id: '..' })
    }
    const pods = live.pods()
    for (const { namespace, name } of pods) await ask('/api/pods/{namespace}/{name}/observation', { namespace, name })
    cluster.fault({ on: 'exec', kind: 'kubelet-down' })
    const failed = await served.ask(`${API.observation('lab-v2', 'myweb2')}?refresh=1`)
    expectDocumented('/api/pods/{namespace}/{name}/observation', 'get', failed)
    expect(json(failed).problem).not.toBeNull()
  })

  test('what a server of recordings answers is as it says', async () => {
    const { recordings } = json(await recorded.ask(API.recordings)) as { recordings: { id: string }[] }
    for (const path of Object.keys(document.paths).filter((path) => document.paths[path]?.get)) {
      expectDocumented(path, 'get', await recorded.ask(fill(path, { id: recordings[0]?.id ?? '' })))
    }
    for (const { id } of recordings) {
      expectDocumented('/api/recordings/{id}', 'get', await recorded.ask(API.recording(id)))
    }
  })

  test('the stream of events has its type', async () => {
    const response = await fetch(`http://127.0.0.1:${served.port}${API.live}`)
    expect(response.headers.get('content-type')).toBe('text/event-stream')
    await response.body?.cancel()
    checked.add(`get ${API.live}`)
  })

  test('so every path was answered well at least once', () => {
    const all = Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method} ${path}`),
    )
    expect([...checked].sort()).toEqual(all.sort())
  })

  test('it would see an answer that is not as it says', () => {
    const validate = ajv.getSchema('api#/components/schemas/Source')
    const source = JSON.parse(JSON.stringify(live.describe()))
    expect(validate?.(source)).toBe(true)
    expect(validate?.({ ...source, extra: 1 })).toBe(false)
    expect(validate?.({ ...source, mode: 'other' })).toBe(false)
  })
})

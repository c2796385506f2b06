import { told } from '@pausescope/shared'
import { buildPod, type Cluster, type Fault, startCluster } from '@pausescope/testkit'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { z } from 'zod'
import { KubeApi } from './kube-api.ts'
import { ListWatch, type ListWatchOptions } from './list-watch.ts'

const podSchema = z
  .object({ metadata: z.object({ name: z.string() }), status: z.object({ phase: z.string() }) })
  .transform(({ metadata, status }) => ({ name: metadata.name, phase: status.phase }))
type Pod = z.infer<typeof podSchema>
const parsePod = (object: unknown): Pod => podSchema.parse(object)

let cluster: Cluster
let store: ListWatch<Pod>
/** How long each pause would have been. */
let pauses: number[]

beforeEach(async () => {
  cluster = await startCluster({ users: [{ name: 'u', token: 't', rules: [{ verbs: ['*'], resources: ['*'] }] }] })
  pauses = []
})
afterEach(async () => {
  await store.close()
  await cluster.close()
})

/** Pauses are short but real, so that a broken loop does not spin the test away. */
function start(options: Partial<ListWatchOptions<Pod>> = {}): ListWatch<Pod> {
  const access = async () => ({
    server: cluster.url,
    headers: { Authorization: 'Bearer t' },
    tls: {},
    agent: undefined,
  })
  store = new ListWatch({
    api: new KubeApi({ access, deadlineMs: 5000 }),
    what: told('kube.pods'),
    path: '/api/v1/pods',
    parse: parsePod,
    random: () => 0,
    wait: (ms) => {
      pauses.push(ms)
      return new Promise((resolve) => setTimeout(resolve, 5))
    },
    ...options,
  })
  return store.start()
}

const add = (name: string) => cluster.upsertPod(buildPod({ name, node: 'n1' }))
const names = () => [...store.items.keys()].sort().map((key) => key.split('/')[1])
const untilNames = (...wanted: string[]) => expect.poll(() => names()).toEqual(wanted)
const untilLive = () => expect.poll(() => store.state.kind).toBe('live')
const lists = () => cluster.requests().filter((request) => request.verb === 'list')
const untilWatching = () => expect.poll(() => cluster.openWatches()).toBe(1)

describe('following', () => {
  test('lists, then follows what is added, changed and deleted', async () => {
    add('a')
    start()
    await store.settled()
    expect([store.state.kind, names()]).toEqual(['live', ['a']])
    add('b')
    await untilNames('a', 'b')
    cluster.setPodStatus('default', 'a', { phase: 'Failed' })
    await expect.poll(() => store.items.get('default/a')?.phase).toBe('Failed')
    cluster.deletePod('default', 'a')
    await untilNames('b')
    expect(lists()).toHaveLength(1)
  })

  test('reads a long list in pages', async () => {
    for (let count = 0; count < 1201; count++) add(`p${count}`)
    start()
    await store.settled()
    expect(store.items.size).toBe(1201)
    expect(lists()).toHaveLength(3)
  })

  test('a list that expires between its pages begins again', async () => {
    for (let count = 0; count < 501; count++) add(`p${count}`)
    cluster.fault({ on: 'list', kind: 'gone', continued: true, times: 1 })
    start()
    await expect.poll(() => store.items.size).toBe(501)
    expect(lists()).toHaveLength(4)
  })

  test('what it cannot read is left out and counted, and comes in when it can be read', async () => {
    add('a')
    start({
      parse: (object) => {
        const pod = parsePod(object)
        if (pod.name === 'odd' && pod.phase === 'Running') throw new Error('odd')
        return pod
      },
    })
    add('odd')
    add('z')
    await untilNames('a', 'z')
    expect(store.skipped).toBe(1)
    cluster.setPodStatus('default', 'odd', { phase: 'Failed' })
    await untilNames('a', 'odd', 'z')
    expect(store.skipped).toBe(0)
  })

  test('a change wakes who wants to know', async () => {
    const onChange = vi.fn()
    start({ onChange })
    await untilWatching()
    const [calls, revision] = [onChange.mock.calls.length, store.revision]
    add('a')
    await untilNames('a')
    expect(onChange.mock.calls.length).toBeGreaterThan(calls)
    expect(store.revision).toBeGreaterThan(revision)
  })
})

describe('coming back', () => {
  test.each(['drop', 'end', 'cut-line', 'error-500'] as const)(
    '%s: the watch goes on, without a new list',
    async (kind) => {
      add('a')
      start()
      await untilWatching()
      expect(cluster.breakWatches(kind)).toBe(1)
      add('b')
      await untilNames('a', 'b')
      await untilLive()
      expect(lists()).toHaveLength(1)
    },
  )

  test('410 as an event: everything is listed again, and what vanished meanwhile is gone', async () => {
    add('a')
    add('b')
    start()
    await untilWatching()
    cluster.fault({ on: 'watch', kind: 'unavailable', times: 2 })
    cluster.breakWatches('drop')
    cluster.deletePod('default', 'a')
    cluster.compact()
    await untilNames('b')
    await untilLive()
    expect(lists()).toHaveLength(2)
  })

  test('410 again and again waits longer and longer', async () => {
    cluster.fault({ on: 'watch', kind: 'error-410', times: 5 })
    start()
    await untilWatching()
    expect(pauses).toEqual([500, 1000, 2000, 4000])
  })

  test('a watch that falls silent is cut at its time, and goes on', async () => {
    add('a')
    const causes: (string | undefined)[] = []
    start({ watchDeadlineMs: 200, onChange: () => causes.push(store.state.cause?.code) })
    await untilWatching()
    cluster.fault({ on: 'watch', kind: 'silent', times: 1 })
    cluster.breakWatches('end')
    await expect.poll(() => causes).toContain('timeout')
    add('b')
    await untilNames('a', 'b')
  })

  test('a server that ends each watch at once is not asked without pause', async () => {
    start()
    await store.settled()
    const stop = cluster.fault({ on: 'watch', kind: 'end' })
    cluster.breakWatches('end')
    await expect.poll(() => pauses.length).toBeGreaterThan(4)
    expect(pauses.slice(0, 4)).toEqual([250, 500, 1000, 2000])
    stop()
    add('a')
    await untilNames('a')
  })

  test('the API server restarts: what was known stays, with the cause, until it is back', async () => {
    add('a')
    start()
    await untilWatching()
    await cluster.stopListening()
    await expect.poll(() => store.state.kind).toBe('reconnecting')
    expect(store.state.cause).toMatchObject({ code: 'unreachable' })
    expect(names()).toEqual(['a'])
    await cluster.listenAgain()
    await untilLive()
    add('b')
    await untilNames('a', 'b')
  })

  test('a server that is busy is given the time it asks for', async () => {
    cluster.fault({ on: 'list', kind: 'too-many', retryAfterSeconds: 9, times: 1 })
    start()
    await untilLive()
    expect(pauses[0]).toBe(9000)
  })

  test('a server that never answered yet: still starting, with the cause', async () => {
    cluster.fault({ on: 'list', kind: 'unavailable' })
    start()
    await store.settled()
    expect(store.state).toMatchObject({ kind: 'starting', cause: { code: 'server-error' } })
  })
})

describe('permissions', () => {
  test('a forbidden list says so and is tried again, seldom', async () => {
    cluster.setRules('u', [])
    start()
    await store.settled()
    expect(store.state).toMatchObject({
      kind: 'forbidden',
      cause: { message: expect.stringContaining('User "u" cannot list') },
    })
    add('a')
    cluster.setRules('u', [{ verbs: ['*'], resources: ['*'] }])
    await untilNames('a')
    expect(pauses[0]).toBe(60_000)
  })

  test('permissions lost midway', async () => {
    add('a')
    start()
    await untilWatching()
    cluster.setRules('u', [])
    cluster.breakWatches('end')
    await expect.poll(() => store.state.kind).toBe('forbidden')
  })
})

test.each<Fault['kind']>(['hang-request', 'unavailable'])('close ends it while the list does: %s', async (kind) => {
  cluster.fault({ on: 'list', kind } as Fault)
  start({
    wait: (_, signal) =>
      new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(signal.reason))),
  })
  await expect.poll(() => lists()).toHaveLength(1)
  await store.close()
  expect(cluster.openWatches()).toBe(0)
})

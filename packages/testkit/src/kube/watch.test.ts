import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { buildPod } from './build-pod.ts'
import { type Cluster, startCluster } from './cluster.ts'
import { bodyOf, call, openWatch, type WatchEvent } from './test-client.ts'

let cluster: Cluster
beforeEach(async () => {
  cluster = await startCluster()
  cluster.upsertPod(buildPod({ name: 'a', labels: { app: 'x' } }))
})
afterEach(() => cluster.close())

const PODS = '/api/v1/pods?watch=true'

async function version(): Promise<string> {
  const list = await bodyOf<{ metadata: { resourceVersion: string } }>(await call(cluster, '/api/v1/pods'))
  return list.metadata.resourceVersion
}

const brief = (event: WatchEvent | 'end' | 'cut') =>
  typeof event === 'string' ? event : `${event.type} ${event.object.metadata.name ?? event.object.code ?? ''}`

test('without a version it begins with what exists', async () => {
  const watch = await openWatch(cluster, PODS)
  expect(brief(await watch.next())).toBe('ADDED a')
  cluster.setPodStatus('default', 'a', { phase: 'Failed' })
  expect(brief(await watch.next())).toBe('MODIFIED a')
  cluster.deletePod('default', 'a')
  expect(brief(await watch.next())).toBe('DELETED a')
})

test('with a version it goes on from there', async () => {
  const from = await version()
  cluster.upsertPod(buildPod({ name: 'b' }))
  cluster.deletePod('default', 'a')
  const watch = await openWatch(cluster, `${PODS}&resourceVersion=${from}`)
  const added = (await watch.next()) as WatchEvent
  expect(brief(added)).toBe('ADDED b')
  expect(Number(added.object.metadata.resourceVersion)).toBe(Number(from) + 1)
  expect(brief(await watch.next())).toBe('DELETED a')
})

test('a version before the compaction gets an ERROR event with 410', async () => {
  const from = await version()
  cluster.upsertPod(buildPod({ name: 'b' }))
  cluster.compact()
  const watch = await openWatch(cluster, `${PODS}&resourceVersion=${from}`)
  expect(watch.code).toBe(200)
  expect(await watch.next()).toMatchObject({ type: 'ERROR', object: { kind: 'Status', code: 410, reason: 'Expired' } })
  expect(await watch.next()).toBe('end')
})

test('an object that ceases to match goes, one that begins to match comes', async () => {
  const watch = await openWatch(cluster, `${PODS}&labelSelector=app%3Dx`)
  expect(brief(await watch.next())).toBe('ADDED a')
  cluster.upsertPod(buildPod({ name: 'a', labels: { app: 'y' } }))
  expect(brief(await watch.next())).toBe('DELETED a')
  cluster.upsertPod(buildPod({ name: 'a', labels: { app: 'x' } }))
  expect(brief(await watch.next())).toBe('ADDED a')
})

test('it sees its own namespace and resource only', async () => {
  cluster.upsertNamespace('other')
  const watch = await openWatch(cluster, `/api/v1/namespaces/other/pods?watch=1`)
  cluster.upsertPod(buildPod({ name: 'b' }))
  cluster.upsertPod(buildPod({ namespace: 'other', name: 'c' }))
  expect(brief(await watch.next())).toBe('ADDED c')
})

test('bookmarks come to those who allow them, and before the time limit', async () => {
  const from = await version()
  const quiet = await openWatch(cluster, `${PODS}&resourceVersion=${from}&timeoutSeconds=0`)
  expect(await quiet.next()).toBe('end')
  const watch = await openWatch(cluster, `${PODS}&resourceVersion=${from}&allowWatchBookmarks=true&timeoutSeconds=1`)
  cluster.bookmark()
  expect(await watch.next()).toMatchObject({
    type: 'BOOKMARK',
    object: { kind: 'Pod', metadata: { resourceVersion: from } },
  })
  expect(await watch.next()).toMatchObject({ type: 'BOOKMARK' })
  expect(await watch.next()).toBe('end')
})

test('sendInitialEvents ends the initial state with a marked bookmark', async () => {
  const query = 'sendInitialEvents=true&resourceVersionMatch=NotOlderThan&allowWatchBookmarks=true'
  const watch = await openWatch(cluster, `${PODS}&${query}`)
  expect(brief(await watch.next())).toBe('ADDED a')
  expect(await watch.next()).toMatchObject({
    type: 'BOOKMARK',
    object: { metadata: { annotations: { 'k8s.io/initial-events-end': 'true' } } },
  })
})

describe('faults', () => {
  test.each([
    ['error-410', ['ERROR 410', 'end']],
    ['error-500', ['ERROR 500', 'end']],
    ['drop', ['cut']],
    ['end', ['end']],
    ['cut-line', ['cut']],
  ] as const)('%s, at once, after an event, and on an open watch', async (kind, expected) => {
    const from = await version()
    const path = `${PODS}&resourceVersion=${from}`
    cluster.fault({ on: 'watch', kind, times: 1 })
    const struck = await openWatch(cluster, path)
    for (const event of expected) expect(brief(await struck.next())).toBe(event)

    cluster.fault({ on: 'watch', kind, times: 1, after: 1 })
    const later = await openWatch(cluster, path)
    cluster.upsertPod(buildPod({ name: 'b' }))
    const read = [await later.next(), await later.next()].map(brief)
    // The event and the cut that follows it may overtake each other in the client.
    expect(read[0] === 'ADDED b' ? read[1] : read[0]).toBe(expected[0])

    const open = await openWatch(cluster, path)
    expect(brief(await open.next())).toBe('ADDED b')
    expect(cluster.breakWatches(kind, 'pods')).toBe(1)
    for (const event of expected) expect(brief(await open.next())).toBe(event)
  })

  test('silent: the connection stays, nothing comes', async () => {
    const watch = await openWatch(cluster, `${PODS}&resourceVersion=${await version()}`)
    cluster.breakWatches('silent')
    cluster.upsertPod(buildPod({ name: 'b' }))
    const other = await openWatch(cluster, PODS)
    expect([brief(await other.next()), brief(await other.next())]).toEqual(['ADDED a', 'ADDED b'])
    const next = watch.next()
    expect(cluster.openWatches()).toBe(2)
    watch.close()
    expect(await next).toBe('cut')
  })

  test.each([
    ['gone', 410],
    ['too-many', 429],
    ['internal', 500],
    ['forbidden', 403],
  ] as const)('%s instead of the watch', async (kind, code) => {
    cluster.fault({ on: 'watch', kind, times: 1, retryAfterSeconds: 7 })
    const response = await call(cluster, PODS)
    expect(response.status).toBe(code)
    expect(response.headers.get('retry-after')).toBe(kind === 'too-many' ? '7' : null)
    expect((await openWatch(cluster, PODS)).code).toBe(200)
  })
})

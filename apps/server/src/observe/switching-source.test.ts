import { told } from '@pausescope/shared'
import { buildNode, buildPod, type Cluster, startCluster } from '@pausescope/testkit'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { KubeApi } from '../kube/kube-api.ts'
import { KubeError } from '../kube/kube-error.ts'
import { LiveSource } from './live-source.ts'
import { SourceError } from './source-error.ts'
import { SwitchingSource } from './switching-source.ts'

const signal = new AbortController().signal
const asked = { refresh: false, signal }
const clusters = new Map<string, Cluster>()
const opened: LiveSource[] = []
let source: SwitchingSource

/** Two clusters in which a node and a pod have the same names. */
beforeEach(async () => {
  for (const context of ['lab', 'prod']) {
    const users = [{ name: 'u', token: context, rules: [{ verbs: ['*'], resources: ['*'] }] }]
    const cluster = await startCluster({ users, startMs: 5, stopMs: 5 })
    cluster.upsertNode(buildNode('n1'))
    cluster.upsertPod(buildPod({ name: 'web', node: 'n1' }))
    cluster.upsertPod(buildPod({ name: `only-${context}`, node: 'n1' }))
    clusters.set(context, cluster)
  }
  source = new SwitchingSource({ first: await open('lab'), names: async () => ['gone', 'lab', 'prod'], open })
})
afterEach(async () => {
  await source.close()
  for (const cluster of clusters.values()) await cluster.close()
  opened.length = 0
})

const clusterOf = (context: string) => clusters.get(context) as Cluster

async function open(context: string): Promise<LiveSource> {
  const cluster = clusters.get(context)
  if (!cluster)
    throw new KubeError('unreachable', told('cannot', { what: told('do.reach', { context }), why: 'it is away.' }))
  const headers = { Authorization: `Bearer ${context}` }
  const api = new KubeApi({ access: async () => ({ server: cluster.url, headers, tls: {}, agent: undefined }) })
  const live = new LiveSource({
    cluster: { api, context, server: cluster.url, namespace: 'default', version: 'v1.36.2' },
    run: `run${opened.push({} as LiveSource)}`,
    version: '0.0.0',
    now: Date.now,
    clock: () => performance.now(),
    random: () => 0,
  })
  opened[opened.length - 1] = live
  await live.listed
  return live
}

const podNames = () => source.pods().map(({ name }) => name)
const helpers = (context: string) =>
  clusterOf(context)
    .pods()
    .filter(({ metadata }) => metadata.namespace === 'pausescope')

test('shows the other cluster; watches, helpers and consent of the first one are gone', async () => {
  await source.agreeToHelper('n1', signal)
  expect(helpers('lab')).toHaveLength(1)
  await source.switchTo('prod', signal)
  expect([source.describe().context, podNames()]).toEqual(['prod', ['only-prod', 'web']])
  await expect.poll(() => [helpers('lab').length, clusterOf('lab').openWatches()]).toEqual([0, 0])
  const { observation, problem } = await source.observation('default', 'web', asked)
  expect([observation.cluster.name, problem?.code]).toEqual(['prod', 'helper-needed'])
  expect(helpers('prod')).toHaveLength(0)
  await source.switchTo('lab', signal)
  expect((await source.observation('default', 'web', asked)).problem?.code).toBe('helper-needed')
})

test('the one that is shown stays when the other does not answer or is not there', async () => {
  await expect(source.switchTo('gone', signal)).rejects.toMatchObject({ code: 'unavailable', status: 503 })
  await expect(source.switchTo('__proto__', signal)).rejects.toMatchObject({ code: 'context-not-found', status: 404 })
  await expect(source.switchTo('prod', AbortSignal.abort(new Error('left')))).rejects.toThrow('left')
  expect(source.describe().context).toBe('lab')
  expect(podNames()).toEqual(['only-lab', 'web'])
})

test('what was asked of the first is never answered once the other is shown', async () => {
  clusterOf('lab').fault({ on: 'create', kind: 'slow-headers', resource: 'pods', delayMs: 1000 })
  const agreeing = source.agreeToHelper('n1', signal)
  const answer = expect(agreeing).rejects.toBeInstanceOf(SourceError)
  await expect
    .poll(() =>
      clusterOf('lab')
        .requests()
        .some(({ verb }) => verb === 'create'),
    )
    .toBe(true)
  await source.switchTo('prod', signal)
  await answer
})

test('of two who choose at once, the second has the last word; nothing of the first choice is left', async () => {
  await Promise.all([source.switchTo('prod', signal), source.switchTo('lab', signal)])
  expect(source.describe().context).toBe('lab')
  await expect.poll(() => clusterOf('prod').openWatches()).toBe(0)
  expect(opened).toHaveLength(3)
  await source.switchTo('lab', signal)
  expect(opened).toHaveLength(3)
})

test('a cluster that answers after the end is closed again', async () => {
  const switching = source.switchTo('prod', signal)
  const failed = expect(switching).rejects.toMatchObject({ code: 'unavailable' })
  await source.close()
  await failed
  await expect.poll(() => clusterOf('prod').openWatches()).toBe(0)
})

import { buildNode, buildPod, type Cluster, type Rule, startCluster } from '@pausescope/testkit'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { KubeApi } from './kube-api.ts'
import { PodStore } from './pod-store.ts'

const READ = ['get', 'list', 'watch']
const EVERYWHERE: Rule = { verbs: READ, resources: ['pods', 'nodes', 'namespaces'] }

let cluster: Cluster
let store: PodStore

beforeEach(async () => {
  cluster = await startCluster({ users: [{ name: 'u', token: 't', rules: [EVERYWHERE] }] })
  for (const namespace of ['team-a', 'team-b']) {
    cluster.upsertNamespace(namespace)
    cluster.upsertPod(buildPod({ namespace, name: 'web', node: 'n1' }))
  }
  cluster.upsertPod(buildPod({ name: 'b', node: 'n1' }))
  cluster.upsertPod(buildPod({ name: 'a', node: 'n2' }))
  cluster.upsertNode(buildNode('n1'))
})
afterEach(async () => {
  await store.close()
  await cluster.close()
})

async function start(namespace = 'default'): Promise<void> {
  const access = async () => ({
    server: cluster.url,
    headers: { Authorization: 'Bearer t' },
    tls: {},
    agent: undefined,
  })
  store = new PodStore({
    cluster: { api: new KubeApi({ access }), namespace },
    random: () => 0,
    wait: () => new Promise((resolve) => setTimeout(resolve, 20)),
  })
  await store.start()
}

const names = () => store.pods().map((pod) => `${pod.namespace}/${pod.name}`)

describe('the whole cluster may be read', () => {
  test('all pods, sorted, the same array until something changes', async () => {
    await start()
    expect(names()).toEqual(['default/a', 'default/b', 'team-a/web', 'team-b/web'])
    expect(store.state()).toEqual({ kind: 'live', cause: null })
    const before = store.pods()
    expect(store.pods()).toBe(before)
    cluster.deletePod('default', 'a')
    await expect.poll(() => names()).toEqual(['default/b', 'team-a/web', 'team-b/web'])
    expect(store.pod('default', 'a')).toBeUndefined()
    expect(store.pod('team-a', 'web')?.nodeName).toBe('n1')
  })

  test('nodes are known with their facts; one that has only pods exists too', async () => {
    await start()
    expect(store.node('n1')).toMatchObject({ runtime: 'containerd', ready: true })
    expect([store.hasNode('n1'), store.hasNode('n2'), store.hasNode('n3')]).toEqual([true, true, false])
  })
})

describe('only some namespaces may be read', () => {
  const rules = (...namespaces: string[]): Rule[] => [
    { verbs: READ, resources: ['namespaces'] },
    { verbs: READ, resources: ['pods'], namespaces },
  ]

  test('each is watched by itself, the others are named', async () => {
    cluster.setRules('u', rules('team-a', 'team-b'))
    await start()
    expect(names()).toEqual(['team-a/web', 'team-b/web'])
    expect(store.forbiddenNamespaces()).toEqual(['default', 'kube-system'])
    expect(store.state().kind).toBe('live')
    cluster.upsertPod(buildPod({ namespace: 'team-b', name: 'new', node: 'n1' }))
    await expect.poll(() => names()).toContain('team-b/new')
    expect(store.pod('team-b', 'new')?.name).toBe('new')
    expect(store.pod('default', 'a')).toBeUndefined()
  })

  test('namespaces that come and go are followed', async () => {
    cluster.setRules('u', rules('team-a', 'team-c'))
    await start()
    cluster.upsertNamespace('team-c')
    cluster.upsertPod(buildPod({ namespace: 'team-c', name: 'x', node: 'n1' }))
    await expect.poll(() => names()).toEqual(['team-a/web', 'team-c/x'])
  })

  test('a namespace allowed later is shown, and in the end the whole cluster', async () => {
    cluster.setRules('u', rules('team-a'))
    await start()
    cluster.setRules('u', rules('team-a', 'default'))
    await expect.poll(() => names()).toEqual(['default/a', 'default/b', 'team-a/web'])
    cluster.setRules('u', [EVERYWHERE])
    await expect.poll(() => names()).toHaveLength(4)
    await expect.poll(() => store.forbiddenNamespaces()).toEqual([])
  })

  test('none: forbidden, with the words of the API server', async () => {
    cluster.setRules('u', rules())
    await start()
    expect(names()).toEqual([])
    expect(store.state()).toMatchObject({
      kind: 'forbidden',
      cause: { message: expect.stringContaining('cannot list') },
    })
  })

  test("namespaces may not be listed: the context's and default are tried", async () => {
    cluster.setRules('u', [{ verbs: READ, resources: ['pods'], namespaces: ['team-a'] }])
    await start('team-a')
    expect(names()).toEqual(['team-a/web'])
    expect(store.forbiddenNamespaces()).toEqual(['default'])
    expect(store.node('n1')).toBeUndefined()
    expect(store.hasNode('n1')).toBe(true)
  })
})

test('close ends every watch', async () => {
  await start()
  await expect.poll(() => cluster.openWatches()).toBe(2)
  await store.close()
  await expect.poll(() => cluster.openWatches()).toBe(0)
})

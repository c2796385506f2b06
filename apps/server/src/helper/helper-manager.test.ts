import { buildNode, buildPod, type Cluster, type Fault, startCluster } from '@pausescope/testkit'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { KubeApi } from '../kube/kube-api.ts'
import { HelperManager, type HelperManagerOptions } from './helper-manager.ts'
import { HELPER_LABELS, helperManifest } from './helper-manifest.ts'
import { inEnglish } from './test/in-english.ts'

const settings = { namespace: 'pausescope', image: 'busybox', run: 'run1' }
const signal = new AbortController().signal
const ALL = [{ verbs: ['*'], resources: ['*'] }]

let cluster: Cluster
let managers: HelperManager[]
let time: number

beforeEach(async () => {
  cluster = await startCluster({ users: [{ name: 'u', token: 't', rules: ALL }], startMs: 5, stopMs: 5 })
  cluster.upsertNode(buildNode('n1'))
  cluster.upsertNode(buildNode('n2'))
  managers = []
  time = 0
})
afterEach(async () => {
  await Promise.all(managers.map((manager) => manager.close()))
  await cluster.close()
})

function manager(more: Partial<HelperManagerOptions> = {}): HelperManager {
  const access = async () => ({
    server: cluster.url,
    headers: { Authorization: 'Bearer t' },
    tls: {},
    agent: undefined,
  })
  const made = new HelperManager({
    api: new KubeApi({ access }),
    settings,
    allowed: false,
    random: () => 0,
    now: () => time,
    readyMs: 10_000,
    ...more,
  })
  managers.push(made)
  return made
}

const podName = (node: string, run = 'run1') => helperManifest(node, { ...settings, run }).metadata.name
const helper = (node: string, run?: string) => cluster.getPod('pausescope', podName(node, run))
const made = () => cluster.requests().filter((request) => request.verb === 'create' && request.resource === 'pods')
const namespaceDeleted = () =>
  cluster.requests().some((request) => request.verb === 'delete' && request.resource === 'namespaces')

describe('agreement', () => {
  test('nothing is made before the user agreed; then one pod, which is ready', async () => {
    const helpers = manager()
    expect(await helpers.state('n1', signal)).toEqual({ state: 'none' })
    expect(made()).toHaveLength(0)
    const target = { namespace: 'pausescope', pod: podName('n1'), container: 'helper' }
    expect(await helpers.agree('n1', signal)).toEqual({ state: 'ready', target })
    expect(await helpers.state('n1', signal)).toEqual({ state: 'ready', target })
    expect(helper('n1')?.spec.nodeName).toBe('n1')
    expect(await helpers.state('n2', signal)).toEqual({ state: 'none' })
  })

  test('the pod that was created is the manifest that was shown', async () => {
    await manager().agree('n1', signal)
    expect(helper('n1')?.spec).toMatchObject(helperManifest('n1', settings).spec)
  })

  test('many who agree at once make one helper', async () => {
    const helpers = manager()
    const states = await Promise.all([1, 2, 3, 4].map(() => helpers.agree('n1', signal)))
    expect(states.map((state) => state.state)).toEqual(['ready', 'ready', 'ready', 'ready'])
    expect(made()).toHaveLength(1)
  })

  test('--allow-helper makes it without asking, and tells that it is being made', async () => {
    const helpers = manager({ allowed: true })
    expect(await helpers.state('n1', signal)).toMatchObject({ state: 'creating' })
    await expect.poll(() => helpers.state('n1', signal)).toMatchObject({ state: 'ready' })
  })

  test('who agreed and leaves does not stop it', async () => {
    cluster.fault({ on: 'create', kind: 'slow-headers', resource: 'pods', delayMs: 2000 })
    const helpers = manager()
    const abort = new AbortController()
    const agreeing = helpers.agree('n1', abort.signal)
    await expect.poll(() => made()).toHaveLength(1)
    abort.abort(new Error('left'))
    await expect(agreeing).rejects.toThrow('left')
    await expect.poll(() => helpers.state('n1', signal)).toMatchObject({ state: 'ready' })
  })
})

describe('failures have a cause and a next step', () => {
  const cases: [Fault, object][] = [
    [
      { on: 'start', kind: 'image-error' },
      { code: 'failed', detail: /ErrImagePull|ImagePullBackOff/, next: /--helper-image/ },
    ],
    [
      { on: 'start', kind: 'apparmor' },
      { code: 'failed', detail: /AppArmor/, next: /AppArmor/ },
    ],
    [
      { on: 'start', kind: 'unschedulable' },
      { code: 'failed', detail: /no place/, next: /node/ },
    ],
    [
      { on: 'start', kind: 'crash' },
      { code: 'failed', detail: /CrashLoopBackOff/, next: /--helper-image/ },
    ],
    [
      { on: 'create', kind: 'pod-security', resource: 'pods' },
      { code: 'forbidden', detail: /violates PodSecurity/, next: /administrator/ },
    ],
    [
      { on: 'create', kind: 'forbidden', resource: 'pods' },
      { code: 'forbidden', detail: /cannot create resource "pods"/, next: /permission/ },
    ],
    [
      { on: 'create', kind: 'forbidden', resource: 'namespaces' },
      { code: 'forbidden', detail: /cannot create resource "namespaces"/, next: /permission/ },
    ],
    [
      { on: 'create', kind: 'internal', resource: 'pods' },
      { code: 'failed', detail: /etcdserver/, next: /Try again/ },
    ],
  ]
  test.each(cases)('%o', async (fault, expected) => {
    cluster.fault(fault)
    const helpers = manager()
    const state = inEnglish(await helpers.agree('n1', signal)) as { detail: string; next: string }
    const { code, detail, next } = expected as { code: string; detail: RegExp; next: RegExp }
    expect(state).toMatchObject({ state: 'failed', code })
    expect(state.detail).toMatch(detail)
    expect(state.next).toMatch(next)
    await expect.poll(() => helper('n1')).toBeUndefined()

    cluster.clearFaults()
    expect(await helpers.state('n1', signal)).toMatchObject({ state: 'failed' })
    expect(await helpers.agree('n1', signal)).toMatchObject({ state: 'ready' })
  })

  test('a helper that never gets ready is given up and removed', async () => {
    cluster.fault({ on: 'start', kind: 'never' })
    const state = inEnglish(await manager({ readyMs: 2000 }).agree('n1', signal))
    expect(state).toMatchObject({ state: 'failed', detail: expect.stringMatching(/not ready within 2 s/) })
    await expect.poll(() => helper('n1')).toBeUndefined()
  })

  test('a pod that cannot be created in time', async () => {
    cluster.fault({ on: 'create', kind: 'hang-request', resource: 'pods' })
    const state = inEnglish(await manager({ readyMs: 200 }).agree('n1', signal))
    expect(state).toMatchObject({ state: 'failed', detail: 'The pod could not be created in time.' })
  })

  test('an API server that is away', async () => {
    const helpers = manager()
    await cluster.stopListening()
    await expect(helpers.state('n1', signal)).rejects.toMatchObject({ code: 'unreachable' })
  })

  test('who may not create namespaces can use one that is there', async () => {
    cluster.upsertNamespace('pausescope')
    cluster.fault({ on: 'create', kind: 'forbidden', resource: 'namespaces' })
    expect(await manager().agree('n1', signal)).toMatchObject({ state: 'ready' })
  })
})

describe('loss', () => {
  test('a helper that was lost is made anew without asking again', async () => {
    const helpers = manager()
    const first = await helpers.agree('n1', signal)
    if (first.state !== 'ready') throw new Error('not ready')
    cluster.deletePod('pausescope', first.target.pod)
    helpers.lost('n1', first.target)
    expect(await helpers.state('n1', signal)).toMatchObject({ state: 'creating' })
    await expect.poll(() => helpers.state('n1', signal)).toMatchObject({ state: 'ready' })
    expect(made()).toHaveLength(2)
  })

  test('a node that loses each helper is given the next one after a pause, until the user asks again', async () => {
    const helpers = manager({ random: () => 1 })
    let state = await helpers.agree('n1', signal)
    for (const count of [1, 2]) {
      if (state.state !== 'ready') throw new Error('not ready')
      cluster.deletePod('pausescope', state.target.pod)
      helpers.lost('n1', state.target)
      expect(inEnglish(await helpers.state('n1', signal))).toEqual({
        state: 'creating',
        detail: expect.stringMatching(/pause.*lost/),
      })
      expect(made()).toHaveLength(count)
      await expect.poll(() => helpers.state('n1', signal)).toMatchObject({ state: 'ready' })
      state = await helpers.state('n1', signal)
    }
    expect(made()).toHaveLength(3)
  })

  test('one that has ended is cleared away first, as its name is the same', async () => {
    const helpers = manager()
    const first = await helpers.agree('n1', signal)
    if (first.state !== 'ready') throw new Error('not ready')
    cluster.setPodStatus('pausescope', first.target.pod, { phase: 'Succeeded' })
    helpers.lost('n1', first.target)
    await helpers.state('n1', signal)
    await expect.poll(() => helpers.state('n1', signal)).toMatchObject({ state: 'ready' })
  })
})

describe('other helpers', () => {
  const daemon = (node: string) => {
    const pod = buildPod({
      namespace: 'pausescope',
      name: `installed-${node}`,
      node,
      labels: HELPER_LABELS,
      containers: [{ name: 'helper', id: 'b'.repeat(64) }],
    })
    return {
      ...pod,
      metadata: { ...pod.metadata, ownerReferences: [{ kind: 'DaemonSet', name: 'pausescope-helper' }] },
    }
  }

  test("an installed DaemonSet's pod is used without asking, and never deleted", async () => {
    cluster.upsertNamespace('pausescope')
    cluster.upsertPod(daemon('n1'))
    const helpers = manager()
    expect(await helpers.state('n1', signal)).toMatchObject({ state: 'ready', target: { pod: 'installed-n1' } })
    expect(await helpers.state('n2', signal)).toEqual({ state: 'none' })
    await helpers.close()
    expect(cluster.getPod('pausescope', 'installed-n1')).toBeDefined()
    expect(made()).toHaveLength(0)
  })

  test('one that is installed later is found', async () => {
    const helpers = manager()
    expect(await helpers.state('n1', signal)).toEqual({ state: 'none' })
    cluster.upsertPod(daemon('n1'))
    time += 5000
    expect(await helpers.state('n1', signal)).toMatchObject({ state: 'ready' })
  })

  const waiting = (reason: string) => ({
    phase: 'Pending',
    containerStatuses: [{ name: 'helper', ready: false, restartCount: 0, state: { waiting: { reason } } }],
  })

  test('one that is about to run is waited for, with --allow-helper too', async () => {
    const running = daemon('n1')
    cluster.upsertPod({ ...running, status: waiting('ContainerCreating') })
    for (const helpers of [manager(), manager({ allowed: true })]) {
      expect(inEnglish(await helpers.state('n1', signal))).toEqual({ state: 'creating', detail: 'ContainerCreating' })
    }
    cluster.upsertPod(running)
    expect(await (managers[0] as HelperManager).state('n1', signal)).toMatchObject({ state: 'ready' })
    expect(made()).toHaveLength(0)
  })

  test('one that does not start says why, and who agrees gets another', async () => {
    cluster.upsertPod({ ...daemon('n1'), status: waiting('ImagePullBackOff') })
    const helpers = manager()
    expect(inEnglish(await helpers.state('n1', signal))).toMatchObject({
      state: 'failed',
      detail: expect.stringContaining('ImagePullBackOff'),
    })
    expect(await helpers.agree('n1', signal)).toMatchObject({ state: 'ready', target: { pod: podName('n1') } })
  })

  test('one that was replaced by a new version of it is found again', async () => {
    cluster.upsertPod(daemon('n1'))
    const helpers = manager()
    const first = await helpers.state('n1', signal)
    if (first.state !== 'ready') throw new Error('not ready')
    cluster.deletePod('pausescope', 'installed-n1')
    const next = daemon('n1')
    cluster.upsertPod({ ...next, metadata: { ...next.metadata, name: 'installed-next' } })
    helpers.lost('n1', first.target)
    expect(await helpers.state('n1', signal)).toMatchObject({ state: 'ready', target: { pod: 'installed-next' } })
  })

  test("other users' running helpers are left alone; finished left-overs are cleared away", async () => {
    await manager({ settings: { ...settings, run: 'theirs' } }).agree('n1', signal)
    await manager({ settings: { ...settings, run: 'old' } }).agree('n1', signal)
    cluster.setPodStatus('pausescope', podName('n1', 'old'), { phase: 'Failed' })
    const helpers = manager()
    await helpers.agree('n1', signal)
    await expect.poll(() => helper('n1', 'old')).toBeUndefined()
    await helpers.close()
    expect(helper('n1', 'theirs')).toBeDefined()
    expect(namespaceDeleted()).toBe(false)
  })
})

describe('close', () => {
  test('removes its pods and the namespace it made', async () => {
    const helpers = manager()
    await Promise.all([helpers.agree('n1', signal), helpers.agree('n2', signal)])
    await helpers.close()
    await expect.poll(() => [helper('n1'), helper('n2')]).toEqual([undefined, undefined])
    expect(namespaceDeleted()).toBe(true)
  })

  test('leaves a namespace that was there before', async () => {
    cluster.upsertNamespace('pausescope')
    const helpers = manager()
    await helpers.agree('n1', signal)
    await helpers.close()
    await expect.poll(() => helper('n1')).toBeUndefined()
    expect(namespaceDeleted()).toBe(false)
  })

  test('removes a helper that is not ready yet', async () => {
    cluster.fault({ on: 'start', kind: 'never' })
    const helpers = manager({ allowed: true })
    await helpers.state('n1', signal)
    await expect.poll(() => helper('n1')).toBeDefined()
    await helpers.close()
    await expect.poll(() => helper('n1')).toBeUndefined()
  })

  test('ends in time though the API server is away', async () => {
    const helpers = manager()
    await helpers.agree('n1', signal)
    await cluster.stopListening()
    await helpers.close()
    await cluster.listenAgain()
  })
})

import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buildGraph, indexScan, observePod, parsePod } from '@pausescope/shared'
import { buildNode, buildPod, type Cluster, type Fault, loadCapture, startLabCluster } from '@pausescope/testkit'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { connect } from '../kube/cluster.ts'
import { runProbe } from '../probe/run-probe.ts'
import { withTree } from '../probe/test/with-tree.ts'
import { LiveSource, type LiveSourceOptions } from './live-source.ts'

const CAPTURE = 'node3-containerd-cgroup2'
const NODE = 'node3'
const TOKEN = 'hunter2'

let lab: Cluster
let source: LiveSource
let time: number
const signal = new AbortController().signal

beforeEach(async () => {
  time = Date.parse('2026-11-24T20:00:00Z')
  const users = [{ name: 'u', token: TOKEN, rules: [{ verbs: ['*'], resources: ['*'] }] }]
  lab = await startLabCluster({ captures: [CAPTURE], users, startMs: 5, stopMs: 5 })
})
afterEach(async () => {
  await source?.close()
  await lab.close()
})

async function start(more: Partial<LiveSourceOptions> = {}): Promise<LiveSource> {
  const kubeconfig = lab.writeKubeconfig(mkdtempSync(join(tmpdir(), 'pausescope-live-')))
  const cluster = await connect({ kubeconfig, env: {}, home: '/nowhere' })
  const options = { run: 'run1', version: '0.0.0', now: () => time, clock: () => time, random: () => 0, ...more }
  source = new LiveSource({ ...options, cluster })
  await source.listed
  return source
}

/** With a helper that is ready. */
async function startAgreed(more: Partial<LiveSourceOptions> = {}): Promise<LiveSource> {
  await start(more)
  expect(await source.agreeToHelper(NODE, signal)).toMatchObject({ state: 'ready' })
  return source
}

const observe = (name = 'myweb2', refresh = false) => {
  const pod = source.pods().find((one) => one.name === name)
  if (!pod) throw new Error(`the lab has no pod ${name}`)
  return source.observation(pod.namespace, pod.name, { refresh, signal })
}
const execs = () => lab.requests().filter((request) => request.verb === 'exec').length
const helpers = () => lab.requests().filter((request) => request.verb === 'create' && request.resource === 'pods')
const helperName = () => {
  const made = lab.requests().find((request) => request.verb === 'exec')
  if (!made?.name) throw new Error('no exec yet')
  return made.name
}

describe('from the page to the node and back', () => {
  test('what comes back is what the probe says of the node on the spot', async () => {
    await startAgreed()
    const { observation, problem } = await observe()
    expect(problem).toBeNull()
    const capture = loadCapture(CAPTURE)
    const pods = (JSON.parse(capture.podsJson) as { items: unknown[] }).items.map(parsePod)
    const pod = pods.find((one) => one.name === 'myweb2')
    if (!pod) throw new Error('the capture has no pod myweb2')
    const context = { at: observation.at, cluster: observation.cluster, node: observation.node }
    const local = observePod(indexScan(await runProbe(capture.procRoot), pods), pod, context)
    expect(observation.processes).toEqual(local.processes)
    expect(observation.processes.length).toBeGreaterThan(2)
    expect(observation.namespaces.map(({ id, nprocs }) => [id.type, id.inode, nprocs])).toEqual(
      local.namespaces.map(({ id, nprocs }) => [id.type, id.inode, nprocs]),
    )
    expect(observation.baseline).toEqual(local.baseline)
    expect(observation).toMatchObject({
      at: '2026-11-24T20:00:00.000Z',
      cluster: { name: 'testkit', version: 'v1.36.2' },
      node: { name: NODE, runtime: 'containerd', cgroupVersion: 'v2' },
      scanned: true,
    })
  })

  test('the helper’s own pod is seen too, though it has a cgroup namespace of its own', async () => {
    const pause = { pid: 20, argv: ['/pause'], cgroup: [`0::/../cri-containerd-${'b'.repeat(64)}.scope`] }
    const processes = [{ pid: 1, cgroup: ['0::/../../../../init.scope'] }, pause, { pid: 30, argv: ['sh'] }]
    await withTree({ processes }, async (root) => {
      lab.upsertNode(buildNode(NODE), root)
      await startAgreed()
      await expect.poll(() => source.pods().some(({ name }) => name.startsWith('pausescope-helper'))).toBe(true)
      const name = source.pods().find((pod) => pod.name.startsWith('pausescope-helper'))?.name
      await expect
        .poll(async () => (await observe(name, true)).observation.processes.map(({ pid }) => pid))
        .toEqual([20, 30])
      const { containers } = buildGraph((await observe(name)).observation)
      expect(containers.map(({ name, pid }) => [name, pid])).toEqual([
        ['pause', 20],
        ['helper', 30],
      ])
    })
  })

  test('says where the data come from', async () => {
    await start({ scanCacheMs: 500 })
    expect(source.describe()).toEqual({
      version: '0.0.0',
      mode: 'live',
      message: `Live from the cluster of context "testkit" at ${lab.url}.`,
      told: { key: 'source.live', values: { context: 'testkit', server: lab.url } },
      context: 'testkit',
      clusterVersion: 'v1.36.2',
      watch: 'live',
      watchDetail: null,
      toldWatchDetail: null,
      forbiddenNamespaces: [],
      helperAllowed: false,
      scanCacheMs: 500,
    })
  })

  test('pods are sorted and follow the cluster', async () => {
    await start()
    const names = () => source.pods().map((pod) => `${pod.namespace}/${pod.name}`)
    expect(names()).toEqual([...names()].sort())
    lab.upsertPod(buildPod({ namespace: 'default', name: 'aaa', node: NODE }))
    await expect.poll(() => names()[0]).toBe('default/aaa')
  })

  test('many who ask at once share one scan, and one who asks soon after gets the same', async () => {
    await startAgreed()
    const pods = source.pods().filter((pod) => pod.nodeName === NODE)
    const asked = pods.map((pod) => source.observation(pod.namespace, pod.name, { refresh: false, signal }))
    for (const { problem, observation } of await Promise.all(asked)) {
      expect(problem).toBeNull()
      expect(observation.scanned).toBe(true)
    }
    expect(execs()).toBe(1)
    time += 1999
    await observe()
    expect(execs()).toBe(1)
    time += 1
    await observe()
    expect(execs()).toBe(2)
    await observe('myweb2', true)
    expect(execs()).toBe(3)
  })

  test('a pod whose container was restarted is seen anew', async () => {
    await startAgreed()
    const pids = async () => (await observe('myweb2', true)).observation.processes.map((process) => process.pid)
    const before = await pids()
    const after = loadCapture('node3-after-restart')
    lab.upsertNode(JSON.parse(after.nodeJson), after.procRoot)
    expect(await pids()).not.toEqual(before)
  })
})

describe('helpers', () => {
  test('needed: nothing is made, the pod is shown as the API server knows it', async () => {
    await start()
    const { observation, problem } = await observe()
    expect(problem).toMatchObject({ code: 'helper-needed', next: expect.stringContaining('agree') })
    expect(observation).toMatchObject({ scanned: false, processes: [], pod: { name: 'myweb2' } })
    expect(observation.gaps.map((gap) => gap.code)).toEqual(['no-scan'])
    expect(helpers()).toHaveLength(0)
    const reply = await source.helper(NODE)
    expect(reply).toMatchObject({ node: NODE, state: 'none', detail: null })
    expect(reply.manifest).toContain('SYS_PTRACE')
    expect(helpers()).toHaveLength(0)
  })

  test('--allow-helper: being made, then there', async () => {
    await start({ allowHelper: true })
    expect((await observe()).problem).toMatchObject({ code: 'helper-creating' })
    await expect.poll(async () => (await observe()).problem).toBeNull()
  })

  test('failed: with cause and next step, in both replies', async () => {
    lab.fault({ on: 'start', kind: 'image-error' })
    await start()
    const failed = { state: 'failed', detail: expect.stringMatching(/ImagePull.*--helper-image/) }
    expect(await source.agreeToHelper(NODE, signal)).toMatchObject(failed)
    expect(await source.helper(NODE)).toMatchObject(failed)
    const { problem } = await observe()
    expect(problem).toMatchObject({ code: 'helper-failed', next: expect.stringContaining('--helper-image') })
  })

  test('refused by Pod Security: forbidden, in the words of the API server', async () => {
    lab.fault({ on: 'create', kind: 'pod-security', resource: 'pods' })
    await start()
    await source.agreeToHelper(NODE, signal)
    expect((await observe()).problem).toMatchObject({
      code: 'forbidden',
      message: expect.stringContaining('PodSecurity'),
    })
  })

  test.each([
    ['deleted', () => lab.deletePod('pausescope', helperName())],
    ['ended', () => lab.setPodStatus('pausescope', helperName(), { phase: 'Succeeded', containerStatuses: [] })],
  ])('one that was %s is made anew; meanwhile the last scan is shown', async (_, strike) => {
    await startAgreed()
    await observe()
    strike()
    const { observation, problem } = await observe('myweb2', true)
    expect(problem).toMatchObject({ code: 'helper-creating' })
    expect(observation.scanned).toBe(true)
    await expect.poll(async () => (await observe('myweb2', true)).problem).toBeNull()
  })

  test('an unknown node', async () => {
    await start()
    await expect(source.helper('other')).rejects.toMatchObject({ code: 'node-not-found', status: 404 })
    await expect(source.agreeToHelper('../x', signal)).rejects.toMatchObject({ code: 'node-not-found' })
  })

  test('close removes what was made', async () => {
    await startAgreed()
    await observe()
    const name = helperName()
    expect(lab.getPod('pausescope', name)).toBeDefined()
    await source.close()
    await expect.poll(() => lab.getPod('pausescope', name)).toBeUndefined()
    await expect.poll(() => lab.openWatches()).toBe(0)
    expect(lab.running()).toEqual([])
  })
})

describe('a scan fails', () => {
  const faults: [Fault['kind'], string, RegExp][] = [
    ['forbidden', 'forbidden', /User "u" cannot get resource "pods\/exec"/],
    ['kubelet-down', 'node-unreachable', /connection refused/],
    ['kubelet-down-status', 'node-unreachable', /connection refused/],
    ['hang', 'node-unreachable', /no end within 1 s/],
    ['no-status', 'scan-failed', /before the command's status came/],
    ['drop', 'scan-failed', /ended \(code 1006\)/],
    ['cut', 'scan-failed', /the tail of the output is lost/],
    ['garbage', 'scan-failed', /channel 7/],
    ['bad-status', 'scan-failed', /status of the exec is not readable/],
    ['killed', 'scan-failed', /killed on the node/],
    ['huge', 'scan-failed', /not a scan|larger than/],
  ]

  test.each(faults)('%s: nothing of it is shown as data', async (kind, code, message) => {
    await startAgreed({ scanDeadlineMs: kind === 'hang' ? 1000 : 30_000 })
    lab.fault({ on: 'exec', kind, bytes: kind === 'huge' ? 1_000_000 : 512 } as Fault)
    const { observation, problem } = await observe()
    expect(problem).toMatchObject({ code, message: expect.stringMatching(message) })
    expect(problem?.next).toBeTruthy()
    expect(observation).toMatchObject({ scanned: false, processes: [], namespaces: [] })
    expect(JSON.stringify(problem)).not.toContain(TOKEN)
  })

  test.each(['slow', 'close-frame', 'v4-only'] as const)('%s is no failure', async (kind) => {
    await startAgreed()
    lab.fault({ on: 'exec', kind, bytes: 4096, delayMs: 1 } as Fault)
    expect(await observe()).toMatchObject({ problem: null, observation: { scanned: true } })
  })

  test('the last good scan is shown as stale, of its time and with the reason', async () => {
    await startAgreed()
    const good = await observe()
    time += 60_000
    lab.fault({ on: 'exec', kind: 'cut' })
    const { observation, problem } = await observe()
    expect(observation).toEqual(good.observation)
    expect(observation.at).toBe('2026-11-24T20:00:00.000Z')
    expect(problem).toMatchObject({
      code: 'stale',
      message: expect.stringMatching(/^A new scan failed\. .*tail/),
    })
    lab.clearFaults()
    expect(await observe()).toMatchObject({ problem: null, observation: { at: '2026-11-24T20:01:00.000Z' } })
  })

  test('a pod that is not in the last good scan gets none of it', async () => {
    await startAgreed()
    await observe()
    lab.upsertPod(buildPod({ namespace: 'default', name: 'young', node: NODE }))
    await expect.poll(() => source.pods().some((pod) => pod.name === 'young')).toBe(true)
    lab.fault({ on: 'exec', kind: 'no-status' })
    expect(await observe('young', true)).toMatchObject({
      problem: { code: 'scan-failed' },
      observation: { scanned: false },
    })
  })

  test('all who wait are told; the next one tries again', async () => {
    await startAgreed()
    lab.fault({ on: 'exec', kind: 'no-status', times: 1 })
    const replies = await Promise.all([observe(), observe(), observe()])
    expect(replies.map((reply) => reply.problem?.code)).toEqual(['scan-failed', 'scan-failed', 'scan-failed'])
    expect((await observe()).problem).toBeNull()
  })

  test('the API server goes away', async () => {
    await startAgreed()
    await observe()
    await lab.stopListening()
    const { problem } = await observe('myweb2', true)
    expect(problem).toMatchObject({
      code: 'stale',
      message: expect.stringMatching(/ECONNREFUSED/),
      next: expect.stringMatching(/VPN.*server address of the context/),
    })
    await expect.poll(() => source.describe()).toMatchObject({ watch: 'reconnecting' })
    expect(source.describe().watchDetail).toMatch(/is unreachable.* Check network/)
    await lab.listenAgain()
    await expect.poll(() => source.describe()).toMatchObject({ watch: 'live', watchDetail: null })
  })

  test('one who leaves gets no answer, and nobody waits any more', async () => {
    await startAgreed()
    lab.fault({ on: 'exec', kind: 'hang' })
    const abort = new AbortController()
    const pod = source.pods().find((one) => one.name === 'myweb2')
    const asked = source.observation(pod?.namespace ?? '', 'myweb2', { refresh: false, signal: abort.signal })
    await expect.poll(() => execs()).toBe(1)
    abort.abort(new Error('the page was closed'))
    await expect(asked).rejects.toThrow('the page was closed')
    lab.clearFaults()
    expect((await observe()).problem).toBeNull()
  })
})

describe('pods that cannot be scanned', () => {
  test('no node yet', async () => {
    lab.upsertPod({ ...buildPod({ name: 'pending', phase: 'Pending', containers: [{ name: 'main' }] }) })
    await startAgreed()
    expect(await observe('pending')).toMatchObject({
      problem: { code: 'not-scheduled' },
      observation: { scanned: false },
    })
  })

  test('a Windows node', async () => {
    const node = buildNode('win1')
    const status = node.status as { nodeInfo: object }
    lab.upsertNode({ ...node, status: { ...status, nodeInfo: { ...status.nodeInfo, operatingSystem: 'windows' } } })
    lab.upsertPod(buildPod({ name: 'iis', node: 'win1' }))
    await start()
    expect(await observe('iis')).toMatchObject({ problem: { code: 'windows' }, observation: { scanned: false } })
    expect(helpers()).toHaveLength(0)
  })

  test('a pod deleted while its node is scanned', async () => {
    await startAgreed()
    // Slow enough that the watch tells of the deletion first.
    lab.fault({ on: 'exec', kind: 'slow', bytes: 2048, delayMs: 100 })
    const asked = observe()
    await expect.poll(() => execs()).toBe(1)
    const pod = source.pods().find((one) => one.name === 'myweb2')
    lab.deletePod(pod?.namespace ?? '', 'myweb2')
    await expect.poll(() => source.pods().some((one) => one.name === 'myweb2')).toBe(false)
    expect((await asked).problem).toMatchObject({ code: 'pod-gone' })
    await expect(source.observation(pod?.namespace ?? '', 'myweb2', { refresh: false, signal })).rejects.toMatchObject({
      code: 'pod-not-found',
      status: 404,
    })
  })

  test('namespaces that may not be listed are named, and their pods are refused with the reason', async () => {
    lab.setRules('u', [
      { verbs: ['get', 'list', 'watch'], resources: ['namespaces', 'nodes'] },
      { verbs: ['get', 'list', 'watch'], resources: ['pods'], namespaces: ['default'] },
    ])
    await start()
    expect(source.describe().watch).toBe('live')
    expect(source.describe().forbiddenNamespaces).toContain('kube-system')
    await expect(source.observation('kube-system', 'x', { refresh: false, signal })).rejects.toMatchObject({
      code: 'forbidden',
      status: 403,
      message: 'Pods in the namespace kube-system may not be listed.',
    })
  })
})

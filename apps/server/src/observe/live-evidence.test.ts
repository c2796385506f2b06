import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buildPod, type Cluster, loadCapture, startLabCluster } from '@pausescope/testkit'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { connect } from '../kube/cluster.ts'
import { runEvidence } from '../probe/evidence/run-evidence.ts'
import { LiveSource } from './live-source.ts'

const CAPTURE = 'node3-containerd-cgroup2'
const NODE = 'node3'

let lab: Cluster
let source: LiveSource
let time: number
let namespace: string
const signal = new AbortController().signal
const execs = () => lab.requests().filter((request) => request.verb === 'exec').length
const ask = (refresh = false) => source.evidence(namespace, 'myweb2', { refresh, signal })

beforeEach(async () => {
  time = Date.parse('2026-11-24T20:00:00Z')
  const users = [{ name: 'u', token: 'hunter2', rules: [{ verbs: ['*'], resources: ['*'] }] }]
  lab = await startLabCluster({ captures: [CAPTURE], users, startMs: 5, stopMs: 5 })
  const kubeconfig = lab.writeKubeconfig(mkdtempSync(join(tmpdir(), 'pausescope-evidence-')))
  const cluster = await connect({ kubeconfig, env: {}, home: '/nowhere' })
  source = new LiveSource({
    cluster,
    run: 'run1',
    version: '0.0.0',
    now: () => time,
    clock: () => time,
    random: () => 0,
  })
  await source.listed
  namespace = source.pods().find(({ name }) => name === 'myweb2')?.namespace ?? ''
})
afterEach(async () => {
  await source.close()
  await lab.close()
})

test('without a helper there is no evidence, and the reason is that of the observation', async () => {
  expect(await ask()).toMatchObject({ evidence: null, problem: { code: 'helper-needed' } })
  expect(execs()).toBe(0)
})

test('through the helper comes what the script says on the spot', async () => {
  await source.agreeToHelper(NODE, signal)
  const { evidence, problem } = await ask()
  expect(problem).toBeNull()
  const { observation } = await source.observation(namespace, 'myweb2', { refresh: false, signal })
  const there = await runEvidence(loadCapture(CAPTURE).procRoot, [observation], '2026-11-24T20:00:00.000Z')
  expect([evidence]).toEqual(there)
  expect(evidence?.networks[0]?.sockets.filter(({ local }) => local.port === 80)).not.toEqual([])
})

test('many who ask share one reading, and a new one is made when asked for', async () => {
  await source.agreeToHelper(NODE, signal)
  const all = await Promise.all([ask(), ask(), ask()])
  // One scan of the node, one reading of the pod.
  expect(execs()).toBe(2)
  for (const { evidence } of all) expect(evidence).toBe(all[0]?.evidence)
  await ask()
  expect(execs()).toBe(2)
  const { evidence } = await ask(true)
  expect(execs()).toBe(4)
  expect(evidence).not.toBe(all[0]?.evidence)
})

test('a reading that fails is a problem, and the observation stays', async () => {
  await source.agreeToHelper(NODE, signal)
  await source.observation(namespace, 'myweb2', { refresh: false, signal })
  lab.fault({ on: 'exec', kind: 'cut', bytes: 40, times: 1 })
  expect(await ask()).toMatchObject({ evidence: null, problem: { code: 'scan-failed' } })
  expect((await ask()).problem).toBeNull()
})

test('a pod that is on no node has no evidence', async () => {
  lab.upsertPod(buildPod({ namespace: 'default', name: 'waits', phase: 'Pending', containers: [{ name: 'main' }] }))
  await expect.poll(() => source.pods().some(({ name }) => name === 'waits')).toBe(true)
  const reply = await source.evidence('default', 'waits', { refresh: false, signal })
  expect(reply).toMatchObject({ evidence: null, problem: { code: 'not-scheduled' } })
})

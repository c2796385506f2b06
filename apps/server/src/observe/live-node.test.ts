import { buildNodeGraph, indexScan, nodeObservationReplySchema, observeWholeNode, parsePod } from '@pausescope/shared'
import { buildNode, buildPod, type Cluster, loadCapture } from '@pausescope/testkit'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { runProbe } from '../probe/run-probe.ts'
import type { LiveSource } from './live-source.ts'
import { CAPTURE, type LiveLab, NODE, startLiveLab } from './test/live-lab.ts'

let live: LiveLab
let lab: Cluster
let source: LiveSource
let time: number
const signal = new AbortController().signal
const look = (name = NODE, refresh = false) => source.node(name, { refresh, signal })
const execs = () => live.execs()

beforeEach(async () => {
  time = Date.parse('2026-11-24T20:00:00Z')
  live = await startLiveLab({ allowHelper: false, now: () => time, clock: () => time })
  ;({ lab, source } = live)
})
afterEach(() => live.close())

test('nodes are listed with their runtime and how many pods they have', () => {
  const pods = source.pods().filter(({ nodeName }) => nodeName === NODE).length
  expect(pods).toBeGreaterThan(5)
  expect(source.nodes()).toContainEqual({ name: NODE, ready: true, runtime: 'containerd 2.1.9+unknown', pods })
})

test('a whole node is what the probe says of it on the spot; its pods and it are served by one scan', async () => {
  await source.agreeToHelper(NODE, signal)
  const { observation, problem } = nodeObservationReplySchema.parse(await look())
  expect(problem).toBeNull()
  const capture = loadCapture(CAPTURE)
  const pods = (JSON.parse(capture.podsJson) as { items: unknown[] }).items.map(parsePod)
  const { at, cluster, node } = observation
  const local = observeWholeNode(indexScan(await runProbe(capture.procRoot), pods), { at, cluster, node })
  expect(observation.namespaces.map(({ type, inode, nprocs }) => [type, inode, nprocs])).toEqual(
    local.namespaces.map(({ type, inode, nprocs }) => [type, inode, nprocs]),
  )
  expect(buildNodeGraph(observation).groups.length).toBeGreaterThan(5)
  const pod = source.pods().find(({ name }) => name === 'myweb2')
  await source.observation(pod?.namespace ?? '', 'myweb2', { refresh: false, signal })
  expect(execs()).toBe(1)
  const once = await look()
  expect((await look()).observation).toBe(once.observation)
  expect((await look(NODE, true)).observation).not.toBe(once.observation)
  expect(execs()).toBe(2)
})

describe('what keeps a node from being scanned is told, and the pods are there', () => {
  test('no helper', async () => {
    const { observation, problem } = await look()
    expect(problem).toMatchObject({ code: 'helper-needed', next: expect.stringContaining('agree') })
    expect(observation).toMatchObject({ scanned: false, namespaces: [], gaps: [{ code: 'no-scan' }] })
    expect(observation.pods.map(({ name }) => name)).toContain('myweb2')
  })

  test('Windows', async () => {
    const windows = buildNode('win1')
    const status = windows.status as { nodeInfo: object }
    lab.upsertNode({ ...windows, status: { ...status, nodeInfo: { ...status.nodeInfo, operatingSystem: 'windows' } } })
    lab.upsertPod(buildPod({ name: 'iis', node: 'win1' }))
    await expect
      .poll(() => source.nodes())
      .toContainEqual(expect.objectContaining({ name: 'win1', ready: true, pods: 1 }))
    expect((await look('win1')).problem).toMatchObject({ code: 'windows' })
    expect(execs()).toBe(0)
  })

  test('a scan that fails: the last good one is shown, and called old', async () => {
    await source.agreeToHelper(NODE, signal)
    const good = await look()
    time += 60_000
    lab.fault({ on: 'exec', kind: 'cut' })
    const { observation, problem } = await look()
    expect(observation).toEqual(good.observation)
    expect(observation.at).toBe('2026-11-24T20:00:00.000Z')
    expect(problem).toMatchObject({ code: 'stale', message: expect.stringContaining('A new scan failed.') })
  })

  test('a first scan that fails', async () => {
    await source.agreeToHelper(NODE, signal)
    lab.fault({ on: 'exec', kind: 'kubelet-down' })
    const { observation, problem } = await look()
    expect(problem).toMatchObject({ code: 'node-unreachable' })
    expect(observation.scanned).toBe(false)
  })
})

test('a node there is not', async () => {
  await expect(look('node9')).rejects.toMatchObject({ code: 'node-not-found', status: 404 })
})

test('who asked and went away is not waited for', async () => {
  const gone = new AbortController()
  gone.abort(new Error('went away'))
  await expect(source.node(NODE, { refresh: false, signal: gone.signal })).rejects.toThrow('went away')
})

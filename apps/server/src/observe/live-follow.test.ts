import { nodeObservationReplySchema, observationReplySchema, told } from '@pausescope/shared'
import { buildPod, loadCapture } from '@pausescope/testkit'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createRecordingSource } from './recording-source.ts'
import { type LiveLab, NODE, POD, SECOND_MS, startLiveLab } from './test/live-lab.ts'

let live: LiveLab

beforeEach(async () => {
  live = await startLiveLab()
})
afterEach(() => live.close())

const good = ({ problem }: Record<string, unknown>) => problem === null
const loops = () => live.lab.running().filter(({ argv }) => argv.includes('pausescope-session'))

/** A pod as the lab has it, under another name. */
const addPod = (name: string, node?: string) =>
  live.lab.upsertPod(
    node ? buildPod({ name, node }) : buildPod({ name, phase: 'Pending', containers: [{ name: 'main' }] }),
  )

describe('one who follows a pod', () => {
  test('is told the state, then only what changes and when it was seen, over one exec', async () => {
    const one = await live.follow(POD)
    const first = await one.next('observation', good)
    expect(one.events.slice(0, 2).map(({ event }) => event)).toEqual(['source', 'pods'])
    const reply = await live.source.observation('lab-v2', 'myweb2', {
      refresh: false,
      signal: new AbortController().signal,
    })
    const { observation } = observationReplySchema.parse(first.data)
    expect({ ...reply.observation, at: '' }).toEqual({ ...observation, at: '' })
    const ticks = [await one.next('tick'), await one.next('tick'), await one.next('tick')]
    expect(new Set(ticks.map(({ data }) => data.at)).size).toBe(3)
    expect(one.events.filter(({ event, data }) => event === 'observation' && good(data))).toHaveLength(1)
    expect(live.execs()).toBe(1)
    expect(loops()).toHaveLength(1)
    await one.leave()
  })

  test('a container that was restarted is another observation', async () => {
    const one = await live.follow(POD)
    const before = await one.next('observation', good)
    const capture = loadCapture('node3-after-restart')
    live.lab.upsertNode(JSON.parse(capture.nodeJson), capture.procRoot)
    const after = await one.next('observation', good)
    expect(after.id).not.toBe(before.id)
    const pids = ({ data }: typeof after) =>
      observationReplySchema.parse(data).observation.processes.map(({ pid }) => pid)
    expect(pids(after)).not.toEqual(pids(before))
    expect(live.execs()).toBe(1)
    await one.leave()
  })

  test('who comes back and has missed nothing gets a tick, not all of it again', async () => {
    const one = await live.follow(POD)
    const { id = '' } = await one.next('observation', good)
    await one.leave()
    const again = await live.follow(POD, { lastEventId: id })
    await again.next('tick')
    expect(again.events.map(({ event }) => event)).not.toContain('observation')
    await again.leave()
    const other = await live.follow(POD, { lastEventId: 'of another state' })
    expect(await other.next('observation', good)).toMatchObject({ id })
    await other.leave()
  })

  test('a change of the pod is looked at soon, whatever the interval; that of another pod is not', async () => {
    await live.close()
    let scans = 0
    const meter = { scanned: () => void scans++, watchFailed: () => {} }
    live = await startLiveLab({ secondMs: 500, allowHelper: false, meter })
    await live.source.agreeToHelper(NODE, new AbortController().signal)
    const one = await live.follow(POD, { interval: 30 })
    await one.next('observation', good)
    addPod('other', NODE)
    await one.next('pods')
    await new Promise((resolve) => setTimeout(resolve, 1_000))
    expect(scans).toBe(1)
    live.lab.setPodStatus('lab-v2', 'myweb2', { podIPs: [{ ip: '10.9.9.9' }] })
    await one.next('observation', good)
    expect(scans).toBe(2)
    await one.leave()
  })

  test('a pod that goes and comes back', async () => {
    const one = await live.follow(POD)
    await one.next('observation', good)
    const pod = live.lab.getPod('lab-v2', 'myweb2')
    if (!pod) throw new Error('the lab has no such pod')
    live.lab.deletePod('lab-v2', 'myweb2')
    const gone = await one.next('trouble')
    expect(gone.data).toMatchObject({ problem: { code: 'pod-gone' }, retryInMs: null, since: expect.any(String) })
    const { observation, problem } = observationReplySchema.parse(
      one.events.findLast(({ event }) => event === 'observation')?.data,
    )
    expect([observation.scanned, problem?.code]).toEqual([true, 'pod-gone'])
    await expect.poll(loops).toEqual([])
    live.lab.upsertPod(pod)
    await one.next('observation', good)
    await one.leave()
  })

  test('a pod that is given its node while it is looked at', async () => {
    addPod('late')
    await expect.poll(() => live.source.pods().some(({ name }) => name === 'late')).toBe(true)
    const one = await live.follow({ kind: 'pod', namespace: 'default', name: 'late' })
    expect((await one.next('trouble')).data).toMatchObject({ problem: { code: 'not-scheduled' }, retryInMs: null })
    expect(live.execs()).toBe(0)
    addPod('late', NODE)
    await one.next('observation', good)
    await one.leave()
  })
})

describe('all who follow', () => {
  test('share one session and its scans, at the smallest interval; it ends after the last one', async () => {
    const slow = await live.follow(POD, { interval: 30 })
    await slow.next('observation', good)
    const quick = await live.follow({ kind: 'node', node: NODE }, { interval: 1 })
    const whole = nodeObservationReplySchema.parse((await quick.next('observation', good)).data)
    expect(whole.observation.pods.length).toBeGreaterThan(5)
    for (let scans = 0; scans < 3; scans++) await slow.next('tick')
    expect(live.execs()).toBe(1)
    await quick.leave()
    expect(loops()).toHaveLength(1)
    await slow.leave()
    await expect.poll(loops).toEqual([])
    await expect.poll(() => live.lab.running()).toEqual([])
  })

  test('a scan that somebody else asks for goes over the session too', async () => {
    const one = await live.follow(POD, { interval: 30 })
    await one.next('observation', good)
    const { signal } = new AbortController()
    await live.source.observation('lab-v2', 'myweb2', { refresh: true, signal })
    expect(live.execs()).toBe(1)
    await one.leave()
  })

  test('a page that is loaded again finds the session', async () => {
    await live.close()
    live = await startLiveLab({ lingerMs: 60_000 })
    const one = await live.follow(POD)
    await one.next('observation', good)
    await one.leave()
    const again = await live.follow(POD)
    await again.next('observation', good)
    expect(live.execs()).toBe(1)
    await live.source.close()
    await expect.poll(() => live.lab.running()).toEqual([])
  })

  test('nobody: nothing is scanned', async () => {
    const one = await live.follow(null)
    await one.next('pods')
    await new Promise((resolve) => setTimeout(resolve, 5 * SECOND_MS))
    expect(live.execs()).toBe(0)
    addPod('young', NODE)
    await one.next('pods')
    await one.leave()
  })
})

describe('helpers', () => {
  test('after the user has agreed the scan comes at once', async () => {
    await live.close()
    live = await startLiveLab({ allowHelper: false })
    const one = await live.follow(POD)
    expect((await one.next('trouble')).data).toMatchObject({
      problem: { code: 'helper-needed' },
      since: null,
      retryInMs: null,
    })
    await live.source.agreeToHelper(NODE, new AbortController().signal)
    await one.next('observation', good)
    await one.leave()
  })
})

describe('refused', () => {
  const { signal } = new AbortController()
  test.each([
    [{ kind: 'pod', namespace: 'default', name: 'none' } as const, 'pod-not-found'],
    [{ kind: 'node', node: 'none' } as const, 'node-not-found'],
  ])('%o', async (subject, code) => {
    await expect(live.source.live({ subject, interval: 1 }, null, signal)).rejects.toMatchObject({ code, status: 404 })
  })

  test('a recording is not live', async () => {
    const recording = { format: 'pausescope-recording', version: 1, frames: [] } as never
    const source = createRecordingSource({ recording, version: '0', told: told('source.static') })
    await expect(source.live({ subject: null, interval: 1 }, null, signal)).rejects.toMatchObject({
      code: 'not-live',
      status: 409,
      message: expect.stringContaining('recording'),
    })
  })
})

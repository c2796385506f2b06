import type { EvidenceReply } from '@pausescope/shared'
import { buildPod, loadCapture } from '@pausescope/testkit'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { runEvidence } from '../probe/evidence/run-evidence.ts'
import { probeOutput } from '../probe/run-probe.ts'
import { CAPTURE, type LiveLab, NODE, POD, startLiveLab } from './test/live-lab.ts'

let live: LiveLab
let time: number
const signal = new AbortController().signal
const ask = (refresh = false): Promise<EvidenceReply> => live.source.evidence('lab-v2', 'myweb2', { refresh, signal })
const look = (refresh = false) => live.source.observation('lab-v2', 'myweb2', { refresh, signal })

beforeEach(async () => {
  time = Date.parse('2026-11-24T20:00:00Z')
  live = await startLiveLab({ allowHelper: false, now: () => time, clock: () => time })
})
afterEach(() => live.close())

test('without a helper there is no evidence, and the reason is that of the observation', async () => {
  expect(await ask()).toMatchObject({ evidence: null, problem: { code: 'helper-needed' } })
  expect(live.execs()).toBe(0)
})

test('through the helper comes what the script says on the spot', async () => {
  await live.source.agreeToHelper(NODE, signal)
  const { evidence, problem } = await ask()
  expect(problem).toBeNull()
  const { observation } = await look()
  const there = await runEvidence(loadCapture(CAPTURE).procRoot, [observation], '2026-11-24T20:00:00.000Z')
  expect([evidence]).toEqual(there)
  expect(evidence?.networks[0]?.sockets.filter(({ local }) => local.port === 80)).not.toEqual([])
})

test('processes and evidence are read in one scan, over one exec, and the picture is of that scan', async () => {
  await live.source.agreeToHelper(NODE, signal)
  await look()
  expect(live.execs()).toBe(1)
  time += 1
  const { evidence } = await ask()
  expect(live.execs()).toBe(2)
  const { observation } = await look()
  expect(live.execs()).toBe(2)
  expect(evidence?.scannedAt).toBe(observation.at)
  expect(observation.at).toBe('2026-11-24T20:00:00.001Z')
  await expect.poll(() => live.lab.running().filter(({ argv }) => argv.includes('pausescope-session'))).toEqual([])
})

test('many who ask share one scan, and a new one is made when asked for', async () => {
  await live.source.agreeToHelper(NODE, signal)
  const all = await Promise.all([ask(), ask(), ask()])
  expect(live.execs()).toBe(1)
  for (const { evidence } of all) expect(evidence).toBe(all[0]?.evidence)
  await ask()
  expect(live.execs()).toBe(1)
  const { evidence } = await ask(true)
  expect(live.execs()).toBe(2)
  expect(evidence).not.toBe(all[0]?.evidence)
})

test('while somebody looks into a pod that is followed, each scan brings its evidence, over the one exec', async () => {
  const clock = () => performance.now()
  const watched = await startLiveLab({ now: Date.now, clock })
  const one = await watched.follow(POD)
  await one.next('observation', ({ problem }) => problem === null)
  const askThere = () => watched.source.evidence('lab-v2', 'myweb2', { refresh: false, signal })
  const first = await askThere()
  expect(first.problem).toBeNull()
  await one.next('tick', ({ at }) => String(at) > String(first.evidence?.scannedAt))
  const { evidence } = await askThere()
  await expect.poll(() => one.events.map(({ data }) => data.at)).toContain(evidence?.scannedAt)
  expect(watched.execs()).toBe(1)
  await one.leave()
  await watched.close()
})

test('a pod that nobody looks into any more costs no more than a scan', async () => {
  await live.source.agreeToHelper(NODE, signal)
  await ask()
  const asks = () => live.lab.requests().filter(({ verb }) => verb === 'exec')
  time += 11_000
  await look()
  expect(asks().at(-1)?.query.command).toContain('pausescope-session')
  time += 11_000
  await look()
  expect(asks().at(-1)?.query.command).toContain('pausescope-scan')
})

test('evidence that does not come holds no picture up, and is a problem of its own', async () => {
  await live.source.agreeToHelper(NODE, signal)
  const { length } = await probeOutput(loadCapture(CAPTURE).procRoot)
  live.lab.fault({ on: 'exec', kind: 'drop', after: length + 200, times: 1 })
  const asked = ask()
  const { observation, problem } = await look()
  expect([observation.scanned, problem]).toEqual([true, null])
  expect(await asked).toMatchObject({ evidence: null, problem: { code: 'scan-failed' } })
  expect((await look()).observation).toEqual(observation)
  expect((await ask(true)).problem).toBeNull()
})

test('a pod that is on no node has no evidence', async () => {
  live.lab.upsertPod(
    buildPod({ namespace: 'default', name: 'waits', phase: 'Pending', containers: [{ name: 'main' }] }),
  )
  await expect.poll(() => live.source.pods().some(({ name }) => name === 'waits')).toBe(true)
  const reply = await live.source.evidence('default', 'waits', { refresh: false, signal })
  expect(reply).toMatchObject({ evidence: null, problem: { code: 'not-scheduled' } })
})

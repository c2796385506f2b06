import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { LIVE_EVENTS, type LiveEventName, type LiveInterval, type LiveSubject } from '@pausescope/shared'
import { type Cluster, type LabOptions, loadCapture, startLabCluster } from '@pausescope/testkit'
import { expect } from 'vitest'
import { connect } from '../../kube/cluster.ts'
import { probeOutput } from '../../probe/run-probe.ts'
import { LiveSource, type LiveSourceOptions } from '../live-source.ts'

/** One event as a client gets it, its data checked against the contract. */
type Told = { event: LiveEventName; id: string | undefined; data: Record<string, unknown> }

export type Follower = {
  /** All that was told so far. */
  events: Told[]
  /** Waits for the next event that fits, counted from the last one waited for. */
  next: (event: LiveEventName, fits?: (data: Record<string, unknown>) => boolean) => Promise<Told>
  /** Ends it and waits for its end. */
  leave: () => Promise<void>
}

export type LiveLab = {
  lab: Cluster
  source: LiveSource
  follow: (subject: LiveSubject | null, more?: { interval?: LiveInterval; lastEventId?: string }) => Promise<Follower>
  execs: () => number
  close: () => Promise<void>
}

/** In the tests that follow, a second takes so long. */
export const SECOND_MS = 40

export const NODE = 'node3'
/** The capture of it. */
export const CAPTURE = 'node3-containerd-cgroup2'

/** A pod of the captured node, and the node itself. */
export const POD: LiveSubject = { kind: 'pod', namespace: 'lab-v2', name: 'myweb2' }

let replayed: Promise<string> | undefined

/**
 * Execs that give what the probe printed of the captured node, over and over: for tests of what goes wrong on the way, and
 * of many scans, where the time of the probe itself would be in the way.
 */
export async function replayedProbe(): Promise<NonNullable<LabOptions['instead']>> {
  replayed ??= (async () => {
    const file = join(mkdtempSync(join(tmpdir(), 'pausescope-replay-')), 'output')
    writeFileSync(file, await probeOutput(loadCapture(CAPTURE).procRoot))
    return file
  })()
  const file = await replayed
  return (argv) => argv.with(-1, `cat ${file}`)
}

/** A cluster of one captured node, and a live source on it. */
export async function startLiveLab(more: Partial<LiveSourceOptions> = {}, options: LabOptions = {}): Promise<LiveLab> {
  const users = [{ name: 'u', token: 'hunter2', rules: [{ verbs: ['*'], resources: ['*'] }] }]
  const lab = await startLabCluster({ captures: [CAPTURE], users, startMs: 5, stopMs: 5, ...options })
  const cluster = await connect({
    kubeconfig: lab.writeKubeconfig(mkdtempSync(join(tmpdir(), 'pausescope-live-'))),
    env: {},
    home: '/nowhere',
  })
  const source = new LiveSource({
    cluster,
    run: 'run1',
    version: '0.0.0',
    allowHelper: true,
    secondMs: SECOND_MS,
    lingerMs: 100,
    now: Date.now,
    clock: () => performance.now(),
    random: () => 0,
    ...more,
  })
  await source.listed
  return {
    lab,
    source,
    follow: (subject, { interval = 1, lastEventId } = {}) => follow(source, subject, interval, lastEventId ?? null),
    execs: () => lab.requests().filter(({ verb }) => verb === 'exec').length,
    async close() {
      await source.close()
      await lab.close()
    },
  }
}

async function follow(
  source: LiveSource,
  subject: LiveSubject | null,
  interval: LiveInterval,
  lastEventId: string | null,
): Promise<Follower> {
  const abort = new AbortController()
  const events: Told[] = []
  let seen = 0
  const stream = await source.live({ subject, interval }, lastEventId, abort.signal)
  const ended = (async () => {
    for await (const { event, id, data } of stream) {
      const parsed = LIVE_EVENTS[event].parse(JSON.parse(data.toString()))
      events.push({ event, id, data: parsed as Record<string, unknown> })
    }
  })()
  return {
    events,
    async next(event, fits = () => true) {
      let found: Told | undefined
      await expect
        .poll(
          () => {
            const at = events.findIndex((told, index) => index >= seen && told.event === event && fits(told.data))
            if (at >= 0) {
              found = events[at]
              seen = at + 1
            }
            return found ? event : events.slice(seen).map((told) => JSON.stringify(told).slice(0, 200))
          },
          { interval: 5 },
        )
        .toBe(event)
      return found as Told
    },
    async leave() {
      abort.abort(new Error('left'))
      await ended
    },
  }
}

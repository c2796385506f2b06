import { observationReplySchema } from '@pausescope/shared'
import type { Rule } from '@pausescope/testkit'
import { afterEach, describe, expect, test } from 'vitest'
import { openSessions } from '../exec/exec-connection.ts'
import type { LiveSourceOptions } from './live-source.ts'
import { type Follower, type LiveLab, NODE, POD, replayedProbe, startLiveLab } from './test/live-lab.ts'

/** Each fault of docs/faults.md, played against someone who follows a pod: what is told of it, and that all is well again. */

let live: LiveLab
const followers: Follower[] = []

const good = ({ problem }: Record<string, unknown>) => problem === null
const helpers = () => live.lab.pods().filter(({ metadata }) => metadata.namespace === 'pausescope')
const helperName = () => helpers()[0]?.metadata.name ?? ''
const ALL: Rule[] = [{ verbs: ['*'], resources: ['*'] }]
const { signal } = new AbortController()

async function start(more: Partial<LiveSourceOptions> = {}): Promise<Follower> {
  live = await startLiveLab({ scanDeadlineMs: 2_000, pingMs: 200, ...more }, { instead: await replayedProbe() })
  const one = await live.follow(POD)
  followers.push(one)
  await one.next('observation', good)
  return one
}

/** All is well: a scan that is good, after the trouble. */
const well = (one: Follower) =>
  expect
    .poll(() => {
      const last = one.events.findLast(({ event }) => event !== 'source' && event !== 'pods')
      return last?.event === 'tick' || (last?.event === 'observation' && good(last.data)) ? 'well' : last
    })
    .toBe('well')

afterEach(async () => {
  for (const one of followers.splice(0)) await one.leave()
  await live.source.close()
  expect(openSessions()).toBe(0)
  await expect.poll(helpers).toEqual([])
  await expect.poll(() => live.lab.openWatches()).toBe(0)
  await live.lab.close()
})

type Row = {
  name: string
  strike: () => unknown
  /** The trouble's problem: its code, words of its message and of its next step. Null: the next scan mends it, mostly unseen. */
  told: [code: string, message: RegExp, next: RegExp] | null
  /** Where it does not mend by itself. */
  mend?: () => unknown
}

const nodeReady = (status: 'True' | 'False') => {
  const node = live.lab.node(NODE)
  if (!node) throw new Error('the lab has no such node')
  const conditions = [{ type: 'Ready', status, reason: 'KubeletNotReady' }]
  live.lab.upsertNode({ ...node, status: { ...(node.status as object), conditions } })
}
const failHelper = (status: object) => live.lab.setPodStatus('pausescope', helperName(), { phase: 'Failed', ...status })
const terminated = (reason: string, exitCode: number) => ({
  containerStatuses: [{ name: 'helper', state: { terminated: { reason, exitCode } } }],
})
const deleteHelper = () => live.lab.deletePod('pausescope', helperName())

const rows: Row[] = [
  {
    name: 'the API server is away',
    strike: () => live.lab.stopListening(),
    told: ['stale', /ECONNREFUSED|unreachable/, /VPN.*server address of the context/],
    mend: () => live.lab.listenAgain(),
  },
  {
    name: 'the API server restarts',
    strike: () => live.lab.stopListening().then(() => live.lab.listenAgain()),
    told: null,
  },
  {
    name: 'the kubelet is away',
    strike: () => {
      live.lab.fault({ on: 'exec', kind: 'kubelet-down' })
      live.lab.breakExecs('drop')
    },
    told: ['stale', /connection refused/, /node is Ready.*reaches its kubelet/],
    mend: () => live.lab.clearFaults(),
  },
  {
    name: 'the kubelet is away and v5 says so late',
    strike: () => {
      live.lab.fault({ on: 'exec', kind: 'kubelet-down-status' })
      live.lab.breakExecs('drop')
    },
    told: ['stale', /connection refused/, /node is Ready/],
    mend: () => live.lab.clearFaults(),
  },
  {
    name: 'the node is not Ready and hangs',
    strike: () => {
      nodeReady('False')
      live.lab.fault({ on: 'exec', kind: 'hang' })
      live.lab.breakExecs('hang')
    },
    told: ['stale', /no end within/, /too slowly/],
    mend: () => {
      nodeReady('True')
      live.lab.clearFaults()
    },
  },
  {
    name: 'the helper is evicted',
    strike: () =>
      failHelper({ reason: 'Evicted', message: 'The node was low on resource: memory.', containerStatuses: [] }),
    told: ['helper-creating', /being made/, /^$/],
  },
  { name: 'the helper is deleted', strike: deleteHelper, told: ['helper-creating', /being made/, /^$/] },
  {
    name: 'the helper is killed for its memory',
    strike: () => failHelper(terminated('OOMKilled', 137)),
    told: ['helper-creating', /being made/, /^$/],
  },
  {
    name: 'a scan is killed for its memory',
    strike: () => {
      live.lab.fault({ on: 'exec', kind: 'killed', times: 1 })
      live.lab.breakExecs('drop')
    },
    told: ['stale', /killed on the node/, /memory/],
  },
  {
    name: 'the image of the next helper cannot be pulled',
    strike: () => {
      live.lab.fault({ on: 'start', kind: 'image-error' })
      deleteHelper()
    },
    told: ['helper-failed', /ImagePull/, /--helper-image/],
    mend: () => {
      live.lab.clearFaults()
      return live.source.agreeToHelper(NODE, signal)
    },
  },
  {
    name: 'the next helper is evicted as soon as it runs',
    strike: () => {
      live.lab.fault({ on: 'start', kind: 'evicted', times: 1 })
      deleteHelper()
    },
    told: ['helper-creating', /being made/, /^$/],
  },
  {
    name: 'Pod Security refuses the next helper',
    strike: () => {
      live.lab.fault({ on: 'create', kind: 'pod-security', resource: 'pods' })
      deleteHelper()
    },
    told: ['forbidden', /violates PodSecurity/, /administrator/],
    mend: () => {
      live.lab.clearFaults()
      return live.source.agreeToHelper(NODE, signal)
    },
  },
  {
    name: 'the right to exec is lost midway',
    strike: () => {
      live.lab.setRules('u', [{ verbs: ['*'], resources: ['pods', 'nodes', 'namespaces'] }])
      live.lab.breakExecs('drop')
    },
    told: ['forbidden', /User "u" cannot get resource "pods\/exec"/, /pods\/exec/],
    mend: () => live.lab.setRules('u', ALL),
  },
  {
    name: 'the credentials are no longer accepted',
    strike: () => {
      live.lab.fault({ on: 'exec', kind: 'unauthorized' })
      live.lab.breakExecs('drop')
    },
    told: ['stale', /Unauthorized/, /Log in again/],
    mend: () => live.lab.clearFaults(),
  },
  {
    name: 'the exec hangs',
    strike: () => live.lab.breakExecs('hang'),
    told: ['stale', /no end within 2 s/, /too slowly/],
  },
  {
    name: 'the socket is half-open',
    strike: () => live.lab.breakExecs('half-open'),
    told: ['stale', /a ping had no answer|no end within/, /try again/],
  },
  {
    name: 'the connection is cut',
    strike: () => live.lab.breakExecs('drop'),
    told: null,
  },
  {
    name: 'the output is cut',
    strike: () => live.lab.breakExecs('cut'),
    told: ['stale', /no end within/, /too slowly/],
  },
  {
    name: 'a proxy changes what goes by',
    strike: () => live.lab.breakExecs('garbage'),
    told: ['stale', /channel 7/, /look for a proxy/],
  },
]

describe('told with cause and next step, the last picture stays, and it goes on by itself or when it is mended', () => {
  test.each(rows)('$name', async ({ strike, told, mend }) => {
    const one = await start()
    await strike()
    if (told) await expectTrouble(one, told)
    await mend?.()
    await expect.poll(() => live.execs()).toBeGreaterThan(1)
    await well(one)
    await one.next('tick')
    expect(helpers()).toHaveLength(1)
    expect(openSessions()).toBe(1)
  })

  async function expectTrouble(one: Follower, [code, message, next]: NonNullable<Row['told']>): Promise<void> {
    const trouble = await one.next('trouble', ({ problem }) => {
      const its = problem as { code: string; message: string; next: string | null }
      return its.code === code && message.test(its.message) && next.test(its.next ?? '')
    })
    expect(trouble.data.since).toEqual(expect.any(String))
    const shown = one.events.findLast(({ event }) => event === 'observation')
    expect(observationReplySchema.parse(shown?.data).observation).toMatchObject({ scanned: true })
    expect(JSON.stringify(one.events)).not.toContain('hunter2')
  }

  test('the time to the next try is told, and grows', async () => {
    const one = await start()
    live.lab.fault({ on: 'exec', kind: 'kubelet-down' })
    live.lab.breakExecs('drop')
    const waits: number[] = []
    while (waits.length < 4) waits.push((await one.next('trouble')).data.retryInMs as number)
    expect(waits.at(-1)).toBeGreaterThan(waits[0] as number)
    expect(Math.max(...waits)).toBeLessThan(30_000)
  })
})

describe('clocks', () => {
  test('the wall clock jumps an hour back and a day forth: scans go on, and none is taken for a fresh one', async () => {
    let jump = 0
    const one = await start({ now: () => Date.now() + jump, scanCacheMs: 50 })
    for (const hours of [-1, 24]) {
      jump = hours * 3_600_000
      const about = new Date(Date.now() + jump).toISOString().slice(0, 12)
      await one.next('tick', ({ at }) => String(at).startsWith(about))
    }
    expect(one.events.filter(({ event }) => event === 'trouble').map(({ data }) => data)).not.toContainEqual(
      expect.objectContaining({ problem: expect.objectContaining({ code: 'stale' }) }),
    )
    await followers.splice(0)[0]?.leave()
    jump = -3_600_000
    const seen = async () =>
      (await live.source.observation('lab-v2', 'myweb2', { refresh: false, signal })).observation.at
    const first = await seen()
    await expect.poll(seen, { interval: 20 }).not.toBe(first)
  })
})

describe('many, and sleepers', () => {
  test('200 viewers: one session, one scan at a time, one reply made for all', async () => {
    // Pings of a busy machine may take their time.
    const one = await start({ pingMs: 30_000 })
    const many = await Promise.all(Array.from({ length: 199 }, () => live.follow(POD, { interval: 2 })))
    followers.push(...many)
    for (const viewer of many) await viewer.next('tick')
    expect(live.execs()).toBe(1)
    expect(openSessions()).toBe(1)
    await one.next('tick')
  })

  test('a tab that slept gets the newest, and nothing of what was between', async () => {
    const awake = await start()
    const stop = new AbortController()
    const stream = await live.source.live({ subject: POD, interval: 1 }, null, stop.signal)
    const sleeper = stream[Symbol.asyncIterator]()
    let event = ''
    while (event !== 'observation') event = (await sleeper.next()).value?.event ?? ''
    let newest = ''
    for (let scans = 0; scans < 5; scans++) newest = String((await awake.next('tick')).data.at)
    const { value } = await sleeper.next()
    expect(value?.event).toBe('tick')
    expect(JSON.parse(value?.data.toString() ?? '').at >= newest).toBe(true)
    stop.abort()
    await sleeper.return?.()
  })
})

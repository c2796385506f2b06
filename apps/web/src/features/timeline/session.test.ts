import { graphWords, type Language, type Observation, type PodProcess } from '@pausescope/shared'
import { describe, expect, it } from 'vitest'
import { changesOf, toldIn, watch } from './session.ts'
import { MOST_MOMENTS, momentsOf, type Session } from './timeline-of.ts'

const ID = 'c'.repeat(64)
const NOTHING: Session = { moments: [], dropped: 0 }

/** A pod of one container whose first process has the given PID, and so many others. */
function seen(pid: number, others = 0, scanned = true): Observation {
  const processes = Array.from({ length: others + 1 }, (_, index) => ({
    pid: pid + index,
    ppid: index === 0 ? 1 : pid,
    starttime: pid + index,
    state: 'S',
    nspid: [],
    comm: 'web',
    argv: [],
    cgroup: [],
    containerId: ID,
    ns: { mnt: pid },
  })) as unknown as PodProcess[]
  const pod = {
    namespace: 'a',
    name: 'b',
    uid: 'u',
    podIPs: [],
    containers: [{ name: 'web', kind: 'app', id: ID, state: { kind: 'running' }, restartCount: 0 }],
  }
  return {
    at: `2026-11-25T12:00:${String(pid % 60).padStart(2, '0')}Z`,
    pod,
    scanned,
    sandboxes: [],
    processes,
    baseline: {},
    namespaces: [],
    gaps: [],
    node: { bootId: null, runtime: 'containerd', cgroupVersion: 'v2' },
    cluster: {},
  } as unknown as Observation
}

const after = (observations: readonly Observation[]) => observations.reduce(watch, NOTHING)
const numbers = ({ moments }: Session) => moments.map(({ number }) => number)

describe('a session', () => {
  it('has a moment for each time that something changed', () => {
    expect(numbers(after([seen(10), seen(10), seen(20), seen(20), seen(10)]))).toEqual([1, 2, 3])
  })

  it('is the same where nothing changed', () => {
    const session = after([seen(10)])
    expect(watch(session, seen(10))).toBe(session)
    expect(watch(session, { ...session.moments[0]?.observation, at: 'later' } as Observation)).toBe(session)
  })

  it('has nothing of what was not read', () => {
    expect(numbers(after([seen(10, 0, false), seen(10), seen(10, 0, false), seen(10)]))).toEqual([1])
  })

  it('keeps the newest moments, counts what fell off, and goes on counting', () => {
    const session = after(Array.from({ length: MOST_MOMENTS + 7 }, (_, index) => seen(10 + index * 10)))
    expect(session.moments).toHaveLength(MOST_MOMENTS)
    expect(session.dropped).toBe(7)
    expect(numbers(session)[0]).toBe(8)
  })

  it('keeps fewer moments of a pod with very many processes, but always two to compare', () => {
    expect(numbers(after([seen(1, 7000), seen(2, 7000), seen(3, 7000)]))).toEqual([2, 3])
    expect(numbers(after([seen(1, 15_000), seen(2, 15_000), seen(3, 15_000)]))).toEqual([2, 3])
  })

  it('tells what changed at a moment, in each language', () => {
    const { moments } = after([seen(10), seen(20)])
    expect(changesOf(moments, 0, graphWords)).toBeNull()
    const changes = changesOf(moments, 1, graphWords)
    expect(toldIn('en', changes ?? [])).toEqual(['web was started again (PID 10 → 20): its mnt is new.'])
    expect(toldIn('ko', changes ?? [])[0]).toContain('PID 10 → 20')
  })
})

it('a recording has its frames for moments, with the pod or without it', () => {
  const frame = { at: 'now', caption: 'Said.', captionIn: { ko: '말함.' }, observations: [seen(10)] }
  const moments = momentsOf([frame, { ...frame, observations: [] }], 'a/b', 'en')
  expect(moments.map(({ number, observation }) => [number, observation?.pod.name ?? null])).toEqual([
    [1, 'b'],
    [2, null],
  ])
  expect(changesOf(moments, 1, graphWords)).toBeNull()
  const captions = (language: Language) => momentsOf([frame], 'a/b', language).map(({ caption }) => caption)
  expect([captions('en'), captions('ko')]).toEqual([['Said.'], ['말함.']])
})

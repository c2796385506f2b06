import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { PodSummary } from '../model/pod.ts'
import { LIST_LINES } from './list-query.ts'
import { selectPods } from './select-pods.ts'

const summary = (
  namespace: string,
  name: string,
  nodeName: string | null = 'node1',
  status = 'Running',
): PodSummary => ({
  namespace,
  name,
  uid: `${namespace}-${name}`,
  nodeName,
  status,
  phase: 'Running',
  ready: 1,
  containers: 1,
  restarts: 0,
})
const PODS = [
  summary('kube-system', 'dns', 'node2'),
  summary('default', 'myweb2'),
  summary('default', 'crashing', 'node2', 'CrashLoopBackOff'),
  summary('default', 'waiting', null, 'Pending'),
]
const WHOLE = { search: '', limit: LIST_LINES.first, closed: [] }
const names = (pods: readonly PodSummary[]) => pods.map(({ name }) => name)

describe('the search', () => {
  it.each([
    ['', ['myweb2', 'crashing', 'waiting', 'dns']],
    ['  ', ['myweb2', 'crashing', 'waiting', 'dns']],
    ['MYWEB', ['myweb2']],
    ['default', ['myweb2', 'crashing', 'waiting']],
    ['node2 default', ['crashing']],
    ['crashloop', ['crashing']],
    ['default/my', ['myweb2']],
    ['t/my', ['myweb2']],
    ['nothing', []],
  ])('%j finds %j', (search, expected) => {
    const { pods, found, all } = selectPods(PODS, { ...WHOLE, search })
    expect([names(pods), found, all]).toEqual([expected, expected.length, 4])
  })
})

describe('the part', () => {
  it('ends at the limit, and with it the namespaces', () => {
    expect(selectPods(PODS, { ...WHOLE, limit: 2 })).toMatchObject({
      pods: [{ name: 'myweb2' }, { name: 'crashing' }],
      groups: [{ namespace: 'default', pods: 3 }],
      namespaces: 2,
      found: 4,
    })
  })

  it('of a closed namespace is its number of pods', () => {
    const { pods, groups } = selectPods(PODS, { ...WHOLE, limit: 1, closed: ['default', 'gone'] })
    expect([names(pods), groups]).toEqual([
      ['dns'],
      [
        { namespace: 'default', pods: 3 },
        { namespace: 'kube-system', pods: 1 },
      ],
    ])
  })

  it('property: a larger limit only adds at the end, until everything open is there', () => {
    const word = fc.constantFrom('a', 'b', 'c', 'ab')
    const pods = fc.array(fc.tuple(word, word), { maxLength: 60 }).map((all) => all.map(([a, b]) => summary(a, b)))
    const closed = fc.subarray(['a', 'b', 'c', 'ab'])
    fc.assert(
      fc.property(pods, closed, fc.integer({ min: 1, max: 70 }), (all, shut, limit) => {
        const asked = { search: '', limit, closed: shut }
        const part = selectPods(all, asked)
        const more = selectPods(all, { ...asked, limit: limit + 1 })
        const whole = selectPods(all, { ...asked, limit: 200 })
        expect(more.pods.slice(0, part.pods.length)).toEqual(part.pods)
        expect(part.pods.length).toBe(Math.min(limit, whole.pods.length))
        expect(whole.pods.length).toBe(all.filter(({ namespace }) => !shut.includes(namespace)).length)
        expect(part.pods.every(({ namespace }) => part.groups.some((group) => group.namespace === namespace))).toBe(
          true,
        )
        expect(whole.groups.reduce((sum, { pods: count }) => sum + count, 0)).toBe(all.length)
      }),
    )
  })
})

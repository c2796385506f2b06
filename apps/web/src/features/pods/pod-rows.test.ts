import { type ListQuery, selectPods } from '@pausescope/shared'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { rowTops, scrollToRow, visibleRows } from './list-window.ts'
import { listKey } from './move-active.ts'
import { isPart, podRows } from './pod-rows.ts'

const summary = (namespace: string, name: string, nodeName: string | null = 'node1', status = 'Running') => ({
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
]

const list = (asked: Partial<ListQuery> = {}) => selectPods(PODS, { search: '', limit: 9, closed: [], ...asked })

describe('podRows', () => {
  it('groups by namespace, groups by name, with place and count for assistive technology', () => {
    expect(podRows(list(), []).map((row) => [row.key, row.position, row.of])).toEqual([
      ['group default', 1, 2],
      ['pod default/myweb2', 1, 2],
      ['pod default/crashing', 2, 2],
      ['group kube-system', 2, 2],
      ['pod kube-system/dns', 1, 1],
    ])
  })

  it('shows no pod of a closed group, but its count', () => {
    const rows = podRows(list({ closed: ['default'] }), ['default'])
    expect(rows.map((row) => row.key)).toEqual(['group default', 'group kube-system', 'pod kube-system/dns'])
    expect(rows[0]).toMatchObject({ count: 2, closed: true })
  })
})

describe('isPart', () => {
  it.each<[Partial<ListQuery>, boolean]>([
    [{}, false],
    [{ limit: 3 }, false],
    [{ limit: 2 }, true],
    [{ limit: 1 }, true],
    [{ limit: 1, closed: ['default'] }, false],
    [{ limit: 1, search: 'dns' }, false],
  ])('%j: %j', (asked, part) => {
    expect(isPart(list(asked), asked.closed ?? [])).toBe(part)
  })

  it('counts the pods of a group that are not listed too', () => {
    expect(podRows(list({ limit: 1 }), [])).toMatchObject([
      { count: 2, of: 2 },
      { position: 1, of: 2 },
    ])
  })
})

describe('listKey', () => {
  const rows = podRows(list({ closed: ['kube-system'] }), ['kube-system'])
  it.each([
    [0, 'ArrowDown', { do: 'go', to: 1 }],
    [0, 'ArrowUp', { do: 'go', to: 0 }],
    [3, 'ArrowDown', { do: 'go', to: 3 }],
    [1, 'End', { do: 'go', to: 3 }],
    [3, 'Home', { do: 'go', to: 0 }],
    [0, 'PageDown', { do: 'go', to: 3 }],
    [0, 'ArrowRight', { do: 'go', to: 1 }],
    [3, 'ArrowRight', { do: 'open', namespace: 'kube-system' }],
    [0, 'ArrowLeft', { do: 'close', namespace: 'default' }],
    [2, 'ArrowLeft', { do: 'go', to: 0 }],
    [3, 'ArrowLeft', null],
    [2, 'Enter', { do: 'pick', pod: 'default/crashing' }],
    [3, 'Enter', { do: 'open', namespace: 'kube-system' }],
    [1, 'ArrowRight', null],
    [1, 'F5', null],
    [9, 'Enter', null],
  ])('row %i, %s', (active, key, action) => {
    expect(listKey(rows, active, key)).toEqual(action)
  })
})

describe('windowing', () => {
  const kinds = fc.array(fc.constantFrom<'group' | 'pod'>('group', 'pod'), { maxLength: 300 })
  const offset = fc.integer({ min: 0, max: 20_000 })

  it('draws every row that touches the visible part, and few others', () => {
    fc.assert(
      fc.property(kinds, offset, fc.integer({ min: 1, max: 1200 }), (list, scroll, height) => {
        const tops = rowTops(list.map((kind) => ({ kind })))
        const [from, to] = visibleRows(tops, scroll, height)
        list.forEach((_, row) => {
          const seen = (tops[row + 1] as number) > scroll && (tops[row] as number) < scroll + height
          if (seen) expect(row >= from && row < to).toBe(true)
        })
        expect((tops[to] as number) - (tops[from] as number)).toBeLessThanOrEqual(height + 800 + 2 * 52)
      }),
    )
  })

  it('scrolls so that a row is wholly seen, and not at all when it is', () => {
    fc.assert(
      fc.property(kinds, offset, fc.nat(299), fc.integer({ min: 60, max: 900 }), (list, scroll, pick, height) => {
        fc.pre(pick < list.length)
        const tops = rowTops(list.map((kind) => ({ kind })))
        const top = tops[pick] as number
        const bottom = tops[pick + 1] as number
        const next = scrollToRow(tops, pick, scroll, height)
        expect(next <= top && bottom <= next + height).toBe(true)
        if (top >= scroll && bottom <= scroll + height) expect(next).toBe(scroll)
      }),
    )
  })
})

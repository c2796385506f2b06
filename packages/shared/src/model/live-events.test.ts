import { describe, expect, test } from 'vitest'
import { LIVE_DEFAULT_INTERVAL, type LiveQuery, liveQuery, parseLiveQuery } from './live-events.ts'

const queries: LiveQuery[] = [
  { subject: null, interval: 30 },
  { subject: { kind: 'node', node: 'worker-1.example' }, interval: 1 },
  { subject: { kind: 'pod', namespace: 'default', name: 'my web&2' }, interval: 2 },
]

const read = (text: string) =>
  Object.fromEntries(text.split('&').map((part) => part.split('=').map(decodeURIComponent) as [string, string]))

test.each(queries)('what is written is read: %o', (query) => {
  expect(parseLiveQuery(read(liveQuery(query)))).toEqual(query)
})

test('nothing said: the list alone, at the usual interval', () => {
  expect(parseLiveQuery({})).toEqual({ subject: null, interval: LIVE_DEFAULT_INTERVAL })
})

describe('refused, with what would be right', () => {
  test.each([
    [{ interval: '0' }, /interval=1\|2\|5\|30/],
    [{ interval: ['1', '2'] }, /interval=/],
    [{ every: '1' }, /namespace and pod, or node/],
    [{ pod: 'x' }, /together/],
    [{ namespace: 'x', node: 'n' }, /one node/],
    [{ namespace: 'x', pod: 'y', node: 'n' }, /one node/],
  ])('%o', (query, message) => {
    expect(parseLiveQuery(query)).toEqual({ error: expect.stringMatching(message) })
  })
})

import { expect, test } from 'vitest'
import { liveState } from './live-state.ts'

const AT = '2026-11-25T12:04:11Z'
const problem = { code: 'scan-failed', message: 'Why.', next: null, told: { message: { key: 'why' }, next: null } }
const fine = {
  every: 2 as const,
  paused: false,
  link: { kind: 'open' } as const,
  trouble: null,
  reply: { observation: { at: AT, scanned: true }, problem: null },
}
const failing = { reply: { ...fine.reply, problem } }
const unread = { observation: { at: AT, scanned: false }, problem: { ...problem, code: 'helper-needed' } }

test.each<[string, Partial<Parameters<typeof liveState>[0]>, object]>([
  ['all is well', {}, { kind: 'live' }],
  ['the first moment', { link: { kind: 'connecting' }, reply: null }, { kind: 'connecting' }],
  ['another stream begins: what is shown is fresh', { link: { kind: 'connecting' } }, { kind: 'live' }],
  ['a browser without streams', { link: { kind: 'asking' } }, { kind: 'live' }],
  ['paused, whatever else there is', { paused: true, link: { kind: 'lost', retryAt: 7 } }, { kind: 'paused' }],
  ['off goes before paused', { paused: true, every: 'off' }, { kind: 'off' }],
  [
    'the stream is lost',
    { link: { kind: 'lost', retryAt: 7 } },
    { kind: 'reconnecting', problem: null, since: AT, retryAt: 7 },
  ],
  [
    'scans fail, and the server tries again',
    { ...failing, trouble: { problem, since: AT, retryAt: 9 } },
    { kind: 'reconnecting', problem, since: AT, retryAt: 9 },
  ],
  [
    'scans fail until somebody acts',
    { ...failing, trouble: { problem, since: AT, retryAt: null } },
    { kind: 'stale', since: AT },
  ],
  ['somebody asked again, and all is well', { trouble: { problem, since: AT, retryAt: 9 } }, { kind: 'live' }],
  [
    'trouble before anything was read',
    { reply: null, trouble: { problem, since: null, retryAt: null } },
    { kind: 'unread' },
  ],
  ['an answer that is not of now', failing, { kind: 'stale', problem, since: AT }],
  ['a node that was never read', { reply: unread }, { kind: 'unread' }],
])('%s', (_, known, state) => {
  expect(liveState({ ...fine, ...known })).toMatchObject(state)
})

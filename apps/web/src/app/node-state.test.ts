import type { NodeObservationReply } from '@pausescope/shared'
import { expect, it } from 'vitest'
import { nodeState } from './node-state.ts'

const problem = (code: string) => ({
  code,
  message: 'Why.',
  next: null,
  told: { message: { key: 'why' }, next: null },
})
const reply = { observation: {}, problem: null } as unknown as NodeObservationReply

it.each<[string, Parameters<typeof nodeState>, object]>([
  ['live, on its way', [null, null, true], { kind: 'loading' }],
  ['live, a scan', [reply, null, true], { kind: 'shown', problem: null }],
  [
    'live, what came with the scan',
    [{ ...reply, problem: problem('helper-needed') }, null, true],
    { kind: 'shown', problem: problem('helper-needed') },
  ],
  [
    'the server went away: the picture stays',
    [{ ...reply, problem: problem('stale') }, problem('unreachable'), true],
    { kind: 'shown', problem: problem('unreachable') },
  ],
  ['live, no such node', [null, problem('node-not-found'), true], { kind: 'unknown' }],
  ['live, no answer', [null, problem('unreachable'), true], { kind: 'failed' }],
  ['a recording without that node', [null, null, false], { kind: 'unknown' }],
  ['a recording with it', [reply, null, false], { kind: 'shown' }],
])('%s', (_, known, state) => {
  expect(nodeState(...known)).toMatchObject(state)
})

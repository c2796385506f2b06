import type { ObservationReply } from '@pausescope/shared'
import { describe, expect, it } from 'vitest'
import { stageState } from './stage-state.ts'
import type { Playing, Subject } from './use-subject.ts'

const START: Subject = {
  source: null,
  sourceProblem: null,
  live: false,
  playing: null,
  recordingProblem: null,
  pod: null,
  node: null,
  reply: null,
  replyProblem: null,
  nodeReply: null,
  nodeReplyProblem: null,
  liveState: null,
  asks: { lists: true, scans: null },
}
const problem = (code: string) => ({
  code,
  message: 'Why.',
  next: null,
  told: { message: { key: 'why' }, next: null },
})
const reply = { observation: {}, problem: null } as unknown as ObservationReply
const playing = {} as Playing
const source = {} as Subject['source']

describe('stageState', () => {
  it.each<[string, Partial<Subject>, object]>([
    ['the first moment', {}, { kind: 'loading' }],
    ['no server from the start', { sourceProblem: problem('unreachable') }, { kind: 'failed', what: 'pod' }],
    ['live, no pod picked', { source, live: true }, { kind: 'pick' }],
    ['live, a pod asked for', { source, live: true, pod: 'a/b' }, { kind: 'loading' }],
    ['live, a scan', { source, live: true, pod: 'a/b', reply }, { kind: 'shown', problem: null }],
    [
      'live, what came with the scan',
      { live: true, pod: 'a/b', reply: { ...reply, problem: problem('stale') } },
      { kind: 'shown', problem: problem('stale') },
    ],
    [
      'the server went away: the picture stays',
      { live: true, pod: 'a/b', reply, replyProblem: problem('unreachable') },
      { kind: 'shown', problem: problem('unreachable') },
    ],
    [
      'the pod went away: its last picture stays',
      { live: true, pod: 'a/b', reply, replyProblem: problem('pod-not-found') },
      { kind: 'shown', problem: problem('pod-not-found') },
    ],
    [
      'live, no such pod',
      { live: true, pod: 'a/b', replyProblem: problem('pod-not-found') },
      { kind: 'unknown', pod: 'a/b' },
    ],
    [
      'live, the answer makes no sense',
      { live: true, pod: 'a/b', replyProblem: problem('malformed') },
      { kind: 'failed', what: 'pod' },
    ],
    ['a recording, its pod', { playing, pod: 'a/b', reply }, { kind: 'shown' }],
    ['a recording without that pod', { playing, pod: 'a/b' }, { kind: 'unknown', pod: 'a/b' }],
    ['live, a whole node', { source, live: true, node: 'n1' }, { kind: 'node', node: 'n1' }],
    ['a node of a recording', { playing, node: 'n1' }, { kind: 'node', node: 'n1' }],
    [
      'a node of a file that is not open',
      { recordingProblem: problem('not-open'), node: 'n1' },
      { kind: 'failed', what: 'recording' },
    ],
    [
      'a node, no server from the start',
      { sourceProblem: problem('unreachable'), node: 'n1' },
      { kind: 'failed', what: 'pod' },
    ],
    ['a node, before the source is known', { node: 'n1' }, { kind: 'loading' }],
    ['a recording without pods', { playing }, { kind: 'pick' }],
    ['a file that is not open', { recordingProblem: problem('not-open') }, { kind: 'failed', what: 'recording' }],
  ])('%s', (_, known, state) => {
    expect(stageState({ ...START, ...known })).toMatchObject(state)
  })
})

import { expect, test } from 'vitest'
import { helperProgress, parseHelperPod } from './helper-pod.ts'
import { inEnglish } from './test/in-english.ts'

function pod(status: object, metadata: object = {}) {
  return parseHelperPod({ metadata: { name: 'h', uid: 'u', ...metadata }, spec: { nodeName: 'n1' }, status })
}

const container = (state: object) => ({ phase: 'Pending', containerStatuses: [{ name: 'helper', state }] })
const waiting = (reason: string, message?: string) => container({ waiting: { reason, message } })
const terminated = (reason: string, exitCode: number) => ({
  ...container({ terminated: { reason, exitCode } }),
  phase: exitCode === 0 ? 'Succeeded' : 'Failed',
})

test.each([
  ['nothing yet', {}, 'the node has not started it yet'],
  ['being made', waiting('ContainerCreating'), 'ContainerCreating'],
])('%s: creating', (_, status, detail) => {
  expect(inEnglish(helperProgress(pod(status)))).toEqual({ state: 'creating', detail })
})

test('a running container is ready', () => {
  expect(helperProgress(pod({ ...container({ running: {} }), phase: 'Running' }))).toEqual({ state: 'ready' })
})

test.each([
  [
    'an image that cannot be pulled',
    waiting('ErrImagePull', 'no such host'),
    /ErrImagePull: no such host/,
    /--helper-image/,
  ],
  ['the same, later', waiting('ImagePullBackOff', 'Back-off pulling'), /ImagePullBackOff/, /--helper-image/],
  ['an image without sh', waiting('RunContainerError', 'exec: "sh": not found'), /RunContainerError/, /--helper-image/],
  [
    'AppArmor',
    { phase: 'Failed', reason: 'AppArmor', message: 'Cannot enforce AppArmor' },
    /AppArmor: Cannot enforce AppArmor/,
    /AppArmor profile/,
  ],
  [
    'a full node',
    { phase: 'Failed', reason: 'OutOfpods', message: 'Node did not have enough' },
    /OutOfpods/,
    /describe/,
  ],
  ['eviction', { phase: 'Failed', reason: 'Evicted', message: 'low on memory' }, /Evicted: low on memory/, /free some/],
  ['its age', { ...terminated('Error', 137), reason: 'DeadlineExceeded' }, /DeadlineExceeded/, /a new one is made/],
  ['no use', terminated('Completed', 0), /ended \(Completed, exit code 0\)/, /a new one is made/],
  ['no memory', terminated('OOMKilled', 137), /OOMKilled, exit code 137/, /short of memory/],
  [
    'no place',
    { phase: 'Pending', conditions: [{ type: 'PodScheduled', status: 'False', message: '0/3 nodes are available' }] },
    /0\/3 nodes are available/,
    /Check the node/,
  ],
])('%s: failed, with cause and next step', (_, status, detail, next) => {
  expect(inEnglish(helperProgress(pod(status)))).toEqual({
    state: 'failed',
    detail: expect.stringMatching(detail),
    next: expect.stringMatching(next),
  })
})

test('a pod that is being deleted is no helper any more', () => {
  const running = { ...container({ running: {} }), phase: 'Running' }
  expect(helperProgress(pod(running, { deletionTimestamp: '2026-01-01T00:00:00Z' })).state).toBe('failed')
})

test("a DaemonSet's pod is told from a server's", () => {
  expect(pod({}, { ownerReferences: [{ kind: 'DaemonSet', name: 'pausescope' }] }).installed).toBe(true)
  expect(pod({}).installed).toBe(false)
})

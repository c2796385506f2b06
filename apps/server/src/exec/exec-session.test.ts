import { told } from '@pausescope/shared'
import { buildNode, buildPod, type Cluster, type Fault, startCluster } from '@pausescope/testkit'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { ExecError } from './exec-error.ts'
import { type ExecOptions, execSession } from './exec-session.ts'

let cluster: Cluster

beforeEach(async () => {
  cluster = await startCluster({
    users: [{ name: 'u', token: 'hunter2', rules: [{ verbs: ['*'], resources: ['*'] }] }],
  })
  cluster.upsertNode(buildNode('n1'))
  cluster.upsertPod(buildPod({ name: 'helper', node: 'n1', containers: [{ name: 'main', id: 'a'.repeat(64) }] }))
})
afterEach(() => cluster.close())

/** The output must end with END; what comes before it is the result. */
function untilEnd(stdout: Buffer): string {
  const text = stdout.toString('utf8')
  if (!text.endsWith('END')) throw new Error(`cut after ${text.length}`)
  return text.slice(0, -3)
}

function run(script: string, more: Partial<ExecOptions<string>> = {}): Promise<string> {
  return execSession({
    access: { server: cluster.url, headers: { Authorization: 'Bearer hunter2' }, tls: {}, agent: undefined },
    namespace: 'default',
    pod: 'helper',
    container: 'main',
    command: ['sh', '-c', script],
    what: told('do.scan', { node: 'n1' }),
    read: untilEnd,
    signal: new AbortController().signal,
    deadlineMs: 20_000,
    ...more,
  })
}

const HELLO = 'echo hello; printf END'
/** About 1.3 MB in many frames. */
const LONG =
  'i=0; while [ $i -lt 20000 ]; do i=$((i+1)); echo "line $i 0123456789012345678901234567890123456789012345"; done; printf END'

describe('success', () => {
  test.each([[undefined], ['v4-only'], ['close-frame']] as const)('the whole output comes back (%s)', async (kind) => {
    if (kind) cluster.fault({ on: 'exec', kind })
    expect(await run(HELLO)).toBe('hello\n')
  })

  test('a long output comes back whole, also from a slow server', async () => {
    const lines = (await run(LONG)).split('\n')
    expect([lines.length, lines.at(-2)?.split(' ')[1]]).toEqual([20_001, '20000'])
    cluster.fault({ on: 'exec', kind: 'slow', bytes: 4, delayMs: 1 })
    expect(await run(HELLO)).toBe('hello\n')
  })

  test('bytes that are no text are not touched', async () => {
    const bytes = await execSessionBytes("printf '\\377\\000\\001\\n'")
    expect(bytes).toEqual(Buffer.of(255, 0, 1, 10))
  })

  test('arguments arrive as they are', async () => {
    const words = ['a b', "it's", '"', '&x=1', '#', 'ü', '%2F', '']
    const command = ['sh', '-c', 'for word in "$@"; do printf "%s|" "$word"; done; printf END', 'sh', ...words]
    expect(await run('', { command })).toBe(words.map((word) => `${word}|`).join(''))
  })
})

function execSessionBytes(script: string): Promise<Buffer> {
  return run(script, { read: (stdout: Buffer) => stdout } as never) as unknown as Promise<Buffer>
}

describe('the other side fails', () => {
  const faults: [Fault['kind'], ExecError['code'], RegExp][] = [
    ['forbidden', 'forbidden', /pods "helper" is forbidden: User "u" cannot get resource "pods\/exec"/],
    ['unauthorized', 'unauthorized', /Unauthorized$/],
    ['unavailable', 'failed', /apiserver not ready$/],
    ['kubelet-down', 'unreachable', /connection refused/],
    ['kubelet-down-status', 'unreachable', /connection refused/],
    ['no-status', 'no-status', /ended \(code 1000\) before the command's status came\.$/],
    ['drop', 'no-status', /ended \(code 1006\)/],
    ['destroy', 'no-server', /ECONNRESET|cut/],
    ['noise', 'protocol', /a message on channel 7/],
    ['bad-status', 'protocol', /status of the exec is not readable/],
    ['garbage', 'protocol', /channel 7/],
    ['html', 'failed', /HTTP 200/],
  ]
  test.each(faults)('%s', async (kind, code, message) => {
    cluster.fault({ on: 'exec', kind } as Fault)
    const failure = run(HELLO)
    await expect(failure).rejects.toBeInstanceOf(ExecError)
    await expect(failure).rejects.toMatchObject({ code, message: expect.stringMatching(message) })
    await expect(failure).rejects.not.toMatchObject({ message: expect.stringContaining('hunter2') })
  })

  test('a lost tail is found by its missing end, though success is reported', async () => {
    cluster.fault({ on: 'exec', kind: 'cut', bytes: 2 })
    await expect(run(HELLO)).rejects.toThrow('cut after')
  })

  test('a command that fails is told with its last words', async () => {
    await expect(run('echo no such thing >&2; exit 3')).rejects.toMatchObject({
      code: 'failed',
      message: 'Cannot scan the node n1: the command ended with exit code 3: no such thing',
    })
  })

  test('a command that is killed is no success, though its output may have come', async () => {
    cluster.fault({ on: 'exec', kind: 'killed' })
    await expect(run('printf END; sleep 30')).rejects.toMatchObject({
      code: 'killed',
      message: 'Cannot scan the node n1: the command was killed on the node.',
    })
  })

  test('what is not there', async () => {
    await expect(run(HELLO, { pod: 'other' })).rejects.toMatchObject({ code: 'not-found' })
    await expect(run(HELLO, { command: ['no-such-tool'] })).rejects.toMatchObject({ code: 'no-shell' })
    cluster.setPodStatus('default', 'helper', { phase: 'Failed' })
    await expect(run(HELLO)).rejects.toMatchObject({ code: 'not-running' })
  })

  test('a name cannot leave its place in the path', async () => {
    await expect(run(HELLO, { pod: '../../nodes/n1' })).rejects.toBeInstanceOf(ExecError)
    expect(cluster.requests().at(-1)?.path).toBe('/api/v1/namespaces/default/pods/..%2F..%2Fnodes%2Fn1/exec')
  })

  test('nothing listens', async () => {
    await cluster.stopListening()
    await expect(run(HELLO)).rejects.toMatchObject({
      code: 'no-server',
      message: expect.stringMatching(/ECONNREFUSED/),
    })
  })
})

describe('nothing hangs', () => {
  test.each(['hang', 'hang-request'] as const)('%s ends at the deadline', async (kind) => {
    cluster.fault({ on: 'exec', kind } as Fault)
    await expect(run(HELLO, { deadlineMs: 300 })).rejects.toMatchObject({
      code: 'timeout',
      message: 'Cannot scan the node n1: no end within 0.3 s.',
    })
  })

  test('a dead connection is noticed by its silence', async () => {
    cluster.fault({ on: 'exec', kind: 'half-open', after: 10 })
    await expect(run(LONG, { pingMs: 300 })).rejects.toMatchObject({
      code: 'no-status',
      message: expect.stringMatching(/a ping had no answer/),
    })
  })

  test('a connection that is silent but answers pings lives', async () => {
    expect(await run('sleep 2.5; printf END', { pingMs: 1000 })).toBe('')
  })

  test('the caller may leave, before and during', async () => {
    const abort = new AbortController()
    cluster.fault({ on: 'exec', kind: 'hang' })
    const running = run(HELLO, { signal: abort.signal })
    await expect.poll(() => cluster.requests().some((request) => request.verb === 'exec')).toBe(true)
    abort.abort(new Error('left'))
    await expect(running).rejects.toThrow('left')
    await expect(run(HELLO, { signal: abort.signal })).rejects.toThrow('left')
  })

  test('an output without end is cut at the limit', async () => {
    cluster.fault({ on: 'exec', kind: 'huge', bytes: 4_000_000 })
    await expect(run(HELLO, { maxBytes: 1_000_000 })).rejects.toMatchObject({
      code: 'too-large',
      message: 'Cannot scan the node n1: its output is larger than 1000000 bytes.',
    })
  })

  test('complaints without end are not kept', async () => {
    const script = 'i=0; while [ $i -lt 5000 ]; do i=$((i+1)); echo "complaint $i" >&2; done; printf END'
    expect(await run(script)).toBe('')
  })
})

import { randomUUID } from 'node:crypto'
import { told } from '@pausescope/shared'
import { buildNode, buildPod, type Cluster, type Fault, startCluster } from '@pausescope/testkit'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { ExecLoop, type Turn } from './exec-loop.ts'

let cluster: Cluster
let loop: ExecLoop

beforeEach(async () => {
  cluster = await startCluster({
    users: [{ name: 'u', token: 'hunter2', rules: [{ verbs: ['*'], resources: ['*'] }] }],
  })
  cluster.upsertNode(buildNode('n1'))
  cluster.upsertPod(buildPod({ name: 'helper', node: 'n1', containers: [{ name: 'main', id: 'a'.repeat(64) }] }))
})
afterEach(async () => {
  await loop?.close('end\n')
  await cluster.close()
})

/** Says what it is told, in as many lines as it is told, then ends it with the mark and a code. */
const ECHO = `
while read -r mark times code words && [ "$mark" != end ]; do
  i=0; while [ $i -lt $times ]; do i=$((i+1)); echo "$words"; done
  printf '%s %s\\n' "$mark" "$code"
done`

function open(script = ECHO, more: { pingMs?: number } = {}): ExecLoop {
  loop = new ExecLoop({
    access: { server: cluster.url, headers: { Authorization: 'Bearer hunter2' }, tls: {}, agent: undefined },
    namespace: 'default',
    pod: 'helper',
    container: 'main',
    command: ['sh', '-c', script],
    what: told('do.scan', { node: 'n1' }),
    ...more,
  })
  return loop
}

function ask(
  words: string,
  { times = 1, code = 0, ...more }: Partial<Turn<string>> & { times?: number; code?: number } = {},
) {
  const mark = randomUUID()
  return loop.turn({
    request: `${mark} ${times} ${code} ${words}\n`,
    until: new RegExp(`(?:^|\\n)${mark} (\\d+)\\n$`),
    read: (stdout) => stdout.toString('utf8'),
    signal: new AbortController().signal,
    deadlineMs: 20_000,
    ...more,
  })
}
const execs = () => cluster.requests().filter(({ verb }) => verb === 'exec').length

describe('one exec, many turns', () => {
  test.each([[undefined], ['v4-only'], ['slow']] as const)(
    'each answer is that of its own question (%s)',
    async (kind) => {
      if (kind) cluster.fault({ on: 'exec', kind, ...(kind === 'slow' ? { bytes: 3, delayMs: 1 } : {}) } as Fault)
      open()
      for (const words of ['one', 'two', 'three']) expect(await ask(words)).toBe(words)
      expect(await ask('ends 0 like a mark', { times: 3 })).toBe('ends 0 like a mark\n'.repeat(3).slice(0, -1))
      expect(await ask('', { times: 0 })).toBe('')
      expect(execs()).toBe(1)
    },
  )

  test('a long answer comes back whole', async () => {
    open()
    expect((await ask('0123456789'.repeat(5), { times: 20_000 })).length).toBe(20_000 * 51 - 1)
    expect(await ask('short')).toBe('short')
  })

  test('a turn that fails on the node, or does not please its reader, is not the end', async () => {
    open()
    await expect(ask('x', { code: 3 })).rejects.toMatchObject({ code: 'failed', message: /exit code 3/ })
    await expect(ask('x', { code: 137 })).rejects.toMatchObject({ code: 'killed' })
    const read = () => {
      throw new Error('not whole')
    }
    await expect(ask('x', { read })).rejects.toThrow('not whole')
    expect(await ask('fine')).toBe('fine')
    expect(execs()).toBe(1)
  })

  test('at the end the command ends too', async () => {
    open()
    await ask('x')
    expect(cluster.running()).toHaveLength(1)
    await loop.close('end\n')
    await expect.poll(() => cluster.running()).toEqual([])
    expect(loop.isOpen).toBe(false)
    await expect(ask('late')).rejects.toMatchObject({ code: 'not-running' })
  })

  test('a command that does not listen is cut off all the same', async () => {
    open('read -r mark times code words; echo "$mark 0"; sleep 60')
    await ask('x', { times: 0 })
    await loop.close('end\n')
    expect(loop.isOpen).toBe(false)
  })
})

/** Where the fault needs a command that ends by itself, or one that has more to say. */
const SCRIPTS: Partial<Record<string, string>> = {
  'no-status': 'read -r mark; echo "$mark"',
  killed: 'read -r mark; echo a part of it; sleep 60',
}

describe('what ends it, with the cause', () => {
  const refusals: [Fault['kind'], string, RegExp][] = [
    ['forbidden', 'forbidden', /User "u" cannot get resource "pods\/exec"/],
    ['kubelet-down', 'unreachable', /connection refused/],
    ['kubelet-down-status', 'unreachable', /connection refused/],
    ['destroy', 'no-server', /failed/],
    ['no-status', 'no-status', /before the command's status came/],
    ['drop', 'no-status', /code 1006/],
    ['noise', 'protocol', /channel 7/],
    ['killed', 'killed', /killed on the node/],
    ['huge', 'too-large', /larger than 1000 bytes/],
  ]
  test.each(refusals)('%s', async (kind, code, message) => {
    cluster.fault({ on: 'exec', kind, bytes: 4_000_000 } as Fault)
    open(SCRIPTS[kind])
    await expect(ask('x', { maxBytes: 1000 })).rejects.toMatchObject({ code, message: expect.stringMatching(message) })
    expect(loop.isOpen).toBe(false)
  })

  test.each(['hang', 'hang-request', 'cut'] as const)('%s: the deadline of the turn', async (kind) => {
    cluster.fault({ on: 'exec', kind } as Fault)
    open()
    await expect(ask('x', { deadlineMs: 500 })).rejects.toMatchObject({
      code: 'timeout',
      message: 'Cannot scan the node n1: no end within 0.5 s.',
    })
    expect(loop.isOpen).toBe(false)
  })

  test('a half-open socket is noticed between two turns, by its silence', async () => {
    open(ECHO, { pingMs: 300 })
    await ask('x')
    expect(cluster.breakExecs('half-open')).toBe(1)
    await expect.poll(() => loop.isOpen).toBe(false)
    await expect(ask('y')).rejects.toMatchObject({ code: 'no-status', message: /a ping had no answer/ })
  })

  test('a connection cut between two turns', async () => {
    open()
    await ask('x')
    cluster.breakExecs('drop')
    await expect.poll(() => loop.isOpen).toBe(false)
    await expect(ask('y')).rejects.toMatchObject({ code: 'no-status' })
  })

  test('a command that speaks unasked, or beyond its end, is not believed', async () => {
    open('while read -r mark times code words; do echo "$words"; echo "$mark 0"; sleep 0.2; echo more; done')
    expect(await ask('x')).toBe('x')
    await expect.poll(() => loop.isOpen).toBe(false)
    await expect(ask('y')).rejects.toMatchObject({ code: 'protocol', message: /without being asked/ })
  })

  test('who asks may leave: then nobody knows what would still come', async () => {
    open('while read -r mark; do sleep 60; done')
    const abort = new AbortController()
    const asked = ask('x', { signal: abort.signal })
    await expect.poll(() => cluster.running().length).toBe(1)
    abort.abort(new Error('left'))
    await expect(asked).rejects.toThrow('left')
    expect(loop.isOpen).toBe(false)
  })
})

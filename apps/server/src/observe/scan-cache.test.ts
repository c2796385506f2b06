import { expect, test } from 'vitest'
import { ScanCache } from './scan-cache.ts'

/** Scans that end when told to, and a clock that goes when told to. */
function setUp() {
  const scans: { node: string; signal: AbortSignal; end: (value: string) => void; fail: (cause: Error) => void }[] = []
  let time = 0
  const cache = new ScanCache<string>({
    maxAgeMs: 2000,
    now: () => time,
    scan: (node, signal) =>
      new Promise((resolve, reject) => {
        signal.addEventListener('abort', () => reject(signal.reason))
        scans.push({ node, signal, end: resolve, fail: reject })
      }),
  })
  const ask = (refresh = false, abort = new AbortController()) => cache.get('n1', { refresh, signal: abort.signal })
  const tick = async () => {
    for (let turn = 0; turn < 10; turn++) await Promise.resolve()
  }
  return { cache, scans, ask, tick, later: (ms: number) => (time += ms) }
}

test('all who ask share one scan, and it is served while it is fresh', async () => {
  const { scans, ask, tick, later } = setUp()
  const asked = [ask(), ask(), ask()]
  await tick()
  expect(scans).toHaveLength(1)
  scans[0]?.end('first')
  expect(await Promise.all(asked)).toEqual(['first', 'first', 'first'])
  later(1999)
  expect(await ask()).toBe('first')
  later(1)
  const next = ask()
  await tick()
  expect(scans).toHaveLength(2)
  scans[1]?.end('second')
  expect(await next).toBe('second')
})

test('other nodes do not wait', async () => {
  const { cache, scans, ask, tick } = setUp()
  void ask()
  void cache.get('n2', { refresh: false, signal: new AbortController().signal })
  await tick()
  expect(scans.map((scan) => scan.node)).toEqual(['n1', 'n2'])
})

test('a refresh never gets a scan that began before it was asked for; refreshes share the next one', async () => {
  const { scans, ask, tick } = setUp()
  const plain = ask()
  await tick()
  const refreshes = [ask(true), ask(true)]
  await tick()
  expect(scans).toHaveLength(1)
  scans[0]?.end('old')
  expect(await plain).toBe('old')
  await tick()
  expect(scans).toHaveLength(2)
  const third = ask(true)
  scans[1]?.end('new')
  expect(await Promise.all(refreshes)).toEqual(['new', 'new'])
  await tick()
  scans[2]?.end('newest')
  expect(await third).toBe('newest')
  expect(scans).toHaveLength(3)
})

test('a refresh goes past a fresh scan', async () => {
  const { scans, ask, tick } = setUp()
  const first = ask()
  await tick()
  scans[0]?.end('a')
  await first
  const second = ask(true)
  await tick()
  scans[1]?.end('b')
  expect(await second).toBe('b')
})

test('one who leaves does not end the scan; the last one to leave does', async () => {
  const { scans, ask, tick } = setUp()
  const [one, two] = [new AbortController(), new AbortController()]
  const first = ask(false, one)
  const second = ask(false, two)
  await tick()
  one.abort(new Error('left'))
  await expect(first).rejects.toThrow('left')
  expect(scans[0]?.signal.aborted).toBe(false)
  two.abort(new Error('left too'))
  await expect(second).rejects.toThrow('left too')
  expect(scans[0]?.signal.aborted).toBe(true)
})

test('a scan asked for after all have left waits for the end of the old one and does not share its fate', async () => {
  const { scans, ask, tick } = setUp()
  const left = new AbortController()
  const first = ask(false, left)
  await tick()
  left.abort(new Error('left'))
  const second = ask()
  await expect(first).rejects.toThrow('left')
  await tick()
  scans[1]?.end('alive')
  expect(await second).toBe('alive')
})

test('a failed scan reaches all who asked, is not kept, and the last good one stays', async () => {
  const { cache, scans, ask, tick, later } = setUp()
  const good = ask()
  await tick()
  scans[0]?.end('good')
  await good
  later(5000)
  const asked = [ask(), ask()]
  await tick()
  scans[1]?.fail(new Error('broken'))
  for (const one of asked) await expect(one).rejects.toThrow('broken')
  expect(cache.last('n1')).toBe('good')
  const again = ask()
  await tick()
  expect(scans).toHaveLength(3)
  scans[2]?.end('better')
  expect(await again).toBe('better')
})

test('close ends what is under way', async () => {
  const { cache, scans, ask, tick } = setUp()
  const asked = ask()
  await tick()
  cache.close()
  await expect(asked).rejects.toThrow('The server stops.')
  expect(scans[0]?.signal.aborted).toBe(true)
})

test('the last scans of the nodes looked at longest ago are forgotten', async () => {
  let scans = 0
  const cache = new ScanCache<number>({ maxAgeMs: 1e9, now: () => 0, scan: async () => ++scans })
  const { signal } = new AbortController()
  for (let node = 0; node < 100; node++) await cache.get(`n${node}`, { refresh: false, signal })
  expect(cache.last('n0')).toBeNull()
  expect(cache.last('n99')).toBe(100)
})

test('the next scan waits until all of the one before is over; who asks meanwhile gets its result as long as it is fresh', async () => {
  let scans = 0
  let time = 0
  const over = Promise.withResolvers<void>()
  const cache = new ScanCache<number>({
    maxAgeMs: 2000,
    now: () => time,
    scan: async () => ++scans,
    rest: (value) => (value === 1 ? over.promise : Promise.resolve()),
  })
  const ask = (refresh: boolean) => cache.get('n1', { refresh, signal: new AbortController().signal })
  expect(await ask(false)).toBe(1)
  expect(await ask(false)).toBe(1)
  time = 2000
  const asked = [ask(false), ask(true)]
  await Promise.resolve()
  expect(scans).toBe(1)
  over.resolve()
  expect(await Promise.all(asked)).toEqual([2, 2])
})

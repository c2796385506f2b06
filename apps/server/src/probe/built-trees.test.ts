import { rmSync } from 'node:fs'
import { join } from 'node:path'
import type { NodeScan } from '@pausescope/shared'
import { NODE_NAMESPACES, type ProcTree, type TreeProcess } from '@pausescope/testkit'
import fc from 'fast-check'
import { afterAll, describe, expect, it } from 'vitest'
import { runProbe } from './run-probe.ts'
import { findToolSets, type ToolSet } from './test/tools.ts'
import { withTree } from './test/with-tree.ts'

const toolSets = findToolSets()
afterAll(() => {
  for (const { remove } of toolSets) remove()
})
/** For large trees one set of each kind is enough. */
const oneOfEach = toolSets.filter(({ name }) => name.startsWith('dash') || name === 'busybox')

const scanTree = (tree: ProcTree, { options }: ToolSet) => withTree(tree, (root) => runProbe(root, options))
const first: TreeProcess = { pid: 1, comm: 'init', argv: ['/sbin/init'] }
const gapsOf = (scan: NodeScan) => Object.fromEntries(scan.gaps.map(({ code, count, pids }) => [code, pids ?? count]))
const find = (scan: NodeScan, pid: number) => scan.processes.find((process) => process.pid === pid)

/** Text that has the form of what the probe reads elsewhere. */
const FORGERIES = [
  ') S 1 (',
  'a\nb',
  '\n',
  '\u001b[31mred\u001b[0m\r',
  "x' -> 'net:[1]",
  "\n'1/ns/net' -> 'net:[1]'\n",
  '\n1/stat:1 (y) Z 0 ',
  '\n1/cgroup:0::/kubepods/pod1/2\n',
  '\n1/status:Uid:\t7\t7\t7\t7\n',
  '\n1/mountinfo:1 2 0:4 net:[1] /x rw - nsfs nsfs rw\n',
  '\n== links\n',
  '\n== 11111111-2222-3333-4444-555555555555 end\n',
  '\npausescope-end\n',
  ' - nsfs Uid: NSpid: :/',
]

describe.each(toolSets)('with $name', (tools) => {
  it.each(FORGERIES)('a name and an argument %j forge nothing', async (text) => {
    const evil: TreeProcess = { pid: 2, comm: text.slice(0, 15), argv: [text, '', text + text], cgroup: ['0::/evil'] }
    const scan = await scanTree({ processes: [first, evil] }, tools)
    expect(scan.gaps).toEqual([])
    expect(scan.pins).toEqual([])
    expect(scan.processes).toMatchObject([
      {
        pid: 1,
        ppid: 0,
        state: 'S',
        uid: 0,
        comm: 'init',
        argv: ['/sbin/init'],
        cgroup: ['0::/'],
        ns: NODE_NAMESPACES,
      },
      { pid: 2, ppid: 1, comm: text.slice(0, 15), argv: evil.argv, cgroup: ['0::/evil'], ns: NODE_NAMESPACES },
    ])
  })

  it('bytes that are no UTF-8 become the replacement character and touch nothing else', async () => {
    const bytes = Uint8Array.of(0x61, 0xff, 0xfe, 0x62)
    const scan = await scanTree({ processes: [first, { pid: 2, comm: bytes, argv: [bytes] }] }, tools)
    expect(find(scan, 2)).toMatchObject({ comm: 'a\ufffd\ufffdb', argv: ['a\ufffd\ufffdb'] })
    expect(scan.gaps).toEqual([])
  })

  it('a heading of head in an argument empties arguments, with a gap, and forges none', async () => {
    const evil = { pid: 3, argv: ['x', '\n==> 2/cmdline <==\nforged\0\n==> 9/cmdline <==\nforged'] }
    const scan = await scanTree(
      { processes: [first, { pid: 2, argv: ['real'] }, evil, { pid: 4, argv: ['d'] }] },
      tools,
    )
    expect(find(scan, 1)?.argv).toEqual(tools.name.endsWith('without -z') ? [] : ['/sbin/init'])
    expect(find(scan, 4)?.argv).toEqual(['d'])
    if (tools.name.endsWith('without -z')) {
      expect([find(scan, 2)?.argv, find(scan, 3)?.argv]).toEqual([[], []])
      expect(gapsOf(scan)).toEqual({ 'argv-ambiguous': [1, 2, 3] })
    } else {
      expect([find(scan, 2)?.argv, find(scan, 3)?.argv]).toEqual([['real'], ['x', ...splitNul(evil.argv[1])]])
      expect(scan.gaps).toEqual([])
    }
  })

  it('an argument of 1 MB is read, or left out with a gap', async () => {
    const long = 'x'.repeat(1_000_000)
    const scan = await scanTree({ processes: [first, { pid: 2, argv: ['a', long, 'b'] }] }, tools)
    const cut = tools.name.endsWith('without -z')
    expect(find(scan, 2)?.argv).toEqual(cut ? [] : ['a', long, 'b'])
    expect(gapsOf(scan)).toEqual(cut ? { 'argv-ambiguous': [2] } : {})
    expect(find(scan, 1)?.argv).toEqual(['/sbin/init'])
  })

  it('no arguments, empty ones and a thousand NULs after a title', async () => {
    const title = ['postgres: writer', ...Array<string>(1000).fill('')]
    const processes = [
      first,
      { pid: 2, argv: [] },
      { pid: 3, argv: [''] },
      { pid: 4, argv: ['', 'a', ''] },
      { pid: 5, argv: title },
    ]
    const scan = await scanTree({ processes }, tools)
    expect(scan.processes.map(({ argv }) => argv)).toEqual([['/sbin/init'], [], [''], ['', 'a', ''], title])
  })

  it('names every part that a process lacks', async () => {
    const gone = ['2/ns/net', '2/ns/mnt', '4/status', '5/stat', '1/mountinfo']
    const tree: ProcTree = { processes: [first, { pid: 2 }, { pid: 3, cgroup: null }, { pid: 4 }, { pid: 5 }] }
    const scan = await withTree(tree, async (root) => {
      for (const path of gone) rmSync(join(root, path))
      return runProbe(root, tools.options)
    })
    expect(find(scan, 2)).toMatchObject({ unreadable: 'denied' })
    expect(find(scan, 2)?.ns).not.toHaveProperty('net')
    expect(find(scan, 3)).toMatchObject({ cgroup: [] })
    expect(find(scan, 4)).toMatchObject({ uid: null, nspid: [4] })
    expect(find(scan, 5)).toBeUndefined()
    expect(scan.gaps.map(({ code, pids }) => [code, pids])).toEqual([
      ['links-denied', [2]],
      ['process-vanished', [5]],
      ['part-missing', [3]],
      ['part-missing', [4]],
      ['part-missing', undefined],
    ])
  })

  it('a process younger than the scan is left out, and the script too', async () => {
    const processes = [
      { pid: 1, starttime: 1 },
      { pid: 7, starttime: 499 },
      { pid: 8, starttime: 500 },
      { pid: 9, starttime: 501 },
      { pid: 50, starttime: 498 },
    ]
    const self = `51 (sh) S 50 ${'0 '.repeat(17)}500 0`
    const scan = await scanTree({ processes, files: { 'self/stat': self } }, tools)
    expect(scan.processes.map(({ pid }) => pid)).toEqual([1, 7])
    expect(gapsOf(scan)).toMatchObject({ 'pid-reused': [8, 9] })
  })

  it('a kernel without time namespaces, and one with a type of tomorrow', async () => {
    const { time, time_for_children, ...ns } = NODE_NAMESPACES
    const old = await scanTree({ processes: [{ ...first, ns }] }, tools)
    expect(old.types).not.toContain('time')
    expect(old.processes[0]).not.toHaveProperty('unreadable')
    expect(gapsOf(old)).toEqual({ 'kernel-lacks-type': 0 })

    const pin = (root: string, path: string) => `9 1 0:300 ${root} ${path} rw shared:1 - nsfs nsfs rw`
    const mountinfo = [pin('dream:[77]', '/run/a'), pin('net:[78]', '/run/b\\040c\\134')]
    const fresh = await scanTree({ processes: [{ ...first, ns: { ...NODE_NAMESPACES, dream: 77 } }], mountinfo }, tools)
    expect(fresh.gaps.map(({ code, detail }) => [code, detail])).toEqual([
      ['unknown-type', 'This kernel has namespaces that are not shown: dream.'],
    ])
    expect(fresh.pins).toEqual([{ id: { type: 'net', inode: 78, device: 0x10002c }, path: '/run/b c\\' }])
  })

  it('kernel threads, dying processes and the dead', async () => {
    const { user, pid, pid_for_children } = NODE_NAMESPACES
    const dead = { user, pid }
    const processes = [
      first,
      { pid: 2, flags: 0x208040, comm: 'kthreadd', argv: [] },
      { pid: 3, state: 'Z', ns: dead },
      { pid: 4, state: 'X', ns: { ...dead, pid_for_children } },
      { pid: 5, state: 'D', flags: 0x400104, ns: dead },
      { pid: 6, state: 'D', ns: dead },
    ]
    const scan = await scanTree({ processes }, tools)
    expect(scan.processes.map(({ kernelThread }) => kernelThread)).toEqual([false, true, false, false, false, false])
    expect(scan.processes.map(({ unreadable }) => unreadable)).toEqual([
      undefined,
      undefined,
      'gone',
      'gone',
      'gone',
      'denied',
    ])
    expect(gapsOf(scan)).toMatchObject({ 'links-denied': [6] })
  })
})

describe.each(oneOfEach)('with $name, any names', (tools) => {
  const byte = (...not: number[]) => fc.integer({ min: 1, max: 255 }).filter((value) => !not.includes(value))
  const bytes = (maxLength: number) => fc.array(byte(), { maxLength }).map((values) => Uint8Array.from(values))
  const forged = fc.constantFrom(...FORGERIES).map((text) => Uint8Array.from(Buffer.from(text)))
  const process = fc.record({
    comm: fc.oneof(
      bytes(15),
      forged.map((text) => text.slice(0, 15)),
    ),
    argv: fc.array(fc.oneof(bytes(40), forged), { maxLength: 4 }),
    uid: fc.integer({ min: 0, max: 2 ** 32 - 2 }),
    starttime: fc.integer({ min: 0, max: 2 ** 49 }),
    net: fc.integer({ min: 1, max: 2 ** 32 }),
  })
  const text = (value: Uint8Array) => Buffer.from(value).toString('utf8')

  it('come through as they are, each with its own process, in any order', async () => {
    const pids = fc.uniqueArray(fc.integer({ min: 1, max: 4_194_304 }), { minLength: 20, maxLength: 20 })
    await fc.assert(
      fc.asyncProperty(pids, fc.array(process, { minLength: 20, maxLength: 20 }), async (pids, processes) => {
        const built = processes.map(({ net, ...rest }, index) => ({
          ...rest,
          pid: pids[index] as number,
          ns: { ...NODE_NAMESPACES, net },
        }))
        const scan = await scanTree({ processes: built }, tools)
        expect(
          scan.processes.map(({ pid, comm, argv, uid, starttime, ns }) => ({ pid, comm, argv, uid, starttime, ns })),
        ).toEqual(
          built
            .map(({ comm, argv, ...rest }) => ({ ...rest, comm: text(comm), argv: argv.map(text) }))
            .sort((a, b) => a.pid - b.pid),
        )
      }),
      { numRuns: 10 },
    )
  }, 120_000)
})

describe('the node as a whole', () => {
  const plain = { options: {} } as ToolSet

  it.each<[string, string | null]>([
    ['node1\n', 'node1'],
    // Images that get their name from the network leave this one there (hostname(5)).
    ['localhost\n', null],
    ['localhost.localdomain\n', null],
    ['# who knows\nnode1\n', null],
    ['', null],
  ])('has the hostname of its file, where that is one: %j', async (content, hostname) => {
    const scan = await scanTree({ processes: [first], files: { '1/root/etc/hostname': content } }, plain)
    expect(scan.hostname).toBe(hostname)
  })

  it.each<[string, 'v1' | 'v2', string[]]>([
    ['version 2', 'v2', ['0::/init.scope']],
    ['version 2, with a hierarchy for old containers beside it', 'v2', ['1:name=systemd:/', '0::/init.scope']],
    ["version 2, with a VPN's net_cls beside it", 'v2', ['1:net_cls:/', '0::/init.scope']],
    ['a hybrid', 'v1', ['2:cpu,cpuacct:/', '1:name=systemd:/init.scope', '0::/init.scope']],
    ['version 1', 'v1', ['5:cpuacct,cpu:/', '4:memory:/']],
  ])('has a cgroup version: %s', async (_what, version, cgroup) => {
    const scan = await scanTree({ processes: [{ ...first, cgroup }] }, plain)
    expect(scan.cgroupVersion).toBe(version)
  })
})

describe('32,768 processes, 30,000 of them zombies', () => {
  const { user, pid } = NODE_NAMESPACES
  const alive = Array.from({ length: 2766 }, (_, index) => ({ pid: index + 3, like: 1, comm: `p${index}` }))
  const dead = Array.from({ length: 30_000 }, (_, index) => ({ pid: index + 2769, like: 2, state: 'Z' }))
  const processes = [first, { pid: 2, state: 'Z', argv: [], ns: { user, pid } }, ...alive, ...dead]

  it(`are read with ${oneOfEach.map(({ name }) => name).join(' and ')}`, { timeout: 300_000 }, () =>
    withTree({ processes }, async (root) => {
      for (const { options } of oneOfEach) {
        const scan = await runProbe(root, options)
        expect(scan.processes.map(({ pid, comm }) => [pid, comm])).toEqual(
          processes.map(({ pid, ...rest }) => [pid, 'comm' in rest ? rest.comm : 'built']),
        )
        expect(scan.processes.filter(({ unreadable }) => unreadable === 'gone')).toHaveLength(30_001)
        expect(scan.processes.filter(({ ns }) => ns.net === NODE_NAMESPACES.net)).toHaveLength(2767)
        expect(scan.gaps).toEqual([])
      }
    }),
  )
})

function splitNul(text: string | undefined): string[] {
  return (text ?? '').split('\0')
}

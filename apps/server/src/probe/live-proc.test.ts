import { readlinkSync } from 'node:fs'
import { NAMESPACE_TYPES, type NodeScan } from '@pausescope/shared'
import { BEHIND_LANDLOCK, whyNoLandlock } from '@pausescope/testkit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { runProbe } from './run-probe.ts'
import { findToolSets, isInstalled } from './test/tools.ts'
import { startWorld, WORLD_NEEDS, type World } from './test/world.ts'

const able = process.getuid?.() === 0 && WORLD_NEEDS.every(isInstalled)
if (!able) console.warn(`Skipped: the probe on real processes needs root and ${WORLD_NEEDS.join(', ')}.`)

const noLandlock = whyNoLandlock()
const NOBODY = ['--reuid=65534', '--regid=65534', '--clear-groups', '--bounding-set=-all', '--no-new-privs']

const find = (scan: NodeScan, ...argv: string[]) => {
  const found = scan.processes.filter((process) => argv.every((argument, at) => process.argv[at] === argument))
  expect(found, argv.join(' ')).toHaveLength(1)
  return found[0] as NodeScan['processes'][number]
}

/** Namespaces as lsns prints them: number of processes and lowest PID by `TYPE:[INODE]`. */
function censusOf({ processes }: NodeScan): Record<string, { nprocs: number; pid: number }> {
  const census: Record<string, { nprocs: number; pid: number }> = {}
  for (const { pid, ns } of processes) {
    for (const type of NAMESPACE_TYPES) {
      if (ns[type] === undefined) continue
      const key = `${type}:[${ns[type]}]`
      census[key] = { pid, ...census[key], nprocs: (census[key]?.nprocs ?? 0) + 1 }
    }
  }
  return census
}

describe.runIf(able)('a world of real processes', () => {
  let world: World
  beforeAll(async () => {
    world = await startWorld(`
      hostname in-the-world
      touch 'a pin'; unshare --net='/mnt/a pin' true
      sleep 1000 &
      sh -c 'sleep 0 & exec sleep 1001' &
      unshare --user --map-root-user --net --ipc sleep 1002 &
      unshare --time --boottime 1000 sh -c 'sleep 1003; :' &
      setpriv --reuid 1234 --clear-groups sleep 1004 &
      sleep 1`)
  })
  afterAll(() => world.end())
  const toolSets = able ? findToolSets() : []
  afterAll(() => {
    for (const { remove } of toolSets) remove()
  })

  it.each(toolSets)('with $name, has the namespaces, process counts and lowest PIDs of lsns', async ({ options }) => {
    const scan = await runProbe('/proc', { ...options, shell: world.shell('root') })
    const lsns = JSON.parse(world.run('lsns', '-l', '-J')) as {
      namespaces: { ns: number; type: string; nprocs: number; pid: number }[]
    }
    const first = scan.processes[0]?.ns
    const said = lsns.namespaces
      .filter(({ nprocs }) => nprocs > 0)
      .map(({ ns, type, nprocs, pid }) => {
        // lsns, too, was a process in the namespaces of the first one.
        const itself = first?.[type as (typeof NAMESPACE_TYPES)[number]] === Number(ns) ? 1 : 0
        return [`${type}:[${ns}]`, { nprocs: nprocs - itself, pid: Number(pid) }] as const
      })
    expect(said.length).toBeGreaterThan(8)
    expect(censusOf(scan)).toEqual(Object.fromEntries(said))
    expect(scan.gaps).toEqual([])
  })

  it('is told of as it is', async () => {
    const scan = await runProbe('/proc', { shell: world.shell('root') })
    expect(scan.hostname).toBe('in-the-world')
    expect(scan.processes[0]).toMatchObject({ pid: 1, ppid: 0, comm: 'cat', argv: ['cat'], nspid: [1] })
    expect(find(scan, 'sleep', '1004')).toMatchObject({ uid: 1234, ppid: 1, state: 'S', kernelThread: false })
    const apart = find(scan, 'sleep', '1002')
    const plain = find(scan, 'sleep', '1000')
    const differ = NAMESPACE_TYPES.filter((type) => apart.ns[type] !== plain.ns[type])
    expect(differ).toEqual(['ipc', 'net', 'user'])
    expect(find(scan, 'sleep', '1003').ns.time).not.toBe(plain.ns.time)

    const zombie = scan.processes.filter(({ state }) => state === 'Z')
    expect(zombie).toMatchObject([
      { ppid: find(scan, 'sleep', '1001').pid, comm: 'sleep', argv: [], unreadable: 'gone' },
    ])
    expect(Object.keys(zombie[0]?.ns ?? {}).sort()).toEqual(['pid', 'user'])
  })

  it('has its pin, with the path and device as the kernel has them', async () => {
    const { pins, nsfsDevice } = await runProbe('/proc', { shell: world.shell('root') })
    const [device, inode] = world.run('stat', '-c', '%d %i', '/mnt/a pin').trim().split(' ').map(Number)
    expect(pins).toEqual([{ id: { type: 'net', inode, device }, path: '/mnt/a pin' }])
    expect(nsfsDevice).toBe(device)
  })

  it('reads the same with no capability but SYS_PTRACE', async () => {
    const limited = world.shell('ptrace', '/usr/bin/setpriv', '--bounding-set=-all,+sys_ptrace', '--no-new-privs')
    const scan = await runProbe('/proc', { shell: limited })
    expect(censusOf(scan)).toEqual(censusOf(await runProbe('/proc', { shell: world.shell('root') })))
    expect(scan.gaps).toEqual([])
    expect(scan.pins).toHaveLength(1)
  })

  it.each([
    // Who made a user namespace has every capability in it, so the one in there stays open to root.
    ['root without capabilities', ['--bounding-set=-all', '--no-new-privs'], ['1002']],
    ['another user', [...NOBODY], []],
  ])('says what %s may not read, and reads the rest', async (_, limits, open) => {
    const scan = await runProbe('/proc', { shell: world.shell('limited', '/usr/bin/setpriv', ...limits) })
    const closed = scan.processes.filter(({ state, argv }) => state !== 'Z' && !open.includes(argv[1] ?? ''))
    expect(scan.gaps).toMatchObject([{ code: 'links-denied', detail: expect.stringContaining('CAP_SYS_PTRACE') }])
    expect(scan.gaps[0]?.pids).toEqual(closed.map(({ pid }) => pid))
    for (const { ns, unreadable } of closed) expect({ ns, unreadable }).toEqual({ ns: {}, unreadable: 'denied' })
    const user = find(scan, 'sleep', '1004')
    expect(user).toMatchObject({ uid: 1234, ppid: 1, nspid: [user.pid] })
    expect(user.cgroup).toContain('0::/')
  })

  it.skipIf(noLandlock)(
    noLandlock ?? 'says that a security module keeps it from others, though it has every capability',
    async () => {
      const scan = await runProbe('/proc', { shell: world.shell('landlock', BEHIND_LANDLOCK) })
      const alive = scan.processes.filter(({ state }) => state !== 'Z')
      expect(alive.length).toBeGreaterThan(5)
      for (const { ns, unreadable } of alive) expect({ ns, unreadable }).toEqual({ ns: {}, unreadable: 'denied' })
      expect(find(scan, 'sleep', '1004')).toMatchObject({ uid: 1234, ppid: 1 })
      const denied = scan.gaps.find(({ code }) => code === 'links-denied')
      expect(denied?.detail).toContain(
        'has CAP_SYS_PTRACE, but a security module of the node keeps it from other processes',
      )
      expect(denied?.pids).toEqual(alive.map(({ pid }) => pid))
    },
  )

  it('with hidepid, has nothing of what is hidden', async () => {
    world.run('sh', '-c', 'mkdir -p /mnt/hidden && mount -t proc -o hidepid=2 proc /mnt/hidden')
    const scan = await runProbe('/mnt/hidden', { shell: world.shell('nobody', '/usr/bin/setpriv', ...NOBODY) })
    expect(scan.processes).toEqual([])
    expect(scan.gaps.map(({ code }) => code)).toContain('part-missing')
  })

  it('seen from the machine, is a part of it', async () => {
    const scan = await runProbe('/proc')
    const first = scan.processes.find(({ pid }) => pid === world.pid)
    expect(first).toMatchObject({ comm: 'cat', nspid: [world.pid, 1] })
    for (const type of NAMESPACE_TYPES) {
      expect(`${type}:[${first?.ns[type]}]`).toBe(readlinkSync(`/proc/${world.pid}/ns/${type}`))
    }
  })
})

describe.runIf(able)('real processes with hostile names', () => {
  const names = [') S 1 (', 'a\nb', '1 (x) S 1', "'net:[1]'"]
  const argument = "\n1/stat:1 (y) Z 0\n'1/ns/net' -> 'net:[1]'\u001b[31m"
  const quote = (text: string) => `'${text.replaceAll("'", "'\\''")}'`
  let world: World
  beforeAll(async () => {
    const starts = names.map((name) => `cp /bin/sleep ${quote(name)}; ${quote(`./${name}`)} 1000 &`)
    world = await startWorld(`${starts.join('\n')}\nsh -c 'sleep 1000; :' ${quote(argument)} '' '== stat' &\nsleep 0.5`)
  })
  afterAll(() => world.end())

  it('are read as they are', async () => {
    const scan = await runProbe('/proc', { shell: world.shell('root') })
    for (const name of names) expect(find(scan, `./${name}`, '1000')).toMatchObject({ comm: name, ppid: 1, state: 'S' })
    expect(find(scan, 'sh', '-c', 'sleep 1000; :', argument, '', '== stat')).toMatchObject({ comm: 'sh' })
    // It waits for its input, or is about to.
    expect(scan.processes[0]).toMatchObject({ pid: 1, comm: 'cat', ppid: 0, state: expect.stringMatching(/^[RS]$/) })
    expect(scan.gaps).toEqual([])
  })
})

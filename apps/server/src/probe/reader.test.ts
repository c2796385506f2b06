import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { NodeScan } from '@pausescope/shared'
import type { TreeProcess } from '@pausescope/testkit'
import { describe, expect, it } from 'vitest'
import { runProbe } from './run-probe.ts'
import { isInstalled } from './test/tools.ts'
import { withTree } from './test/with-tree.ts'
import { startWorld, WORLD_NEEDS } from './test/world.ts'

const ALL = 'CapEff:\t000001ffffffffff\n'
const NO_PTRACE = 'CapEff:\t000001fffff7ffff\n'
const gapOf = (scan: NodeScan, code: string) => scan.gaps.find((gap) => gap.code === code)

describe('why links are denied', () => {
  const closed: TreeProcess[] = [
    { pid: 1, ns: {} },
    { pid: 2, ns: {} },
  ]
  it.each<[string, TreeProcess[], Record<string, string>, RegExp]>([
    ['no capability', closed, { 'self/status': NO_PTRACE }, /The reader lacks CAP_SYS_PTRACE: add it\.$/],
    [
      'AppArmor',
      closed,
      { 'self/status': ALL, 'self/attr/current': 'cri-containerd.apparmor.d (enforce)\n' },
      /its AppArmor profile, cri-containerd\.apparmor\.d \(enforce\), forbids it: run it with the profile Unconfined\.$/,
    ],
    [
      'SELinux, which ends its label with a NUL',
      closed,
      { 'self/status': ALL, 'self/attr/current': 'system_u:system_r:container_t:s0:c1,c2\0' },
      /SELinux keeps it \(system_u:system_r:container_t:s0:c1,c2\) from other processes: run it as spc_t\.$/,
    ],
    [
      'one process with more capabilities',
      [{ pid: 1, ns: {} }, { pid: 2 }],
      { 'self/status': ALL, 'self/attr/current': 'unconfined\n' },
      /these have a capability that it lacks/,
    ],
    ['what cannot be told, as of a captured tree', closed, {}, /needs CAP_SYS_PTRACE and, on nodes with AppArmor/],
  ])('%s', async (_name, processes, files, text) => {
    const scan = await withTree({ processes, files }, (root) => runProbe(root))
    expect(gapOf(scan, 'links-denied')?.detail).toMatch(text)
    expect(gapOf(scan, 'processes-hidden')).toBeUndefined()
  })
})

it('a folder of PID 1 that is closed: as many are hidden as cannot be read', async () => {
  const scan = await withTree({ processes: [{ pid: 7 }] }, (root) => {
    for (const pid of ['1', '2', '3']) mkdirSync(join(root, pid), { recursive: true })
    return runProbe(root)
  })
  expect(gapOf(scan, 'processes-hidden')).toMatchObject({ count: 3 })
})

const missing = WORLD_NEEDS.filter((command) => !isInstalled(command))
const whyNot = process.getuid?.() !== 0 ? 'this is not root' : missing.length > 0 ? `no ${missing.join(', ')}` : null

describe.skipIf(whyNot)(
  `a real /proc with hidepid${whyNot ? ` (skipped: ${whyNot})` : ''}`,
  { timeout: 60_000 },
  () => {
    it.each([
      ['1', /PID 1 among them\. \/proc is mounted with hidepid=(?:1|noaccess)\./],
      ['2', /PID 1 is not among them\. \/proc is mounted with hidepid=(?:2|invisible)\./],
    ])('hidepid=%s: a user sees its own processes, and the scan says so; root sees all', async (option, text) => {
      const world = await startWorld(
        `mkdir proc; mount -t proc -o hidepid=${option} proc proc; sleep 1000 & sleep 1000 &`,
      )
      try {
        const user = world.shell('user', 'setpriv --reuid 65534 --regid 65534 --clear-groups')
        const seen = await runProbe('/mnt/proc', { shell: user })
        expect(seen.processes.filter(({ uid }) => uid === 0)).toEqual([])
        expect(gapOf(seen, 'processes-hidden')?.detail).toMatch(text)
        const all = await runProbe('/mnt/proc', { shell: world.shell('root') })
        expect(all.processes.filter(({ argv }) => argv[0] === 'sleep')).toHaveLength(2)
        expect(gapOf(all, 'processes-hidden')).toBeUndefined()
      } finally {
        await world.end()
      }
    })
  },
)

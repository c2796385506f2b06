import { chownSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { runProbe } from './run-probe.ts'
import { findToolSets, isInstalled } from './test/tools.ts'
import { withTree } from './test/with-tree.ts'
import { startWorld, WORLD_NEEDS, type World } from './test/world.ts'

const missing = WORLD_NEEDS.filter((command) => !isInstalled(command))
const whyNot = process.getuid?.() !== 0 ? 'this is not root' : missing.length > 0 ? `no ${missing.join(', ')}` : null
const toolSets = findToolSets()
afterAll(() => {
  for (const { remove } of toolSets) remove()
})

describe.skipIf(whyNot)(`real user namespaces${whyNot ? ` (skipped: ${whyNot})` : ''}`, { timeout: 60_000 }, () => {
  let world: World
  beforeAll(async () => {
    // As runtimes do: the map is written first, then what the user namespace is to own is made inside it.
    world = await startWorld(`
      unshare --user sleep 1003 &
      outer=$!
      until [ "$(readlink /proc/$outer/ns/user)" != "$(readlink /proc/self/ns/user)" ]; do sleep 0.1; done
      printf '0 100000 1000\\n5000 200000 10\\n' >/proc/$outer/uid_map
      echo 0 100000 1000 >/proc/$outer/gid_map
      nsenter --user --target $outer --setuid 0 --setgid 0 unshare --net sleep 1000 &
      inner=$!
      until [ "$(readlink /proc/$inner/ns/net)" != "$(readlink /proc/self/ns/net)" ]; do sleep 0.1; done
      sleep 1001 &
      unshare --user sleep 1002 &`)
  })
  afterAll(() => world?.end())

  it.each(toolSets)('with $name: the map, and who owns the network namespace', async ({ options }) => {
    const scan = await runProbe(`/proc/${world.pid}/root/proc`, options)
    const { ns } = scan.processes.find(({ argv }) => argv[1] === '1000') ?? {}
    const unmapped = scan.processes.find(({ argv }) => argv[1] === '1002')
    expect(scan.userMaps).toEqual([
      {
        inode: ns?.user,
        ranges: [
          { inside: 0, outside: 100_000, count: 1000 },
          { inside: 5000, outside: 200_000, count: 10 },
        ],
      },
    ])
    expect(scan.netOwners).toEqual([{ inode: ns?.net, uid: 100_000 }])
    expect(unmapped?.ns.user).not.toBe(ns?.user)
    expect(scan.gaps.filter(({ code }) => code === 'malformed')).toEqual([])
  })
})

it('a map that is none is counted as malformed', async () => {
  const files = { '1/uid_map': ' 0 x 1\n', '2/uid_map': '         0     100000      65536\n' }
  const scan = await withTree({ processes: [{ pid: 1 }, { pid: 2 }], files }, (root) => runProbe(root))
  expect(scan.gaps.map(({ code, count }) => [code, count])).toEqual([['malformed', 1]])
  expect(scan.userMaps?.map(({ ranges }) => ranges)).toEqual([[{ inside: 0, outside: 100_000, count: 65_536 }]])
})

it('a copy of /proc tells no owner: its files are those of whoever made it', async () => {
  await withTree({ processes: [{ pid: 1 }] }, async (root) => {
    writeFileSync(join(root, '1/uid_map'), '0 100000 1000\n')
    mkdirSync(join(root, '1/net'), { recursive: true })
    writeFileSync(join(root, '1/net/dev'), '')
    if (process.getuid?.() === 0) chownSync(join(root, '1/net/dev'), 1001, 1001)
    const scan = await runProbe(root)
    expect(scan.userMaps).toHaveLength(1)
    expect(scan.netOwners).toBeUndefined()
  })
})

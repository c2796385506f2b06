import {
  type IndexedNamespace,
  NAMESPACE_TYPES,
  type NamespaceType,
  namespaceKey,
  processCommand,
} from '@pausescope/shared'
import { beforeAll, describe, expect, it } from 'vitest'
import { type CapturedNode, isNodes, processBounds, READ_LIMIT_MS, readCapturedNode } from './test/captured-node.ts'

/** What the node's own lsns (util-linux 2.38.1) said; namespaces whose process has a parent in the list are nested. */
type LsnsNamespace = {
  ns: number
  type: NamespaceType
  nprocs: number
  pid: number
  user: string
  command: string
  nsfs?: string | null
  children?: LsnsNamespace[]
}

function readLsns(text: string): Map<string, LsnsNamespace> {
  const flatten = (list: LsnsNamespace[]): LsnsNamespace[] =>
    list.flatMap((one) => [one, ...flatten(one.children ?? [])])
  const all = flatten((JSON.parse(text) as { namespaces: LsnsNamespace[] }).namespaces)
  return new Map(all.map((one) => [namespaceKey({ type: one.type, inode: one.ns }), one]))
}

describe.each([
  'node1-containerd-cgroup1',
  'node3-containerd-cgroup2',
  'node3-after-restart',
  'node4-crio-cgroup2',
] as const)('%s, seen by lsns', (name) => {
  let node: CapturedNode
  let lsns: Map<string, LsnsNamespace>
  let namespaces: Map<string, IndexedNamespace>
  beforeAll(async () => {
    node = await readCapturedNode(name)
    lsns = readLsns(node.file('lsns.json'))
    const all = NAMESPACE_TYPES.flatMap((type) => [...node.index.namespaces[type].values()])
    namespaces = new Map(all.filter(({ members }) => members.length > 0).map((one) => [namespaceKey(one.id), one]))
  }, READ_LIMIT_MS)

  it('has the same namespaces', () => {
    // Kernel threads are not in the captured trees; one of them, kdevtmpfs, has a mount namespace of its own.
    const seen = [...lsns].filter(([, { command }]) => command !== 'kdevtmpfs').map(([key]) => key)
    expect([...namespaces.keys()].sort()).toEqual(seen.sort())
    expect(seen.length).toBeGreaterThan(50)
  })

  it('has the same lowest PID, user and command in each', () => {
    for (const [key, { members }] of namespaces) {
      const lowest = members[0]
      const user = lowest?.uid === 0 ? 'root' : `${lowest?.uid}`
      const { pid, user: lsnsUser, command } = lsns.get(key) as LsnsNamespace
      expect({ key, pid: lowest?.pid, user, command: lowest && processCommand(lowest) }).toEqual({
        key,
        pid,
        user: lsnsUser,
        command,
      })
    }
  })

  it('has the same number of processes in each of the pods', () => {
    for (const [key, namespace] of namespaces) {
      if (isNodes(node.index, namespace)) continue
      const { least, most } = processBounds(namespace)
      const counted = lsns.get(key)?.nprocs
      expect(counted, key).toBeGreaterThanOrEqual(least)
      expect(counted, key).toBeLessThanOrEqual(most)
    }
  })

  it("has the same number in each of the node's, but for the same number of kernel threads in all", () => {
    const ranges = NAMESPACE_TYPES.map((type) => {
      const namespace = node.index.namespaces[type].get(node.index.baseline[type]?.inode ?? 0) as IndexedNamespace
      const { least, most } = processBounds(namespace)
      const apart = type === 'mnt' && [...lsns.values()].some(({ command }) => command === 'kdevtmpfs') ? 1 : 0
      const counted = (lsns.get(namespaceKey(namespace.id))?.nprocs ?? 0) + apart
      return { most: counted - least, least: counted - most }
    })
    const least = Math.max(...ranges.map((range) => range.least))
    const most = Math.min(...ranges.map((range) => range.most))
    expect(least).toBeLessThanOrEqual(most)
  })

  it('has the same pins', () => {
    const net = readLsns(node.file('lsns-net.json'))
    for (const { ns, nsfs } of net.values()) {
      const pins = node.index.namespaces.net.get(ns)?.pins.map(({ path }) => path) ?? []
      expect(pins.sort()).toEqual(nsfs ? nsfs.split('\n') : [])
    }
    expect([...net.values()].some(({ nsfs }) => nsfs)).toBe(true)
  })
})

it('counts zombies and all others exactly as lsns does, on a node where nothing came or went between', {
  timeout: READ_LIMIT_MS,
}, async () => {
  const { index, scan, file } = await readCapturedNode('node1-containerd-cgroup1')
  for (const [key, { type, ns, nprocs }] of readLsns(file('lsns.json'))) {
    expect([key, index.namespaces[type].get(ns)?.members.length]).toEqual([key, nprocs])
  }
  expect(scan.processes.filter(({ state }) => state === 'Z').length).toBe(715)
})

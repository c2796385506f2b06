import {
  buildGraph,
  buildNodeGraph,
  buildNodeScene,
  groupTitle,
  NAMESPACE_TYPES,
  type NamespaceType,
  NODE_WORDS,
  type NodeGraph,
  nodeLsnsTable,
  nodeObservationSchema,
  observeWholeNode,
  podName,
} from '@pausescope/shared'
import type { CaptureName } from '@pausescope/testkit'
import { beforeAll, describe, expect, test } from 'vitest'
import { type CapturedNode, processBounds, READ_LIMIT_MS, readCapturedNode } from './test/captured-node.ts'

/** A row of the node's own lsns; below it the rows whose process has the row's process for a parent. */
type Said = {
  ns: number
  type: NamespaceType
  pid: number
  user: string
  command: string
  nsfs?: string
  children?: Said[]
}

function flatten(said: readonly Said[]): Said[] {
  return said.flatMap((one) => [one, ...flatten(one.children ?? [])])
}

async function read(name: CaptureName): Promise<{ node: CapturedNode; graph: NodeGraph }> {
  const node = await readCapturedNode(name)
  const context = { at: '2026-11-23T11:00:00Z', cluster: { name: null, version: null }, node: node.node }
  const seen = observeWholeNode(node.index, context)
  expect(nodeObservationSchema.safeParse(seen).success).toBe(true)
  return { node, graph: buildNodeGraph(seen) }
}

const groupOf = ({ groups }: NodeGraph, pod: string) => groups.find(({ pods }) => pods.some(({ name }) => name === pod))

describe.each([
  'node1-containerd-cgroup1',
  'node3-containerd-cgroup2',
  'node3-after-restart',
  'node4-crio-cgroup2',
  'node1-hostile',
  'node3-hostile',
] as const)('the whole of %s', (name) => {
  let node: CapturedNode
  let graph: NodeGraph
  beforeAll(async () => {
    ;({ node, graph } = await read(name))
  }, READ_LIMIT_MS)

  test('each pod is judged as in its own graph', () => {
    for (const pod of graph.pods) {
      const own = buildGraph(node.observations.get(pod.key) ?? expect.fail(pod.key))
      expect(pod.findings, pod.key).toEqual(own.findings)
      const nodes = own.namespaces.filter(({ scope }) => scope === 'node')
      for (const { id, members } of nodes) {
        const inIt = members.some((member) => member.startsWith('container:'))
        expect(pod.marks[id.type].includes('node'), `${pod.key} ${id.type}`).toBe(
          inIt || (pod.running === 0 && members.length > 0),
        )
      }
    }
    expect(graph.pods.map(({ key }) => key)).toEqual(node.index.pods.map(podName))
  })

  test('no two groups have one title, and no state of a pod is cut', () => {
    const titles = graph.groups.map((group) => groupTitle(group, NAMESPACE_TYPES, NODE_WORDS.en))
    expect(titles.filter((title, at) => titles.indexOf(title) !== at)).toEqual([])
    const drawn = JSON.stringify(buildNodeScene(graph).children)
    for (const { namespace, status } of graph.pods) expect(drawn).toContain(`"text":"${namespace} · ${status}`)
  })

  test('every namespace of the node is told once: of the node, of pods, shared, or left over', () => {
    const { namespaces } = graph.observation
    const indexed = NAMESPACE_TYPES.map((type) => [type, node.index.namespaces[type].size])
    expect(NAMESPACE_TYPES.map((type) => [type, namespaces.filter((one) => one.type === type).length])).toEqual(indexed)
    for (const { type, node: own, distinct, ofPods, shared, ofNoPod, pinned } of graph.types) {
      expect((own ? 1 : 0) + ofPods + shared + ofNoPod + pinned, type).toBe(distinct)
    }
  })

  test('no two of its pods meet beyond the node', () => {
    expect(graph.shared).toEqual([])
  })

  test('is drawn as tiles of all its pods', () => {
    const { description } = buildNodeScene(graph, { theme: 'light' })
    for (const { key } of graph.pods) expect(description).toContain(key)
  })
})

describe.each(['node1-containerd-cgroup1', 'node3-containerd-cgroup2', 'node4-crio-cgroup2'] as const)(
  'tables of %s',
  (name) => {
    let node: CapturedNode
    let graph: NodeGraph
    const tableOf = (type: NamespaceType) => nodeLsnsTable(graph.observation, type)
    beforeAll(async () => {
      ;({ node, graph } = await read(name))
    }, READ_LIMIT_MS)

    test.each(NAMESPACE_TYPES)('%s is as lsns told it', (type) => {
      const { namespaces } = JSON.parse(node.file('lsns.json')) as { namespaces: Said[] }
      // Kernel threads are not in the captured trees; one of them has a mount namespace of its own.
      const said = flatten(namespaces).filter((one) => one.type === type && one.command !== 'kdevtmpfs')
      const rows = tableOf(type).filter(({ pid }) => pid !== null)
      const told = (row: Pick<Said, 'ns' | 'pid' | 'user' | 'command'>) => [row.ns, row.pid, row.user, row.command]
      const byNumber = (a: { ns: number }, b: { ns: number }) => a.ns - b.ns
      expect(rows.toSorted(byNumber).map((row) => told({ ...row, pid: row.pid ?? 0 }))).toEqual(
        said.toSorted(byNumber).map(told),
      )
      for (const { ns, nprocs } of rows) {
        const { members } = node.index.namespaces[type].get(ns) ?? expect.fail(`${ns}`)
        const { least, most } = processBounds({ members } as Parameters<typeof processBounds>[0])
        expect(nprocs).toBeGreaterThanOrEqual(least)
        expect(nprocs).toBeLessThanOrEqual(most)
      }
    })

    test('net is in the order of lsns -t net, with its tree and where each is pinned', () => {
      const { namespaces } = JSON.parse(node.file('lsns-net.json')) as { namespaces: Said[] }
      const said = (rows: readonly Said[], depth = 0): unknown[] =>
        rows.flatMap(({ ns, pid, nsfs, children = [] }) => [[ns, pid, nsfs ?? '', depth], ...said(children, depth + 1)])
      const rows = tableOf('net').filter(({ pid }) => pid !== null)
      expect(rows.map(({ ns, pid, nsfs = [], branches }) => [ns, pid, nsfs.join('\n'), branches.length])).toEqual(
        said(namespaces),
      )
    })
  },
)

describe('users of the node’s namespaces', () => {
  test('on containerd hostNetwork takes uts too; on CRI-O it does not', { timeout: READ_LIMIT_MS }, async () => {
    const containerd = (await read('node3-containerd-cgroup2')).graph
    expect(groupOf(containerd, 'host-network')).toMatchObject({
      kind: 'node',
      nodeTypes: ['net', 'uts'],
      fields: ['spec.hostNetwork: true'],
    })
    expect(groupOf(containerd, 'host-all')).toMatchObject({ kind: 'node', nodeTypes: ['net', 'uts', 'ipc', 'pid'] })
    const net = containerd.types.find(({ type }) => type === 'net')?.node
    expect(net?.podKeys).toEqual(['lab-v2/host-all', 'lab-v2/host-network'])
    const crio = (await read('node4-crio-cgroup2')).graph
    expect(groupOf(crio, 'host-network')).toMatchObject({ kind: 'node', nodeTypes: ['net'] })
    expect(groupOf(crio, 'host-all')).toMatchObject({ kind: 'node', nodeTypes: ['net', 'ipc', 'pid'] })
  })

  test('other shapes are told by the field that makes them', { timeout: READ_LIMIT_MS }, async () => {
    const { graph } = await read('node3-containerd-cgroup2')
    expect(groupOf(graph, 'shared-pid')?.fields).toEqual(['spec.shareProcessNamespace: true'])
    expect(groupOf(graph, 'own-userns-2')?.fields).toEqual(['spec.hostUsers: false'])
    expect(groupOf(graph, 'privileged-mix')).toMatchObject({ marks: { cgroup: ['own', 'node'] } })
    expect(groupOf(graph, 'finished')?.kind).toBe('silent')
    expect(graph.findings.map(({ code, items }) => [code, items.map(({ pod }) => pod)])).toEqual([
      ['nested-namespace', ['lab-v2/nested-ns']],
    ])
  })
})

describe('left over', () => {
  test('network namespaces that are pinned and have no process', { timeout: READ_LIMIT_MS }, async () => {
    const { graph } = await read('node1-containerd-cgroup1')
    expect(graph.leftOvers.pinned.map(({ key, pins }) => [key, pins])).toEqual([
      ['net:[4026532177]', ['/run/netns/cni-cfdfcea3-650a-e9c8-1184-7d0819837992']],
      ['net:[4026532320]', ['/run/netns/node2']],
    ])
  })

  test('those that services of the node made for themselves', { timeout: READ_LIMIT_MS }, async () => {
    const { graph } = await read('node3-containerd-cgroup2')
    const told = graph.leftOvers.ofNoPod.map(({ type, command }) => `${type} ${command}`)
    expect(told).toEqual([
      'mnt /lib/systemd/systemd-udevd',
      'mnt /lib/systemd/systemd-logind',
      'uts /lib/systemd/systemd-udevd',
      'uts /lib/systemd/systemd-logind',
    ])
    expect(graph.leftOvers.pinned).toEqual([])
  })
})

import { describe, expect, test } from 'vitest'
import type { ScannedProcess } from '../model/node-scan.ts'
import type { Pod } from '../model/pod.ts'
import { observePod } from '../observe/observe.ts'
import { observeWholeNode, observeWholeNodeWithoutScan } from '../observe/observe-whole-node.ts'
import { indexScan, podName } from '../observe/scan-index.ts'
import { CONTEXT, cgroupLine, container, containerId, pod, process, scan } from '../test/domain-builders.ts'
import { buildNode, observeBuilt } from '../test/node-builder.ts'
import { buildGraph } from './graph.ts'
import { buildNodeGraph } from './node-graph.ts'

const ID = containerId('a')
const web = pod([container('nginx', { id: ID })])
const pause = process(9, {
  cgroup: [cgroupLine(containerId('d'))],
  argv: ['/pause'],
  ns: { net: 1, uts: 2, ipc: 3, pid: 4, mnt: 5 },
})
const nginx = (ns: ScannedProcess['ns'], more: Partial<ScannedProcess> = {}) =>
  process(10, { cgroup: [cgroupLine(ID)], ns: { net: 1, uts: 2, ipc: 3, pid: 6, mnt: 7, cgroup: 8, ...ns }, ...more })
const graphOf = (processes: ScannedProcess[], pods: Pod[] = [web]) =>
  buildNodeGraph(observeWholeNode(indexScan(scan([process(1), ...processes]), pods), CONTEXT))

describe('a node of many pods', () => {
  const graph = buildNodeGraph(observeBuilt(buildNode(110)))

  test('has each pod in one group: users of the node’s first, then what is alike', () => {
    expect(graph.groups.flatMap(({ pods }) => pods.map(({ key }) => key)).sort()).toEqual(
      graph.pods.map(({ key }) => key),
    )
    const told = graph.groups.map(({ kind, nodeTypes, fields, pods }) => [
      kind,
      nodeTypes.join(),
      fields.join(),
      pods.length,
    ])
    expect(told).toEqual([
      ['node', 'net,uts', 'spec.hostNetwork: true', 10],
      ['node', 'pid', 'spec.hostPID: true', 6],
      ['pattern', '', '', 79],
      ['pattern', '', 'spec.shareProcessNamespace: true', 8],
      ['pattern', '', 'spec.hostUsers: false', 5],
      ['pattern', '', '', 2],
    ])
  })

  test('tells of each type how many there are and whose', () => {
    const net = graph.types.find(({ type }) => type === 'net')
    expect(net).toMatchObject({ distinct: 102, ofPods: 100, shared: 0, ofNoPod: 0, pinned: 1 })
    expect(net?.node).toMatchObject({ key: 'net:[4026531840]', command: '/sbin/init' })
    expect(net?.node?.podKeys).toHaveLength(10)
    expect(graph.types.find(({ type }) => type === 'mnt')).toMatchObject({ distinct: 332, ofPods: 330, ofNoPod: 1 })
  })

  test('tells what pods share beyond themselves, and what is left over', () => {
    expect(graph.shared.map(({ key, pods }) => [key, pods.length])).toEqual([['ipc:[100022]', 2]])
    for (const key of graph.shared[0]?.podKeys ?? []) {
      expect(graph.pods.find((each) => each.key === key)?.marks.ipc).toEqual(['foreign'])
    }
    expect(graph.leftOvers.pinned.map(({ key }) => key)).toEqual(['net:[900002]'])
    expect(graph.leftOvers.ofNoPod.map(({ key, command }) => [key, command])).toEqual([
      ['mnt:[900001]', '/lib/systemd/systemd-udevd'],
    ])
  })
})

test('pause is left out of a pod’s marks, unless there is nothing else', () => {
  expect(graphOf([pause, nginx({})]).pods[0]?.marks.cgroup).toEqual(['own'])
  expect(graphOf([pause]).pods[0]?.marks).toMatchObject({ cgroup: ['node'], net: ['pod'] })
})

test('containers that differ are both told', () => {
  const two = pod([container('nginx', { id: ID }), container('side', { id: containerId('b'), privileged: true })])
  const side = nginx({ pid: 16, mnt: 17 }, { pid: 11, cgroup: [cgroupLine(containerId('b'))] })
  side.ns.cgroup = 4026531835
  expect(graphOf([pause, nginx({}), side], [two]).pods[0]?.marks.cgroup).toEqual(['own', 'node'])
})

test('pods without a process, and such as cannot be read, are not taken for each other', () => {
  const denied = { ...nginx({}), ns: {}, unreadable: 'denied' as const }
  expect(graphOf([]).groups.map(({ kind }) => kind)).toEqual(['silent'])
  expect(graphOf([denied]).groups.map(({ kind }) => kind)).toEqual(['unread'])
  const unscanned = observeWholeNodeWithoutScan([web], CONTEXT, { code: 'no-scan', detail: 'x', count: 0 })
  const { groups, findings, gaps } = buildNodeGraph(unscanned)
  expect([groups.map(({ kind }) => kind), findings, gaps.length]).toEqual([['unread'], [], 1])
})

describe('what the API server does not name', () => {
  const docker = process(30, {
    cgroup: [`0::/docker/${containerId('7')}`],
    comm: 'redis-server',
    ns: { net: 71, uts: 72, ipc: 73, pid: 74, mnt: 75 },
  })
  const hidden = (pid: number, id: string, more: Partial<ScannedProcess> = {}) =>
    process(pid, {
      cgroup: [cgroupLine(containerId(id), 'hidden')],
      ns: { net: 81, uts: 82, ipc: 83, mnt: pid, pid },
      ...more,
    })
  const graph = graphOf([pause, nginx({}), docker, hidden(40, '8', { argv: ['/pause'] }), hidden(41, '9')])

  test('has tiles of its own, in groups of their own', () => {
    expect(graph.groups.map(({ kind, pods }) => [kind, pods.map(({ key }) => key)])).toEqual([
      ['pattern', ['default/web']],
      ['unnamed', ['pod hidden']],
      ['container', ['container 700000000000']],
    ])
    expect(graph.pods.at(-1)).toMatchObject({ namespace: 'docker', name: '700000000000', comm: 'redis-server' })
    expect(graph.pods.at(-1)?.marks).toMatchObject({ net: ['own'], mnt: ['own'], user: ['node'] })
    expect(graph.pods.at(-2)).toMatchObject({ running: 1, containers: 1, status: '' })
    expect(graph.pods.at(-2)?.marks).toMatchObject({ net: ['pod'], mnt: ['own'] })
  })

  test('is held to no rule of Kubernetes', () => {
    expect(graph.findings).toEqual([])
  })

  test('is counted apart from the pods', () => {
    const net = graph.types.find(({ type }) => type === 'net')
    expect(net).toMatchObject({ distinct: 4, ofPods: 2, shared: 0, ofNoPod: 1, pinned: 0 })
    expect(graph.leftOvers.ofNoPod).toEqual([])
  })

  test('is told of where it meets a pod', () => {
    const guest = graphOf([pause, nginx({}), { ...docker, ns: { ...docker.ns, net: 1 } }])
    expect(guest.shared.map(({ key, podKeys }) => [key, podKeys])).toEqual([
      ['net:[1]', ['default/web', 'container 700000000000']],
    ])
    expect(guest.pods.map(({ marks }) => marks.net)).toEqual([['foreign'], ['foreign']])
    // No two pods meet, so nothing is found of the pod.
    expect(guest.findings).toMatchObject([
      {
        code: 'pods-meet',
        items: [{ pod: 'container 700000000000', text: expect.stringContaining('default/web') }],
      },
    ])
  })
})

describe('pods behind a kernel of their own', () => {
  const cgroup = [cgroupLine(containerId('d'))]
  const sentry = process(9, { cgroup, argv: ['runsc-sandbox', 'boot'], comm: 'exe', ns: pause.ns })
  test.each([
    ['by a process', [sentry], 'gVisor', 'process 9 (runsc-sandbox)'],
    [
      'by the monitor',
      [{ ...sentry, argv: ['/usr/bin/cloud-hypervisor'], comm: 'cloud-hyperviso' }],
      'Kata Containers',
      'process 9 (/usr/bin/cloud-hypervisor)',
    ],
  ])('are told as such %s, and no place is', (_, processes, runtime, evidence) => {
    const graph = graphOf([...processes, nginx({})])
    expect(graph.groups.map(({ kind, pods }) => [kind, pods.length])).toEqual([['isolated', 1]])
    expect(graph.pods[0]).toMatchObject({ isolation: { runtime, evidence }, running: 0, unread: [] })
    expect(Object.values(graph.pods[0]?.marks ?? {}).flat()).toEqual([])
  })

  test('stand by their runtime', () => {
    const kata = { ...web, runtimeClassName: 'kata-qemu' }
    expect(graphOf([], [kata]).groups.map(({ kind }) => kind)).toEqual(['isolated'])
  })
})

test('what processes and threads made inside containers is told of their pod', () => {
  const maker = nginx({ net: 77 }, { pid: 12, ppid: 10, comm: 'unshare' })
  const worker = nginx({}, { pid: 13, ppid: 10, threads: [{ tid: 14, ns: { uts: 78 } }] })
  expect(graphOf([pause, nginx({}), maker, worker]).pods[0]?.inside).toEqual(['net', 'uts'])
  expect(graphOf([pause, nginx({})]).pods[0]?.inside).toEqual([])
})

describe('each pod is judged as in its own graph', () => {
  const shapes: [string, string, ScannedProcess[]][] = [
    ['as the spec predicts', '', [pause, nginx({})]],
    ['in the node’s network, which nobody asked for', 'differs', [pause, nginx({ net: 4026531840 })]],
    [
      'with a process that left',
      'nested-namespace',
      [pause, nginx({}), nginx({ net: 77 }, { pid: 12, ppid: 10, comm: 'unshare' })],
    ],
    [
      'with threads that left',
      'nested-namespace',
      [
        pause,
        nginx({}, { threads: [{ tid: 11, ns: { net: 77 } }] }),
        nginx({}, { pid: 12, ppid: 10, comm: 'worker', threads: [{ tid: 13, ns: { uts: 78 } }] }),
      ],
    ],
    ['without pause', 'pause-missing', [nginx({})]],
    [
      'with a container nobody knows',
      'unknown-container',
      [pause, nginx({}), process(20, { cgroup: [cgroupLine(containerId('e'))] })],
    ],
    [
      'in the network of a process that was there before',
      'differs',
      [pause, process(5, { ns: { net: 88 } }), nginx({ net: 88 })],
    ],
    ['in the network of a process that came after', '', [pause, nginx({}), process(50, { ns: { net: 1 } })]],
    ['without a process though it runs', 'status-behind', [pause]],
    [
      'with a pod that nobody names in its network',
      'pods-meet,pause-missing',
      [pause, nginx({}), process(50, { cgroup: [cgroupLine(containerId('e'), 'hidden')], ns: { net: 1 } })],
    ],
    ['behind gVisor', 'isolated', [{ ...pause, argv: ['runsc-sandbox', 'boot'], comm: 'exe' }, nginx({})]],
  ]
  test.each(shapes)('%s', (_, code, processes) => {
    const index = indexScan(scan([process(1), ...processes]), [web])
    const whole = buildNodeGraph(observeWholeNode(index, CONTEXT))
    expect(whole.pods[0]?.findings).toEqual(buildGraph(observePod(index, web, CONTEXT)).findings)
    expect([...new Set(whole.findings.map((found) => found.code))].join()).toBe(code)
  })

  test('all of a large node', () => {
    const { scan: all, pods } = buildNode(60)
    const index = indexScan(all, pods)
    const own = index.pods.map((each) => [podName(each), buildGraph(observePod(index, each, CONTEXT)).findings])
    const whole = buildNodeGraph(observeWholeNode(index, CONTEXT))
    expect(whole.pods.map(({ key, findings }) => [key, findings])).toEqual(own)
  })
})

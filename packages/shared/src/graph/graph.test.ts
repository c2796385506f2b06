import { describe, expect, it } from 'vitest'
import { NAMESPACE_TYPES } from '../model/namespace-type.ts'
import type { Gap, Pin, ScannedProcess } from '../model/node-scan.ts'
import type { Pod, PodContainer } from '../model/pod.ts'
import { observePod, observeWithoutScan } from '../observe/observe.ts'
import { indexScan } from '../observe/scan-index.ts'
import { buildScene } from '../picture/build-scene.ts'
import { CONTEXT, cgroupLine, container, containerId, node, pod, process, scan } from '../test/domain-builders.ts'
import { buildGraph } from './graph.ts'
import type { PodGraph } from './graph-types.ts'
import { membershipTable } from './membership-table.ts'

const ID = { pause: containerId('bb'), nginx: containerId('aa'), shell: containerId('cc'), older: containerId('dd') }
/** The sandbox's namespaces. */
const POD = { net: 101, ipc: 102, uts: 103 }
/** What a container has for itself; `of` keeps the inodes of two apart. */
const own = (of: number) => ({ ...POD, mnt: of, pid: of + 1, cgroup: of + 2 })

const inPod = (pid: number, id: string, ns: ScannedProcess['ns'], more: Partial<ScannedProcess> = {}) =>
  process(pid, {
    cgroup: [cgroupLine(id)],
    argv: id === ID.pause || id === ID.older ? ['/pause'] : ['/bin/app'],
    ns,
    ...more,
  })
const pause = (more: Partial<ScannedProcess> = {}) => inPod(10, ID.pause, { ...POD, mnt: 110, pid: 111 }, more)
const nginx = (ns: ScannedProcess['ns'] = own(120), more: Partial<ScannedProcess> = {}) => inPod(20, ID.nginx, ns, more)
const shell = (ns: ScannedProcess['ns'] = own(130)) => inPod(30, ID.shell, ns)

const NGINX = container('nginx', { id: ID.nginx })
const SHELL = container('shell', { id: ID.shell })

type Shape = {
  containers?: PodContainer[]
  spec?: Partial<Pod>
  runtime?: string
  pins?: Pin[]
  init?: Partial<ScannedProcess>
  gaps?: Gap[]
}

function graphOf(
  processes: ScannedProcess[],
  { containers = [NGINX, SHELL], spec, runtime = 'containerd', pins = [], init, gaps = [] }: Shape = {},
) {
  const web = pod(containers, spec)
  const all = scan([process(1, { ppid: 0, ...init }), ...processes], { pins, gaps })
  return buildGraph(observePod(indexScan(all, [web]), web, { ...CONTEXT, node: node({ runtime }) }))
}
const find = (graph: PodGraph, key: string) => graph.namespaces.find((one) => one.key === key)
const codes = (graph: PodGraph) => graph.findings.map(({ code }) => code)
const link = (graph: PodGraph, name: string, type: string) =>
  graph.containers.find((one) => one.name === name)?.memberships.find((one) => one.type === type)

describe('a pod as it should be', () => {
  const graph = graphOf([pause(), nginx(), shell()])

  it('has the sandbox first, then the containers, each with its eight memberships', () => {
    expect(graph.containers.map(({ key, pid }) => [key, pid])).toEqual([
      [`sandbox:${ID.pause}`, 10],
      ['container:nginx', 20],
      ['container:shell', 30],
    ])
    for (const { memberships } of graph.containers)
      expect(memberships.map(({ agrees }) => agrees)).toEqual(Array(8).fill(true))
    expect(graph.findings).toEqual([])
  })

  it('says why and proves it', () => {
    expect(link(graph, 'nginx', 'net')).toEqual({
      container: 'container:nginx',
      namespace: 'net:[101]',
      type: 'net',
      expectation: { place: 'sandbox', field: 'spec.hostNetwork not set', reason: 'net-sandbox' },
      agrees: true,
      why: expect.stringContaining('localhost'),
      proof: { command: 'readlink /proc/20/ns/net', output: 'net:[101]' },
    })
  })

  it("puts what is shared, what is own and what is the node's apart", () => {
    expect(find(graph, 'net:[101]')).toMatchObject({
      scope: 'pod',
      facts: ['10.244.1.2'],
      holder: { kind: 'pause', pid: 10 },
    })
    expect(find(graph, 'uts:[103]')).toMatchObject({ scope: 'pod', facts: ['web'] })
    expect(find(graphOf([pause(), nginx()], { spec: { hostname: '' } }), 'uts:[103]')?.facts).toEqual([])
    expect(find(graph, 'mnt:[120]')).toMatchObject({
      scope: 'own',
      holder: { kind: 'process', pid: 20, command: '/bin/app' },
    })
    expect(find(graph, 'time:[4026531834]')).toMatchObject({ scope: 'node', holder: null, census: { nprocs: 4 } })
  })
})

it('orders init, sidecar, app, ephemeral whatever the spec mixes, and keeps those without a process', () => {
  const ended = { kind: 'terminated' as const, reason: 'Completed', exitCode: 0, finishedAt: null }
  const containers = [
    container('proxy', { kind: 'sidecar' }),
    container('setup', { kind: 'init', state: ended }),
    NGINX,
    container('debug', { kind: 'ephemeral', state: { kind: 'unknown' } }),
    container('later', { state: { kind: 'waiting', reason: 'ErrImagePull', message: null } }),
  ]
  const graph = graphOf([pause(), nginx()], { containers })
  expect(graph.containers.map(({ name }) => name)).toEqual(['pause', 'setup', 'proxy', 'nginx', 'later', 'debug'])
  expect(graph.containers[1]).toMatchObject({ pid: null, state: ended, memberships: [], unreadable: [] })
  // The one container that the API server calls running has no process.
  expect(graph.findings).toMatchObject([{ code: 'status-behind', about: ['container:proxy'] }])
})

describe('rule and observation differ', () => {
  it.each<[string, ScannedProcess[], Shape, string]>([
    [
      "a container is in the node's net",
      [pause(), nginx({ ...own(120), net: 4026531840 }), shell()],
      {},
      "Container nginx: the spec (spec.hostNetwork not set) predicts the sandbox's for the net namespace, but it is in net:[4026531840], the node's.",
    ],
    [
      "a container is not in the sandbox's ipc",
      [pause(), nginx(), shell({ ...own(130), ipc: 999 })],
      {},
      "Container shell: the spec (spec.hostIPC not set) predicts the sandbox's for the ipc namespace, but it is in ipc:[999], a namespace apart.",
    ],
    [
      'a hostIPC pod has its own ipc',
      [pause({ ns: { mnt: 110, pid: 111, ...POD, ipc: 4026531839 } }), nginx({ ...own(120), ipc: 999 })],
      { containers: [NGINX], spec: { hostIPC: true } },
      "Container nginx: the spec (spec.hostIPC: true) predicts the node's for the ipc namespace, but it is in ipc:[999], a namespace apart.",
    ],
    [
      'an ephemeral container missed its target',
      [pause(), nginx(), shell()],
      { containers: [NGINX, container('shell', { id: ID.shell, kind: 'ephemeral', targetContainerName: 'nginx' })] },
      'Container shell: the spec (ephemeralContainers[].targetContainerName) predicts that of the container it targets for the pid namespace, but it is in pid:[131], a namespace apart.',
    ],
  ])('%s', (_name, processes, shape, text) => {
    const graph = graphOf(processes, shape)
    expect(graph.findings).toMatchObject([{ code: 'differs', severity: 'warning', text }])
  })

  it("a network apart has not the pod's address", () => {
    const graph = graphOf([pause(), nginx(), shell({ ...own(130), net: 999, uts: 998 })])
    expect(codes(graph)).toEqual(['differs', 'differs'])
    expect(find(graph, 'net:[101]')?.facts).toEqual(['10.244.1.2'])
    for (const key of ['net:[999]', 'uts:[998]']) expect(find(graph, key)).toMatchObject({ scope: 'own', facts: [] })
  })

  it("pause is in the node's net", () => {
    const graph = graphOf([pause({ ns: { ...POD, net: 4026531840, mnt: 110, pid: 111 } }), nginx()], {
      containers: [NGINX],
    })
    expect(graph.findings.map(({ text }) => text.split(':')[0])).toEqual(['Pause', 'Container nginx'])
    expect(link(graph, 'nginx', 'ipc')?.agrees).toBe(true)
  })

  it('two containers share what each should have for itself', () => {
    const graph = graphOf([pause(), nginx(), shell({ ...own(130), mnt: 120 })])
    expect(codes(graph)).toEqual(['differs', 'differs'])
    expect(graph.findings[0]?.text).toContain('mnt:[120], which it shares with shell.')
    expect(find(graph, 'mnt:[120]')).toMatchObject({ scope: 'pod', members: ['container:nginx', 'container:shell'] })
    expect(link(graph, 'nginx', 'mnt')?.why).toMatch(/^The spec does not explain this\./)
  })

  it.each([
    ['first', 15, true],
    // PIDs wrap around: a visitor's may be lower than those of who was there before it.
    ['later', 25, false],
  ])('a process from outside, which came %s, is in what should be its own', (_when, starttime, differs) => {
    const visitor = process(5, { starttime, ns: { mnt: 120 } })
    const graph = graphOf([visitor, pause(), nginx()], { containers: [NGINX], runtime: 'cri-o' })
    expect(find(graph, 'mnt:[120]')?.scope).toBe(differs ? 'foreign' : 'own')
    expect(link(graph, 'nginx', 'mnt')?.agrees).toBe(!differs)
    expect(codes(graph)).toEqual(differs ? ['differs'] : [])
  })

  it('a visitor from outside outlived the only container, which is back where CRI-O keeps its namespaces', () => {
    const visitor = process(15, { starttime: 15, ns: { net: 101 } })
    const pinned = (type: Pin['id']['type'], inode: number, name: string): Pin => ({
      id: { type, inode, device: 4 },
      path: `/run/${type}ns/${name}`,
    })
    const of = (...pins: Pin[]) =>
      graphOf([visitor, nginx()], { containers: [NGINX], runtime: 'cri-o', pins: [pinned('net', 101, 'a'), ...pins] })
    const graph = of(pinned('ipc', 102, 'a'), pinned('uts', 103, 'a'))
    expect(find(graph, 'net:[101]')).toMatchObject({ scope: 'pod', holder: { kind: 'pin' }, facts: ['10.244.1.2'] })
    expect(graph.findings).toEqual([])
    // Pinned under another name it is somebody else's, also where the node's own is pinned under that one.
    const apart = of(pinned('ipc', 102, 'b'), pinned('uts', 4026531838, 'a'))
    expect(find(apart, 'net:[101]')).toMatchObject({ scope: 'foreign' })
    expect(codes(apart)).toEqual(['differs'])
  })

  it("one is in another pod's namespace", () => {
    const stranger = process(15, {
      cgroup: [cgroupLine(ID.older, 'f57caa45-724f-4328-bc2e-b81a1220cf47')],
      ns: { net: 777 },
    })
    const graph = graphOf([pause(), nginx({ ...own(120), net: 777 }), stranger], { containers: [NGINX] })
    expect(find(graph, 'net:[777]')).toMatchObject({ scope: 'foreign', facts: [], members: ['container:nginx'] })
    expect(graph.findings[0]?.text).toContain(
      'net:[777], which is held outside the pod (a pod that the API server does not name).',
    )
  })
})

it("lets an ephemeral container into the pid namespace of its target, which stays the target's own", () => {
  const debug = container('shell', { id: ID.shell, kind: 'ephemeral', targetContainerName: 'nginx' })
  const graph = graphOf([pause(), nginx(), shell({ ...own(130), pid: 121 })], { containers: [NGINX, debug] })
  expect(link(graph, 'nginx', 'pid')?.agrees).toBe(true)
  expect(link(graph, 'shell', 'pid')).toMatchObject({ agrees: true, expectation: { place: 'target' } })
  expect(graph.findings).toEqual([])
})

it("takes a target called pause for the container of that name, not for the sandbox's own process", () => {
  const debug = container('shell', { id: ID.shell, kind: 'ephemeral', targetContainerName: 'pause' })
  const named = container('pause', { id: ID.nginx })
  const graph = graphOf([pause(), nginx(), shell({ ...own(130), pid: 121 })], { containers: [named, debug] })
  expect(graph.findings).toEqual([])
})

it('stands by the process of the present id when one of the life before is left', () => {
  const again = container('nginx', { id: ID.nginx, previousId: ID.shell })
  const graph = graphOf([pause(), nginx({ ...own(120) }, { pid: 40 }), shell()], { containers: [again] })
  expect(graph.containers[1]).toMatchObject({ pid: 40 })
  expect(graph.containers[1]?.processes.map(({ pid }) => pid)).toEqual([30, 40])
})

it('leaves open what an unknown runtime decides', () => {
  const graph = graphOf([pause(), nginx()], { containers: [NGINX], runtime: 'rkt' })
  expect(link(graph, 'nginx', 'uts')).toMatchObject({ expectation: null, agrees: null, namespace: 'uts:[103]' })
  expect(graph.findings).toEqual([])
})

describe('who holds a namespace', () => {
  const pin = (type: 'net' | 'uts', inode: number, path: string): Pin => ({ id: { type, inode, device: 4 }, path })

  it('is pause, with the pins beside it', () => {
    const graph = graphOf([pause(), nginx()], { containers: [NGINX], pins: [pin('net', 101, '/run/netns/cni-1')] })
    expect(find(graph, 'net:[101]')?.holder).toEqual({ kind: 'pause', pid: 10, pins: ['/run/netns/cni-1'] })
  })

  it('is a pin under CRI-O, where no pause is missing', () => {
    const pins = [pin('net', 101, '/run/netns/b'), pin('net', 101, '/run/netns/a')]
    const graph = graphOf([nginx()], { containers: [NGINX], runtime: 'cri-o', pins })
    expect(find(graph, 'net:[101]')).toMatchObject({
      scope: 'pod',
      facts: ['10.244.1.2'],
      holder: { kind: 'pin', paths: ['/run/netns/a', '/run/netns/b'] },
    })
    expect(graph.findings).toEqual([])
  })

  it('is the lowest process, and under containerd it is said that pause is missing', () => {
    const graph = graphOf([nginx(), shell()])
    expect(find(graph, 'ipc:[102]')).toMatchObject({ scope: 'pod', holder: { kind: 'process', pid: 20 } })
    expect(graph.findings).toMatchObject([{ code: 'pause-missing', severity: 'warning' }])
  })

  it('is not said to be without pause when pause may be among the processes that are hidden', () => {
    const gaps = [{ code: 'processes-hidden' as const, detail: 'Hidden.', count: 9 }]
    expect(graphOf([nginx(), shell()], { gaps }).findings).toEqual([])
  })
})

describe('processes that left their container', () => {
  it('hang new namespaces under it, with the one that made them', () => {
    const made = { ...own(120), net: 500, uts: 501 }
    const graph = graphOf(
      [pause(), nginx(), nginx(made, { pid: 22, ppid: 20, comm: 'unshare' }), nginx(made, { pid: 23, ppid: 22 })],
      { containers: [NGINX] },
    )
    expect(graph.namespaces.filter(({ nested }) => nested)).toMatchObject([
      { key: 'net:[500]', scope: 'own', members: ['container:nginx'], holder: { kind: 'process', pid: 22 }, facts: [] },
      { key: 'uts:[501]', scope: 'own', members: ['container:nginx'] },
    ])
    expect(graph.findings).toMatchObject([
      { code: 'nested-namespace', severity: 'note', about: ['container:nginx', 'net:[500]', 'uts:[501]'] },
    ])
    expect(graph.findings[0]?.text).toContain('process 22 (unshare) made net:[500] and uts:[501]')
    expect(link(graph, 'nginx', 'net')?.namespace).toBe('net:[101]')
  })

  it("is no new namespace of the container when it is the node's", () => {
    const graph = graphOf([pause(), nginx(), nginx({ ...own(120), net: 4026531840 }, { pid: 22, ppid: 20 })], {
      containers: [NGINX],
    })
    expect(graph.namespaces.some(({ nested }) => nested)).toBe(false)
    expect(graph.findings).toMatchObject([{ code: 'process-elsewhere', about: ['container:nginx'] }])
    expect(graph.findings[0]?.text).toContain("entered net:[4026531840] (the node's): it is not")
  })
})

it('does not say that a process made what the node keeps: ip netns exec enters it', () => {
  const pins: Pin[] = [{ id: { type: 'net', inode: 500, device: 4 }, path: '/run/netns/blue' }]
  const inside = nginx({ ...own(120), net: 500 }, { pid: 22, ppid: 20, comm: 'dnsmasq' })
  const graph = graphOf([pause(), nginx(), inside], { containers: [NGINX], pins })
  expect(graph.namespaces.some(({ nested }) => nested)).toBe(false)
  expect(graph.findings).toMatchObject([{ code: 'process-elsewhere', about: ['container:nginx'] }])
  expect(graph.findings[0]?.text).toContain('process 22 (dnsmasq) entered net:[500] (kept by /run/netns/blue): it')
})

describe('two pods in one namespace that is not the node’s', () => {
  const OTHER = '11111111-1111-4111-8111-111111111111'
  const other = pod([container('b', { id: ID.shell })], { name: 'other', uid: OTHER })
  const inOther = (ns: ScannedProcess['ns'], more: Partial<ScannedProcess> = {}) =>
    process(40, { cgroup: [cgroupLine(ID.shell, OTHER)], ns, ...more })
  const graphsOf = (processes: ScannedProcess[], pods: Pod[]) => {
    const index = indexScan(scan([process(1, { ppid: 0 }), pause(), nginx(), ...processes]), pods)
    return pods.map((each) => buildGraph(observePod(index, each, CONTEXT)))
  }
  const web = pod([NGINX])

  it('is told of both, with the other’s name: whose it is, and who should have had its own', () => {
    const [home, guest] = graphsOf([inOther({ ...own(140), uts: 303 })], [web, other])
    expect(home?.findings).toMatchObject([{ code: 'pods-meet', severity: 'warning' }])
    expect(home?.findings[0]?.about).toEqual(['ipc:[102]', 'net:[101]', `sandbox:${ID.pause}`, 'container:nginx'])
    expect(home?.findings[0]?.text).toContain(
      "Shared with default/other, though not the node's: ipc:[102], net:[101]. ",
    )
    const texts = guest?.findings.filter(({ code }) => code === 'differs').map(({ text }) => text)
    expect(texts?.join(' ')).toContain('net:[101], which is held outside the pod (default/web).')
    // What one finding tells of is not told again.
    expect(guest?.findings.map(({ code }) => code)).not.toContain('pods-meet')
  })

  it('is told of a single process that went there', () => {
    const guest = inOther({ net: 301, ipc: 302, uts: 303, mnt: 310, pid: 311, cgroup: 312 })
    const visitor = { ...guest, pid: 41, ppid: 40, comm: 'nsenter', ns: { ...guest.ns, net: 101 } }
    const [home, other_] = graphsOf([guest, visitor], [web, other])
    expect(home?.findings.map(({ code }) => code)).toEqual(['pods-meet'])
    const told = other_?.findings.find(({ code }) => code === 'process-elsewhere')
    expect(told?.text).toContain('process 41 (nsenter) entered net:[101] (default/web)')
  })

  it.each([
    ['one that the API server does not name', 1, 'Shared with a pod that the API server does not name, though'],
    ['more of them', 3, 'Shared with 3 pods that the API server does not name, though'],
  ])('%s', (_name, count, said) => {
    const strangers = Array.from({ length: count }, (_, at) =>
      process(50 + at, {
        cgroup: [cgroupLine(ID.older, OTHER.replace(/1$/, String(at)))],
        ns: { ...own(150 + at), net: 101 },
      }),
    )
    const [home] = graphsOf(strangers, [web])
    expect(home?.findings[0]?.text).toContain(said)
  })

  it('is no finding where it is the node’s, or may be', () => {
    const hosts = [pod([NGINX], { hostNetwork: true }), { ...other, hostNetwork: true }]
    const node = { ...own(120), net: 4026531840, uts: 4026531838 }
    const processes = [
      process(1, { ppid: 0 }),
      nginx(node),
      inOther({ ...node, ipc: 302, mnt: 310, pid: 311, cgroup: 312 }),
    ]
    const found = (all: ScannedProcess[]) => {
      const index = indexScan(scan(all), hosts)
      return hosts.flatMap((each) => buildGraph(observePod(index, each, CONTEXT)).findings.map(({ code }) => code))
    }
    expect(found(processes)).not.toContain('pods-meet')
    expect(found(processes.slice(1))).not.toContain('pods-meet')
  })
})

it("makes no second node of another container's namespace that a process entered", () => {
  const graph = graphOf([pause(), nginx(), shell(), nginx({ ...own(120), mnt: 130 }, { pid: 22, ppid: 20 })])
  expect(graph.namespaces.filter(({ key }) => key === 'mnt:[130]')).toMatchObject([
    { nested: false, members: ['container:shell'] },
  ])
  expect(codes(graph)).toEqual(['process-elsewhere'])
})

describe('what could not be read', () => {
  it.each([
    ['denied' as const, 'S', 'CAP_SYS_PTRACE'],
    ['gone' as const, 'Z', 'has ended'],
  ])('is told with its reason: %s', (unreadable, state, reason) => {
    const closed = { ...nginx(), ns: { user: 4026531837 }, state, unreadable }
    const graph = graphOf([pause(), closed], { containers: [NGINX] })
    const { memberships, unreadable: missing } = graph.containers[1] ?? {}
    expect(memberships?.map(({ type }) => type)).toEqual(['user'])
    expect(missing).toHaveLength(7)
    expect(missing?.[0]?.reason).toContain(reason)
  })

  it('is not what the kernel lacks', () => {
    const { time: _, ...old } = nginx().ns
    const graph = graphOf([pause(), { ...nginx(), ns: old }], { containers: [NGINX] })
    expect(graph.containers[1]).toMatchObject({ unreadable: [] })
    expect(membershipTable(graph).rows[1]?.cells[NAMESPACE_TYPES.indexOf('time')]).toEqual({
      kind: 'unreadable',
      reason: "This node's kernel has no namespaces of this type.",
    })
  })

  it("leaves open whether a namespace is the node's when PID 1 is closed", () => {
    const web = pod([NGINX], { hostNetwork: true })
    const closed = { ...process(1, { ppid: 0, unreadable: 'denied' }), ns: {} }
    const all = scan([
      closed,
      process(5),
      pause({ ns: { mnt: 110, pid: 111 } }),
      nginx({ mnt: 120, pid: 121, cgroup: 122 }),
    ])
    const graph = buildGraph(observePod(indexScan(all, [web]), web, CONTEXT))
    expect(find(graph, 'net:[4026531840]')).toMatchObject({ scope: 'foreign', holder: null })
    // What is the pod's alone is known to be the pod's.
    expect(find(graph, 'mnt:[120]')).toMatchObject({ scope: 'own', holder: { kind: 'process', pid: 20 } })
    const picture = JSON.stringify(buildScene(graph, { theme: 'light' }).children)
    expect(picture).toContain('perhaps the node’s, which is not known')
    expect(picture).not.toContain('held by /bin/p')
    expect(picture).not.toContain('Not the node’s')
    expect(link(graph, 'nginx', 'net')).toMatchObject({ agrees: null })
    expect(graph.gaps.map(({ code }) => code)).toContain('baseline-unreadable')
    expect(codes(graph)).not.toContain('differs')
  })
})

it('tells of two sandboxes, and takes either for the sandbox that containers should be in', () => {
  const older = inPod(5, ID.older, { net: 201, ipc: 202, uts: 203, mnt: 210, pid: 211 })
  const graph = graphOf([older, pause(), nginx(), shell({ ...own(130), net: 201, ipc: 202, uts: 203 })])
  expect(graph.containers.slice(0, 2).map(({ pid }) => pid)).toEqual([10, 5])
  expect(graph.findings).toMatchObject([{ code: 'several-sandboxes', severity: 'warning' }])
})

it('draws a container that no status names as one of its own, and predicts nothing of it', () => {
  const stranger = inPod(40, ID.older, own(140), { argv: ['/bin/new'] })
  const graph = graphOf([pause(), nginx(), stranger], { containers: [NGINX] })
  expect(graph.containers.map(({ key, kind, name, pid }) => [key, kind, name, pid])).toEqual([
    [`sandbox:${ID.pause}`, 'sandbox', 'pause', 10],
    ['container:nginx', 'app', 'nginx', 20],
    [`unknown:${ID.older}`, 'unknown', 'unknown container dd0000000000', 40],
  ])
  expect(find(graph, 'net:[101]')?.members).toHaveLength(3)
  expect(find(graph, 'mnt:[140]')).toMatchObject({ scope: 'own', holder: { kind: 'process', pid: 40 } })
  expect(graph.containers[2]?.memberships.map(({ agrees, expectation }) => agrees ?? expectation)).toEqual(
    Array(8).fill(null),
  )
  expect(graph.findings).toMatchObject([{ code: 'unknown-container', about: [`unknown:${ID.older}`] }])
  // Others are judged as before: it does not disturb what is theirs.
  expect(graph.containers[1]?.memberships.every(({ agrees }) => agrees)).toBe(true)
})

it('says when the API server is behind the node', () => {
  const gone = container('nginx', {
    id: ID.nginx,
    state: { kind: 'waiting', reason: 'CrashLoopBackOff', message: null },
  })
  expect(graphOf([pause(), nginx()], { containers: [gone] }).findings).toMatchObject([
    { code: 'status-behind', text: 'Container nginx has process 20, but the API server says that it is waiting.' },
  ])
})

it('shows the containers of a pod without a scan, and finds nothing in it', () => {
  const gap = { code: 'no-scan' as const, detail: 'No helper.', count: 0 }
  const graph = buildGraph(observeWithoutScan(pod([NGINX]), CONTEXT, gap))
  expect(graph).toMatchObject({ namespaces: [], findings: [], gaps: [gap] })
  expect(graph.containers).toMatchObject([{ name: 'nginx', pid: null, memberships: [] }])
})

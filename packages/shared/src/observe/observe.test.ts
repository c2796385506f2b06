import { describe, expect, it } from 'vitest'
import type { NamespaceType } from '../model/namespace-type.ts'
import type { ScannedProcess } from '../model/node-scan.ts'
import { observationSchema } from '../model/observation.ts'
import type { Pod } from '../model/pod.ts'
import { CONTEXT, cgroupLine, container, containerId, node, pod, process, scan, UID } from '../test/domain-builders.ts'
import { observeNode, observePod, observeWithoutScan } from './observe.ts'
import { indexScan } from './scan-index.ts'

const NGINX = containerId('aa')
const PAUSE = containerId('bb')
const OTHER = '7a54bf0e-5a4c-43ee-a9df-34ce4d6c46b1'
const WEB = pod([container('nginx', { id: NGINX })])

const pause = (pid: number, id = PAUSE, more: Partial<ScannedProcess> = {}) =>
  process(pid, { cgroup: [cgroupLine(id)], comm: 'pause', argv: ['/pause'], ...more })
const nginx = (pid: number, more: Partial<ScannedProcess> = {}) =>
  process(pid, { cgroup: [cgroupLine(NGINX)], comm: 'nginx', argv: ['nginx'], ...more })

function observe(
  processes: ScannedProcess[],
  web: Pod = WEB,
  runtime: string | null = 'containerd',
  others: Pod[] = [],
) {
  const index = indexScan(scan([process(1, { ppid: 0 }), ...processes]), [web, ...others])
  return observePod(index, web, { ...CONTEXT, node: node({ runtime }) })
}
const codes = ({ gaps }: { gaps: readonly { code: string }[] }) => gaps.map(({ code }) => code)

describe('finding the sandbox', () => {
  it('is the id that no container status names', () => {
    const found = observe([pause(10), nginx(20)])
    expect(found.sandboxes).toEqual([{ id: PAUSE, pid: 10, starttime: 10 }])
    expect(found.processes.map(({ pid, containerId }) => [pid, containerId])).toEqual([
      [10, PAUSE],
      [20, NGINX],
    ])
    expect(codes(found)).toEqual([])
  })

  it('is no container that has just been restarted, whose new id the API server does not know', () => {
    const found = observe([pause(10), process(30, { cgroup: [cgroupLine(containerId('cc'))] })])
    expect(found.sandboxes.map(({ id }) => id)).toEqual([PAUSE])
    expect(found.gaps).toMatchObject([{ code: 'unknown-container', pids: [30] }])
  })

  it('is no container of a life before, whose last process is still there', () => {
    const web = pod([container('nginx', { id: NGINX, previousId: containerId('cc') })])
    const found = observe([pause(10), process(30, { cgroup: [cgroupLine(containerId('cc'))] }), nginx(40)], web)
    expect(found.sandboxes.map(({ id }) => id)).toEqual([PAUSE])
    expect(codes(found)).toEqual([])
  })

  it('is the oldest when no process is known as pause, and says that it doubts', () => {
    const odd = (pid: number, id: string) => process(pid, { cgroup: [cgroupLine(id)], argv: ['/infra'] })
    const found = observe([odd(10, PAUSE), odd(30, containerId('cc')), nginx(20)])
    expect(found.sandboxes.map(({ id }) => id)).toEqual([PAUSE])
    expect(codes(found)).toEqual(['sandbox-doubtful', 'unknown-container'])
  })

  it('is nothing under CRI-O but for a real pause', () => {
    const odd = process(30, { cgroup: [cgroupLine(containerId('cc'))] })
    const without = observe([nginx(20), odd], WEB, 'cri-o')
    expect(without.sandboxes).toEqual([])
    expect(codes(without)).toEqual(['unknown-container'])
    expect(observe([pause(10), nginx(20)], WEB, 'cri-o').sandboxes.map(({ pid }) => pid)).toEqual([10])
  })

  it.each([
    [['/pause'], true],
    [['/usr/bin/pod'], true],
    [['/catatonit', '-P'], true],
    [['/catatonit', '--', 'app'], false],
    [['/bin/pausescope'], false],
  ])('knows a pause process by what it runs: %j', (argv, isPause) => {
    const found = observe([pause(10, PAUSE, { argv, comm: 'x' })], WEB, 'cri-o')
    expect(found.sandboxes.length).toBe(isPause ? 1 : 0)
  })

  it.each<[string, Partial<Pod>, ScannedProcess['ns'], ScannedProcess['ns']]>([
    ['an ordinary pod', {}, { ipc: 101, net: 102 }, { ipc: 201, net: 202 }],
    ["one in the node's ipc", { hostIPC: true }, { net: 102 }, { net: 202 }],
    ["one in the node's ipc and net", { hostIPC: true, hostNetwork: true }, {}, {}],
  ])('may be two for a while, the newest first: %s', (_what, spec, old, fresh) => {
    const web = pod([container('nginx', { id: NGINX })], spec)
    const found = observe([pause(10, PAUSE, { ns: old }), pause(90, containerId('cc'), { ns: fresh }), nginx(20)], web)
    expect(found.sandboxes.map(({ pid }) => pid)).toEqual([90, 10])
  })

  it("is no container of pause's image that has just been started: it is in the sandbox's namespaces", () => {
    const ns = { ipc: 101, net: 102 }
    const found = observe([pause(10, PAUSE, { ns }), pause(90, containerId('cc'), { ns }), nginx(20)])
    expect(found.sandboxes.map(({ pid }) => pid)).toEqual([10])
    expect(found.gaps).toMatchObject([{ code: 'unknown-container', pids: [90] }])
  })
})

describe('whose a process is', () => {
  it('is decided by the UID: a pod made again under the same name has none of the old one', () => {
    const old = process(20, { cgroup: [cgroupLine(NGINX, 'f57caa45-724f-4328-bc2e-b81a1220cf47')] })
    expect(observe([old]).processes).toEqual([])
  })

  it('joins a static pod by its config hash, unless that is another pod of the node', () => {
    const hash = '6fd8a7bcf9c0d0ed2bfd7a4b8f6e52a1'
    const mirror = pod([container('etcd', { id: NGINX })], { uid: 'mirror', configHash: hash })
    const inHash = process(20, { cgroup: [cgroupLine(NGINX, hash)] })
    expect(observe([inHash], mirror).processes.map(({ pid }) => pid)).toEqual([20])
    const rival = pod([], { name: 'rival', uid: 'rival', configHash: hash })
    expect(observe([inHash], mirror, 'containerd', [rival]).processes).toEqual([])
    const thief = pod([container('x', { id: NGINX })], { name: 'thief', uid: 'thief', configHash: UID })
    expect(observe([nginx(20)], thief, 'containerd', [WEB]).processes).toEqual([])
  })

  it("counts the runtime's monitor as the node's, and reports who is in the pod but in no container", () => {
    const slice = cgroupLine(NGINX).replace(/\/cri-containerd.*/, '')
    const monitor = process(30, { cgroup: [`${slice}/crio-conmon-${NGINX}.scope`] })
    const stray = process(31, { cgroup: [slice] })
    const found = observe([nginx(20), monitor, stray, pause(10)])
    expect(found.processes.map(({ pid }) => pid)).toEqual([10, 20])
    expect(found.gaps).toMatchObject([{ code: 'unknown-container', count: 1, pids: [31] }])
    const net = found.namespaces.find(({ id }) => id.type === 'net')
    expect(net?.outside.examples.map(({ pid }) => pid)).toEqual([1, 30])
  })
})

it('takes no thread of the kernel for a process of the container whose cgroup it is in', () => {
  const vhost = nginx(30, { ppid: 2, comm: 'vhost-20', argv: [], kernelThread: true })
  expect(observe([pause(10), nginx(20), vhost]).processes.map(({ pid }) => pid)).toEqual([10, 20])
  expect([...indexScan(scan([vhost]), []).podless]).toEqual([])
})

describe('the census', () => {
  const PRIVATE = 4026532399
  const other = pod([], { name: 'other', namespace: 'kube-system', uid: 'f57caa45-724f-4328-bc2e-b81a1220cf47' })
  const inOther = (pid: number, inode: number) =>
    process(pid, { cgroup: [cgroupLine(containerId('dd'), other.uid)], ns: { net: inode } })

  it('names the lowest PID and counts who is not of the pod', () => {
    const found = observe([inOther(15, PRIVATE), nginx(20, { ns: { net: PRIVATE } })], WEB, 'containerd', [other])
    expect(found.namespaces.find(({ id }) => id.inode === PRIVATE)).toMatchObject({
      nprocs: 2,
      lowest: { pid: 15 },
      outside: {
        processes: 1,
        pods: ['kube-system/other'],
        podCount: 1,
        examples: [{ pid: 15, pod: 'kube-system/other' }],
      },
    })
  })

  it('counts pods that the API did not tell, without a name', () => {
    const found = observe([inOther(15, PRIVATE), nginx(20, { ns: { net: PRIVATE } })])
    const net = found.namespaces.find(({ id }) => id.inode === PRIVATE)
    expect(net?.outside).toMatchObject({ pods: [], podCount: 1, examples: [{ pid: 15, pod: null }] })
  })

  it('names at most twenty outsiders, the lowest', () => {
    const found = observe([...Array.from({ length: 50 }, (_, at) => process(100 + at)), nginx(20)])
    const { outside } = found.namespaces.find(({ id }) => id.type === 'net') ?? {}
    expect(outside?.processes).toBe(51)
    expect(outside?.examples.map(({ pid }) => pid)).toEqual([1, ...Array.from({ length: 19 }, (_, at) => 100 + at)])
  })

  it('leaves out a PID that stands twice, and says so', () => {
    const found = observe([nginx(20), nginx(20, { starttime: 21 }), pause(10)])
    expect(found.processes.map(({ pid }) => pid)).toEqual([10])
    expect(found.gaps).toMatchObject([{ code: 'pid-reused', count: 2 }])
  })
})

describe('a node inside a pod', () => {
  const OUTER = 'f57caa45-724f-4328-bc2e-b81a1220cf47'
  // kind, started by docker in a container of a CI job's pod, on cgroup v1.
  const around = `/kubepods/burstable/pod${OUTER}/${containerId('ee')}/docker/${containerId('ff')}`
  const init = process(1, { ppid: 0, cgroup: [`5:memory:${around}/init.scope`, `1:name=systemd:${around}/init.scope`] })
  const inner = (pid: number, id: string, uid: string) =>
    process(pid, { cgroup: [`5:memory:${around}/kubelet/kubepods/besteffort/pod${uid}/${id}`] })
  const job = pod([container('dind', { id: containerId('ee') })], { name: 'job', uid: OUTER })

  it('has its own pods below the one it is in, which its API server does not know', () => {
    const index = indexScan(scan([init, process(7, { cgroup: init.cgroup }), inner(20, NGINX, WEB.uid)]), [WEB])
    expect([...index.places]).toEqual([[20, { podUid: WEB.uid, containerId: NGINX }]])
  })

  it('keeps to the first pod that is its own: whatever a container makes below is still its', () => {
    const forger = process(21, { cgroup: [`${inner(21, NGINX, WEB.uid).cgroup[0]}/kubepods/pod${OTHER}/${PAUSE}`] })
    const index = indexScan(scan([init, forger]), [WEB, pod([], { name: 'other', uid: OTHER })])
    expect(index.places.get(21)).toEqual({ podUid: WEB.uid, containerId: NGINX })
  })

  it('is, for the cluster around it, one container with many processes', () => {
    const index = indexScan(scan([process(1), { ...init, pid: 10 }, inner(20, NGINX, WEB.uid)]), [WEB, job])
    const place = { podUid: OUTER, containerId: containerId('ee') }
    expect([...index.places]).toEqual([
      [10, place],
      [20, place],
    ])
  })

  it('does not give the processes of a pod that is unknown, with no node in it, to another', () => {
    const index = indexScan(scan([process(1), inner(20, NGINX, WEB.uid)]), [WEB])
    expect(index.places.get(20)?.podUid).toBe(OUTER)
  })
})

it('says that a part of the node at most was seen when no process is in any pod, though containers run', () => {
  const found = observe([process(5)])
  expect(found.gaps).toMatchObject([{ code: 'processes-hidden', count: 1 }])
  expect(found.gaps[0]?.detail).toContain('none of the processes that were read (2) is in a pod')
  expect(codes(observe([process(5)], pod([container('later', { state: { kind: 'unknown' } })])))).toEqual([])
})

describe('the node itself', () => {
  const closed = (pid: number, more: Partial<ScannedProcess> = {}): ScannedProcess => ({
    ...process(pid, { ppid: 0, unreadable: 'denied', ...more }),
    ns: {},
  })
  const kthreadd = process(2, { ppid: 0, kernelThread: true, comm: 'kthreadd', argv: [] })
  const look = (processes: ScannedProcess[], types?: NamespaceType[]) =>
    observePod(indexScan(scan(processes, types && { types }), [WEB]), WEB, CONTEXT)
  const usual = look([process(1), nginx(20)])

  it('is what PID 1 is in', () => {
    expect(usual.baseline.net?.inode).toBe(4026531840)
    expect(codes(usual)).toEqual([])
  })

  it('is what kthreadd is in when PID 1 cannot be read, and that is said', () => {
    const found = look([closed(1), kthreadd, nginx(20)])
    expect(found.baseline).toEqual(usual.baseline)
    expect(found.gaps).toMatchObject([{ code: 'baseline-lent', count: 8 }])
    expect(found.gaps[0]?.detail).toMatch(/^PID 1 could not be read, .* PID 2, the kernel thread kthreadd/)
  })

  it("is PID 1's where it can be read, with only the rest from kthreadd", () => {
    const half = { ...closed(1), ns: { net: 777, user: 4026531837 } }
    const found = look([half, kthreadd, nginx(20)])
    expect(found.baseline).toEqual({ ...usual.baseline, net: { type: 'net', inode: 777, device: 4 } })
    expect(found.gaps).toMatchObject([{ code: 'baseline-lent', count: 6 }])
  })

  it.each([
    ['there is no other', [closed(1)], 'PID 1 could not be read'],
    ['no process of that PID is a kernel thread', [closed(1), process(2, { ppid: 0 })], 'PID 1 could not be read'],
    ['PID 1 is hidden', [process(5)], 'PID 1 is not in the list'],
  ])('is unknown when %s', (_when, others, cause) => {
    const found = look([...others, nginx(20)])
    expect(found.baseline).toEqual({})
    expect(found.gaps).toMatchObject([{ code: 'baseline-unreadable', count: 8 }])
    expect(found.gaps[0]?.detail).toContain(cause)
  })

  it('is unknown when no link of any process could be read', () => {
    const found = look([closed(1), closed(2, { kernelThread: true }), closed(20, { cgroup: [cgroupLine(NGINX)] })], [])
    expect(found.baseline).toEqual({})
    expect(found.gaps).toMatchObject([{ code: 'baseline-unreadable', count: 8 }])
  })
})

it("tells of the node's gaps only this pod's PIDs", () => {
  const gap = { code: 'links-denied' as const, detail: 'No.', count: 3, pids: [5, 20, 21] }
  const index = indexScan(scan([process(1), process(5), nginx(20)], { gaps: [gap] }), [WEB])
  expect(observePod(index, WEB, CONTEXT).gaps[0]).toEqual({ ...gap, pids: [20] })
})

it('observes every pod of the node, by name, in a form that a recording can hold', () => {
  const other = pod([], { name: 'alpha', uid: 'other' })
  const found = observeNode(indexScan(scan([process(1), nginx(20)]), [WEB, other]), CONTEXT)
  expect(found.map((one) => one.pod.name)).toEqual(['alpha', 'web'])
  for (const one of found) expect(observationSchema.parse(JSON.parse(JSON.stringify(one)))).toEqual(one)
})

it('has the pod and the reason when there is no scan', () => {
  const gap = { code: 'no-scan' as const, detail: 'The node was not scanned.', count: 0 }
  const found = observeWithoutScan(WEB, CONTEXT, gap)
  expect(found).toMatchObject({ scanned: false, processes: [], gaps: [gap], pod: WEB })
  expect(observationSchema.parse(found)).toEqual(found)
})

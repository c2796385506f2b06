import { expect, test } from 'vitest'
import { namespaceKey } from '../model/namespace-id.ts'
import { NODE_COMMAND_MAX, type NodeObservation, nodeObservationSchema } from '../model/node-observation.ts'
import type { ScannedProcess } from '../model/node-scan.ts'
import type { Pod } from '../model/pod.ts'
import { CONTEXT, cgroupLine, container, containerId, pod, process, scan, UID } from '../test/domain-builders.ts'
import { buildNode, observeBuilt } from '../test/node-builder.ts'
import { observeWholeNode, observeWholeNodeWithoutScan } from './observe-whole-node.ts'
import { indexScan } from './scan-index.ts'

const ID = containerId('a')
const web = pod([container('nginx', { id: ID })])
const nginx = (pid: number, more: Partial<ScannedProcess> = {}) => process(pid, { cgroup: [cgroupLine(ID)], ...more })
const observe = (processes: ScannedProcess[], pods: Pod[] = [web], more = {}) =>
  observeWholeNode(indexScan(scan(processes, more), pods), CONTEXT)
const find = ({ namespaces }: NodeObservation, key: string) => namespaces.find((each) => namespaceKey(each) === key)

test('whose a namespace is: the node’s, one pod’s, several pods’, nobody’s', () => {
  const seen = observeBuilt(buildNode(4))
  expect(find(seen, 'net:[4026531840]')).toMatchObject({ scope: 'node', pods: [], others: 2, lowest: 1 })
  expect(find(seen, 'net:[100000]')).toMatchObject({ scope: 'pod', pods: [0], nprocs: 3 })
  expect(find(seen, 'ipc:[100022]')).toMatchObject({ scope: 'shared', pods: [1, 2], nprocs: 6, first: 1 })
  expect(find(seen, 'mnt:[900001]')).toMatchObject({ scope: 'none', pods: [], others: 1, lowest: 900_000 })
  expect(find(seen, 'net:[900002]')).toMatchObject({
    scope: 'none',
    nprocs: 0,
    lowest: null,
    pins: ['/run/netns/left-over'],
  })
  expect(seen.processes).toEqual({ all: 14, ofNoPod: 2 })
})

test('each container is where its first process is; who left it is told apart', () => {
  const left = nginx(12, { ppid: 10, comm: 'unshare', ns: { net: 900 } })
  const seen = observe([process(1), nginx(10, { ns: { mnt: 500 } }), nginx(11, { ppid: 10, ns: { mnt: 500 } }), left])
  expect(seen.pods[0]?.containers).toMatchObject([
    {
      key: 'container:nginx',
      pid: 10,
      nprocs: 3,
      ns: { mnt: 500 },
      apart: [{ pid: 12, comm: 'unshare', ns: { net: 900 } }],
    },
  ])
})

test('a container that only the node knows, and a pod that the API server does not name, are not taken for nothing', () => {
  const stray = process(20, { cgroup: [cgroupLine(containerId('b'))], ns: { mnt: 600 } })
  const hidden = process(30, { cgroup: [cgroupLine(containerId('c'), UID.replaceAll('6', '7'))], ns: { mnt: 700 } })
  const pause = process(9, { cgroup: [cgroupLine(containerId('d'))], argv: ['/pause'], comm: 'pause' })
  const seen = observe([process(1), pause, nginx(10), stray, hidden])
  expect(seen.pods[0]?.containers.map(({ kind, pid }) => [kind, pid])).toEqual([
    ['sandbox', 9],
    ['app', 10],
    ['unknown', 20],
  ])
  expect(seen.unlisted).toMatchObject([{ kind: 'pod', id: UID.replaceAll('6', '7'), containers: [{ pid: 30 }] }])
  expect(find(seen, 'mnt:[700]')).toMatchObject({ scope: 'pod', pods: [1] })
  expect(find(seen, 'mnt:[700]')).not.toHaveProperty('others')
})

test('containers of no pod are told one by one, and what runs in them', () => {
  const [first, second] = [containerId('1'), containerId('2')]
  const docker = (pid: number, id: string, more = {}) =>
    process(pid, { cgroup: [`0::/system.slice/docker-${id}.scope`], comm: 'redis', ...more })
  const own = { net: 801, mnt: 802 }
  const seen = observe([
    process(1),
    nginx(10, { ns: { net: 900 } }),
    docker(40, second, { ns: own }),
    docker(41, second, { ppid: 40, ns: own }),
    docker(30, first, { ns: { net: 900 } }),
  ])
  expect(seen.unlisted).toMatchObject([
    { kind: 'container', engine: 'docker', id: first, containers: [{ key: `unknown:${first}`, pid: 30, nprocs: 1 }] },
    { kind: 'container', engine: 'docker', id: second, containers: [{ comm: 'redis', pid: 40, nprocs: 2, ns: own }] },
  ])
  expect(find(seen, 'net:[801]')).toMatchObject({ scope: 'pod', pods: [2] })
  // One of them in the network of the pod, which was there first.
  expect(find(seen, 'net:[900]')).toMatchObject({ scope: 'shared', pods: [0, 1], first: 0 })
  expect(seen.processes).toEqual({ all: 5, ofNoPod: 4 })
  expect(nodeObservationSchema.parse(seen)).toEqual(seen)
})

test('a node of another cluster that runs in a container here, as kind does, is one container with all its pods', () => {
  const outer = containerId('1')
  const kind = `0::/system.slice/docker-${outer}.scope`
  const inner = `${kind}/kubelet.slice/kubelet-kubepods.slice/kubelet-kubepods-pod${UID.replaceAll('-', '_')}.slice`
  const seen = (pods: Pod[]) =>
    observe(
      [
        process(1),
        process(20, { cgroup: [`${kind}/init.scope`], comm: 'systemd' }),
        process(30, { cgroup: [`${inner}/cri-containerd-${ID}.scope`] }),
        process(31, { cgroup: [inner] }),
      ],
      pods,
    )
  expect(seen([]).unlisted).toMatchObject([{ kind: 'container', id: outer, containers: [{ pid: 20, nprocs: 3 }] }])
  expect(seen([web]).pods[0]?.containers).toMatchObject([{ key: 'container:nginx', pid: 30 }])
})

test('nothing unlisted, nothing said', () => {
  expect(observe([process(1), nginx(10)])).not.toHaveProperty('unlisted')
})

test('who was there first is told where pods meet others', () => {
  const seen = observe([process(1), nginx(10, { ns: { net: 900 } }), process(11, { ns: { net: 900 } })])
  expect(find(seen, 'net:[900]')).toMatchObject({ scope: 'pod', pods: [0], others: 1, first: 0 })
  const after = observe([process(1), process(9, { ns: { net: 900 } }), nginx(10, { ns: { net: 900 } })])
  expect(find(after, 'net:[900]')).toMatchObject({ first: null })
})

test('the order of processes and pods makes no difference', () => {
  const { scan: all, pods } = buildNode(12)
  const turned = { scan: { ...all, processes: all.processes.toReversed() }, pods: pods.toReversed() }
  expect(observeBuilt(turned)).toEqual(observeBuilt({ scan: all, pods }))
})

test('commands that are as long as an attacker likes are cut', () => {
  const seen = observe([process(1, { argv: ['x'.repeat(100_000)] })], [])
  expect(seen.lowest).toEqual([{ pid: 1, ppid: 1, uid: 0, command: 'x'.repeat(NODE_COMMAND_MAX) }])
})

test('500 pods with 20,000 processes are less than 1.5 MB of JSON, and pass the schema', () => {
  const seen = observeBuilt(buildNode(500, 20_000))
  const json = JSON.stringify(seen)
  expect(seen.processes.all).toBe(20_002)
  expect(json.length).toBeLessThan(1_500_000)
  expect(nodeObservationSchema.safeParse(JSON.parse(json)).success).toBe(true)
})

test('without a scan the pods are there, in no namespace', () => {
  const gap = { code: 'no-scan' as const, detail: 'No helper.', count: 0 }
  const seen = observeWholeNodeWithoutScan([web], CONTEXT, gap)
  expect(nodeObservationSchema.parse(seen)).toEqual(seen)
  expect(seen).toMatchObject({ scanned: false, namespaces: [], gaps: [gap] })
  expect(seen.pods[0]?.containers).toMatchObject([{ name: 'nginx', pid: null, ns: {} }])
})

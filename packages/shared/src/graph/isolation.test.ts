import { describe, expect, it } from 'vitest'
import type { ScannedProcess } from '../model/node-scan.ts'
import type { Pod } from '../model/pod.ts'
import { observePod } from '../observe/observe.ts'
import { indexScan } from '../observe/scan-index.ts'
import { buildScene } from '../picture/build-scene.ts'
import { CONTEXT, container, containerId, pod, process, scan, UID } from '../test/domain-builders.ts'
import { buildGraph } from './graph.ts'
import type { PodGraph } from './graph-types.ts'
import { membershipTable } from './membership-table.ts'

const ID = { sandbox: containerId('5a'), app: containerId('aa'), other: containerId('cc') }
const APPS = [container('app', { id: ID.app }), container('other', { id: ID.other })]
const at = (id: string, prefix = '') => [`0::/kubepods/burstable/pod${UID}/${prefix}${id}`]

/** gVisor's processes as `ps` shows them on a node: the program calls itself by /proc/self/exe (gvisor.dev/docs). */
const sentry = process(10, {
  comm: 'exe',
  argv: ['runsc-sandbox', '--root=/run/containerd/runsc/k8s.io', 'boot'],
  cgroup: at(ID.sandbox),
  ns: { net: 101, ipc: 102, uts: 103, mnt: 104, pid: 105, user: 106, cgroup: 107 },
})
const gofer = process(9, {
  comm: 'exe',
  argv: ['runsc-gofer', '--root=/run/containerd/runsc/k8s.io', 'gofer'],
  cgroup: at(ID.app),
  ns: { net: 201, ipc: 202, uts: 203, mnt: 204, pid: 205, user: 206, cgroup: 207 },
})
/**
 * Kata with sandbox_cgroup_only: the machine's monitor in a cgroup of the sandbox's (kata-containers, host-cgroups.md), beside
 * it the shim and virtiofsd (kata-containers/kata-containers issue 4128, pull request 11598).
 */
const vm = (program: string) => [
  process(10, { argv: [program, '-name'], cgroup: at(ID.sandbox, 'kata_'), ns: { net: 101 } }),
]

function graphOf(processes: ScannedProcess[], spec: Partial<Pod> = {}): PodGraph {
  const web = pod(APPS, spec)
  return buildGraph(observePod(indexScan(scan([process(1, { ppid: 0 }), ...processes]), [web]), web, CONTEXT))
}

describe.each<[string, ScannedProcess[], Partial<Pod>, string, string]>([
  ['gVisor by its processes', [gofer, sentry], {}, 'gVisor', 'process 10 (runsc-sandbox)'],
  ['gVisor by its class', [gofer, sentry], { runtimeClassName: 'gvisor' }, 'gVisor', 'spec.runtimeClassName: gvisor'],
  ['gVisor by its handler', [sentry], { runtimeClassName: 'runsc-kvm' }, 'gVisor', 'spec.runtimeClassName: runsc-kvm'],
  [
    'Kata by its class, its processes elsewhere',
    [],
    { runtimeClassName: 'kata-qemu' },
    'Kata Containers',
    'spec.runtimeClassName: kata-qemu',
  ],
  ...['qemu-system-x86_64', 'cloud-hypervisor', 'firecracker', 'containerd-shim-kata-v2', 'virtiofsd'].map(
    (program): [string, ScannedProcess[], Partial<Pod>, string, string] => [
      `Kata by ${program}`,
      vm(`/opt/kata/bin/${program}`),
      {},
      'Kata Containers',
      `process 10 (/opt/kata/bin/${program})`,
    ],
  ),
])('%s', (_name, processes, spec, runtime, evidence) => {
  const graph = graphOf(processes, spec)

  it('is labelled, with what tells it', () => {
    expect(graph.isolation).toEqual({ runtime, evidence })
    expect(graph.findings).toMatchObject([{ code: 'isolated', severity: 'note' }])
    expect(graph.findings[0]?.text).toContain("The node's view does not describe what the app sees")
    const drawn = JSON.stringify(buildScene(graph, { theme: 'light' }))
    expect(drawn).toContain(`${runtime}: the node’s view does not describe what the app sees`)
    expect(drawn).toContain(`running inside ${runtime}`)
    expect(drawn).not.toContain('held by pause')
  })

  it('has no sharing drawn between containers, and nothing predicted', () => {
    for (const { members } of graph.namespaces) expect(members).toEqual([`sandbox:${ID.sandbox}`])
    expect(graph.containers.map(({ name, pid }) => [name, pid])).toEqual([
      ...(processes.length > 0 ? [[`${runtime} sandbox`, graph.containers[0]?.pid]] : []),
      ['app', null],
      ['other', null],
    ])
    for (const { memberships } of graph.containers)
      for (const { agrees, expectation, why } of memberships) {
        expect([agrees, expectation]).toEqual([null, null])
        expect(why).toContain(runtime)
      }
    const reasons = membershipTable(graph)
      .rows.at(-1)
      ?.cells.map((cell) => cell.kind !== 'member' && cell.reason)
    expect(new Set(reasons)).toEqual(new Set([`It runs inside ${runtime}, where the node cannot look.`]))
  })
})

it('takes a virtual machine in an ordinary container, as KubeVirt has them, for what it is', () => {
  const pause = process(9, { argv: ['/pause'], cgroup: at(ID.sandbox), ns: { net: 101 } })
  const qemu = process(10, { argv: ['/usr/bin/qemu-system-x86_64'], cgroup: at(ID.app), ns: { net: 101, mnt: 120 } })
  const graph = graphOf([pause, qemu])
  expect(graph.isolation).toBeNull()
  expect(graph.containers[1]).toMatchObject({ name: 'app', pid: 10 })
})

it.each(['nvidia', 'runc', 'crun', 'youki', 'katana', 'wasmtime', 'my-gvisorish'])(
  'sees no kernel of its own in runtime class %s',
  (runtimeClassName) => expect(graphOf([], { runtimeClassName }).isolation).toBeNull(),
)

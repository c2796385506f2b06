import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  buildGraph,
  buildScene,
  indexScan,
  type Observation,
  observePod,
  paintSvg,
  parseNode,
  parsePod,
} from '@pausescope/shared'
import {
  buildNode,
  buildPod,
  NODE_NAMESPACES,
  type ProcTree,
  startLabCluster,
  type TreeProcess,
} from '@pausescope/testkit'
import { describe, expect, it } from 'vitest'
import { connect } from '../kube/cluster.ts'
import { runProbe } from '../probe/run-probe.ts'
import { withTree } from '../probe/test/with-tree.ts'
import { LiveSource } from './live-source.ts'

const UID = '697a076d-3051-4e1a-8627-4cd5ffe8a034'
const NGINX = 'b'.repeat(64)
const POD = buildPod({ name: 'web', uid: UID, node: 'node1', containers: [{ name: 'nginx', id: NGINX }] })

const inPod = (id: string) => [
  `0::/kubepods.slice/kubepods-besteffort.slice/kubepods-besteffort-pod${UID.replaceAll('-', '_')}.slice/cri-containerd-${id}.scope`,
]
const shared = { ...NODE_NAMESPACES, net: 101, ipc: 102, uts: 103 }
const INIT: TreeProcess = { pid: 1, comm: 'systemd', argv: ['/sbin/init'] }
const PAUSE: TreeProcess = {
  pid: 10,
  argv: ['/pause'],
  cgroup: inPod('a'.repeat(64)),
  ns: { ...shared, mnt: 110, pid: 111 },
}
const APP: TreeProcess = {
  pid: 20,
  argv: ['nginx'],
  cgroup: inPod(NGINX),
  ns: { ...shared, mnt: 120, pid: 121, cgroup: 122 },
}

/** Everything that stands in the picture, in its order, as one line. */
function drawnText(observation: Observation): string {
  const svg = paintSvg(buildScene(buildGraph(observation), { theme: 'light' }))
  return [...svg.matchAll(/<text[^>]*>([^<]*)/g)].map((match) => match[1]?.replaceAll('&apos;', "'")).join(' ')
}

async function drawnOf(tree: ProcTree): Promise<string> {
  const pod = parsePod(POD)
  const index = indexScan(await withTree(tree, (root) => runProbe(root)), [pod])
  const context = {
    at: '2026-11-24T20:00:00Z',
    cluster: { name: null, version: null },
    node: parseNode(buildNode('node1')),
  }
  return drawnText(observePod(index, pod, context))
}

const closed = (process: TreeProcess): TreeProcess => ({ ...process, ns: {} })
const without = (process: TreeProcess, ...types: string[]): TreeProcess => ({
  ...process,
  ns: Object.fromEntries(Object.entries(process.ns ?? NODE_NAMESPACES).filter(([link]) => !types.includes(link))),
})
const ALL = { 'self/status': 'CapEff:\t000001ffffffffff\n' }
const NO_PTRACE = { 'self/status': 'CapEff:\t000001fffff7ffff\n' }
const none = 'none of its namespaces could be read'

describe('the picture of a node that tells not everything says what is missing, and what to change:', () => {
  it.each<[string, ProcTree, string[]]>([
    [
      'AppArmor denies',
      {
        processes: [INIT, PAUSE, APP].map(closed),
        files: { ...ALL, 'self/attr/current': 'cri-containerd.apparmor.d (enforce)\n' },
      },
      [
        none,
        'its AppArmor profile, cri-containerd.apparmor.d (enforce), forbids it: run it with the profile Unconfined.',
      ],
    ],
    [
      'SELinux denies',
      { processes: [INIT, PAUSE, APP].map(closed), files: { ...ALL, 'self/attr/current': 'a:b:container_t:s0\0' } },
      [none, 'SELinux keeps it (a:b:container_t:s0) from other processes: run it as spc_t.'],
    ],
    [
      'the reader lacks the capability',
      { processes: [INIT, PAUSE, APP].map(closed), files: NO_PTRACE },
      [none, 'The reader lacks CAP_SYS_PTRACE: add it.'],
    ],
    [
      'only PID 1 is closed',
      { processes: [closed(INIT), PAUSE, APP], files: ALL },
      ["The node's own namespaces are not known", 'PID 1 could not be read', 'is left open.', 'CAP_SYS_PTRACE'],
    ],
    [
      'hidepid hides PID 1',
      { processes: [PAUSE, APP], files: { 'self/mounts': 'proc /proc proc rw,nosuid,hidepid=2 0 0\n' } },
      [
        "Only 2 of the node's processes could be read",
        '/proc is mounted with hidepid=2.',
        'mount /proc without hidepid.',
      ],
    ],
    [
      'the kernel has no time namespaces',
      { processes: [INIT, PAUSE, APP].map((process) => without(process, 'time', 'time_for_children')) },
      ['No process has a namespace of type time.'],
    ],
    [
      'the kernel has a type of tomorrow',
      { processes: [{ ...INIT, ns: { ...NODE_NAMESPACES, dream: 77 } }, PAUSE, APP] },
      ['This kernel has namespaces that are not shown: dream.'],
    ],
  ])('%s', async (_name, tree, sentences) => {
    const text = await drawnOf(tree)
    for (const sentence of ['nginx', ...sentences]) expect(text).toContain(sentence)
    expect(text).not.toContain('Findings: none. ')
  })

  it('nothing is missing, nothing is said', async () => {
    const text = await drawnOf({ processes: [INIT, PAUSE, APP] })
    expect(text).toContain('Findings: none')
    expect(text).not.toMatch(/not known|not readable|could be read|not shown/)
  })
})

it('a pod on a Windows node: Windows has no Linux namespaces', async () => {
  const users = [{ name: 'u', token: 'hunter2', rules: [{ verbs: ['*'], resources: ['*'] }] }]
  const lab = await startLabCluster({ captures: [], users, startMs: 5, stopMs: 5 })
  const node = buildNode('win1')
  const status = node.status as { nodeInfo: object }
  lab.upsertNode({ ...node, status: { ...status, nodeInfo: { ...status.nodeInfo, operatingSystem: 'windows' } } })
  lab.upsertPod(buildPod({ name: 'iis', node: 'win1' }))
  const kubeconfig = lab.writeKubeconfig(mkdtempSync(join(tmpdir(), 'pausescope-windows-')))
  const cluster = await connect({ kubeconfig, env: {}, home: '/nowhere' })
  const source = new LiveSource({
    run: 'run1',
    version: '0.0.0',
    now: () => 0,
    clock: () => 0,
    random: () => 0,
    cluster,
  })
  try {
    await source.listed
    const options = { refresh: false, signal: new AbortController().signal }
    const { observation } = await source.observation('default', 'iis', options)
    const text = drawnText(observation)
    expect(text).toContain('The pod runs on the Windows node win1: Windows has no Linux namespaces.')
    expect(text).not.toContain('Findings: none')
  } finally {
    await source.close()
    await lab.close()
  }
})

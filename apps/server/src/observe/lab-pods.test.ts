import {
  buildGraph,
  buildScene,
  changeTexts,
  changeWords,
  describeChanges,
  type GraphContainer,
  type GraphNamespace,
  NAMESPACE_TYPES,
  type NamespaceType,
  type PodGraph,
  paintSvg,
} from '@pausescope/shared'
import { beforeAll, describe, expect, it } from 'vitest'
import { type CapturedNode, READ_LIMIT_MS, readCapturedNode } from './test/captured-node.ts'

/** The namespace a container is in. */
function namespaceOf(graph: PodGraph, name: string, type: NamespaceType): GraphNamespace {
  const container = containerOf(graph, name)
  const key = container.memberships.find((one) => one.type === type)?.namespace
  const found = graph.namespaces.find((one) => one.key === key)
  if (!found) throw new Error(`${name} has no ${type} namespace.`)
  return found
}

function containerOf(graph: PodGraph, name: string): GraphContainer {
  const found = graph.containers.find((one) => one.name === name)
  if (!found) throw new Error(`No container ${name}.`)
  return found
}

/** The scope of each type's namespace of a container: `net pod`. */
function scopes(graph: PodGraph, name: string): Record<NamespaceType, string> {
  return Object.fromEntries(NAMESPACE_TYPES.map((type) => [type, namespaceOf(graph, name, type).scope])) as Record<
    NamespaceType,
    string
  >
}

/** True when all of them are in one namespace of the type. */
function share(graph: PodGraph, type: NamespaceType, ...names: string[]): boolean {
  return new Set(names.map((name) => namespaceOf(graph, name, type).key)).size === 1
}

const DEFAULT_V2 = {
  cgroup: 'own',
  ipc: 'pod',
  mnt: 'own',
  net: 'pod',
  pid: 'own',
  time: 'node',
  user: 'node',
  uts: 'pod',
}
const DEFAULT_V1 = { ...DEFAULT_V2, cgroup: 'node' }

const NODES = [
  { capture: 'node1-containerd-cgroup1', lab: 'lab-v1', scopes: DEFAULT_V1, crio: false, v2: false },
  { capture: 'node3-containerd-cgroup2', lab: 'lab-v2', scopes: DEFAULT_V2, crio: false, v2: true },
  { capture: 'node4-crio-cgroup2', lab: 'lab-crio', scopes: DEFAULT_V2, crio: true, v2: true },
] as const

describe.each(NODES)('$capture', ({ capture, lab, scopes: usual, crio, v2 }) => {
  let node: CapturedNode
  const graph = (pod: string) => node.graph(`${lab}/${pod}`)
  beforeAll(async () => {
    node = await readCapturedNode(capture)
  }, READ_LIMIT_MS)

  it('agrees with the spec in every pod', () => {
    for (const observation of node.observations.values()) {
      const { containers, findings, gaps } = buildGraph(observation)
      expect(containers.flatMap(({ memberships }) => memberships.filter(({ agrees }) => agrees !== true))).toEqual([])
      expect(findings.filter(({ code }) => code !== 'nested-namespace')).toEqual([])
      expect(gaps).toEqual([])
    }
  })

  it('proves every link by what readlink prints', () => {
    for (const observation of node.observations.values()) {
      for (const { pid, memberships } of buildGraph(observation).containers) {
        for (const { type, namespace, proof } of memberships) {
          expect(proof.command).toBe(`readlink /proc/${pid}/ns/${type}`)
          expect(proof.output).toBe(namespace)
          expect(observation.processes.find((one) => one.pid === pid)?.ns[type]).toBe(
            Number(/\d+/.exec(namespace)?.[0]),
          )
        }
      }
    }
  })

  it('myweb2: one net, ipc and uts for both, each its own mnt and pid', () => {
    const found = graph('myweb2')
    const names = ['myweb2-nginx', 'myweb2-netshoot'] as const
    for (const name of names)
      expect(scopes(found, name)).toEqual({ ...usual, ...(name === names[0] ? { pid: 'pod' } : {}) })
    for (const type of ['net', 'ipc', 'uts'] as const) expect(share(found, type, ...names)).toBe(true)
    for (const type of ['mnt', 'pid'] as const) expect(share(found, type, ...names)).toBe(false)
    expect(share(found, 'cgroup', ...names)).toBe(!v2)
    const net = namespaceOf(found, 'myweb2-nginx', 'net')
    expect(net.facts).toEqual(found.observation.pod.podIPs)
    expect(net.facts).toHaveLength(1)
    expect(namespaceOf(found, 'myweb2-nginx', 'uts').facts).toEqual(['myweb2'])
    expect(found.containers[0]?.kind).toBe(crio ? 'app' : 'sandbox')
    for (const type of ['net', 'ipc', 'uts'] as const) {
      const { holder } = namespaceOf(found, 'myweb2-nginx', type)
      expect(holder?.kind).toBe(crio ? 'pin' : 'pause')
      const pins = holder?.kind === 'pin' ? holder.paths : holder?.kind === 'pause' ? holder.pins : []
      expect(pins.some((path) => path.includes(`/run/${type}ns/`))).toBe(crio || type === 'net')
    }
    if (!crio) {
      expect(scopes(found, 'pause')).toEqual({ ...usual, cgroup: 'node' })
      expect(share(found, 'net', 'pause', ...names)).toBe(true)
    }
  })

  it("myweb2's ephemeral containers: the target's pid namespace and nothing else of it, or one of their own", () => {
    const found = graph('myweb2')
    expect(share(found, 'pid', 'debug-target', 'myweb2-nginx')).toBe(true)
    expect(share(found, 'mnt', 'debug-target', 'myweb2-nginx')).toBe(false)
    if (v2) expect(share(found, 'cgroup', 'debug-target', 'myweb2-nginx')).toBe(false)
    expect(scopes(found, 'debug-free')).toEqual(usual)
    expect(share(found, 'net', 'debug-free', 'debug-target', 'myweb2-netshoot')).toBe(true)
    expect(found.containers.slice(-2).map(({ kind }) => kind)).toEqual(['ephemeral', 'ephemeral'])
    // A process that joined later is never the container's first.
    expect(containerOf(found, 'myweb2-nginx').processes[0]?.argv[0]).toMatch(/^nginx: master/)
    expect(containerOf(found, 'myweb2-nginx').pid).toBe(containerOf(found, 'myweb2-nginx').processes[0]?.pid)
  })

  it('shared-pid: one pid namespace with pause as PID 1, under CRI-O too', () => {
    const found = graph('shared-pid')
    expect(share(found, 'pid', 'pause', 'web', 'shell')).toBe(true)
    expect(share(found, 'mnt', 'web', 'shell')).toBe(false)
    expect(namespaceOf(found, 'web', 'pid')).toMatchObject({ scope: 'pod', holder: { kind: 'pause' } })
    expect(containerOf(found, 'pause').processes.map(({ nspid }) => nspid.at(-1))).toEqual([1])
    expect(containerOf(found, 'web').processes.every(({ nspid }) => (nspid.at(-1) ?? 0) > 1)).toBe(true)
    expect(namespaceOf(found, 'pause', 'cgroup').scope).toBe('node')
  })

  it("host-network: the node's net; uts the node's under containerd, a private one with the node's name under CRI-O", () => {
    const found = graph('host-network')
    expect(scopes(found, 'agent')).toEqual({ ...usual, net: 'node', uts: crio ? 'pod' : 'node' })
    expect(share(found, 'net', 'agent', 'sidecar')).toBe(true)
    expect(namespaceOf(found, 'agent', 'net')).toMatchObject({ holder: null, facts: [] })
    expect(namespaceOf(found, 'agent', 'uts').facts).toEqual([node.node.name])
    expect(namespaceOf(found, 'agent', 'net').census?.outside.pods).toContain(`${lab}/host-all`)
  })

  it("host-all: net, pid and ipc are the node's, mnt stays its own", () => {
    const uts = crio ? 'pod' : 'node'
    expect(scopes(graph('host-all'), 'agent')).toEqual({ ...usual, net: 'node', pid: 'node', ipc: 'node', uts })
  })

  it('privileged-mix: only the cgroup namespace differs, and only on v2', () => {
    const found = graph('privileged-mix')
    expect(scopes(found, 'plain')).toEqual(usual)
    expect(scopes(found, 'priv')).toEqual({ ...usual, cgroup: 'node' })
  })

  it('sidecars: the finished init container is there without a process, the native sidecar before the apps', () => {
    const found = graph('sidecars')
    const kinds = found.containers
      .filter(({ kind }) => kind !== 'sandbox')
      .map(({ kind, name, pid }) => [kind, name, pid !== null])
    expect(kinds).toEqual([
      ['init', 'setup', false],
      ['sidecar', 'proxy', true],
      ['app', 'writer', true],
      ['app', 'reader', true],
    ])
    expect(containerOf(found, 'setup')).toMatchObject({
      state: { kind: 'terminated', reason: 'Completed' },
      memberships: [],
    })
    expect(scopes(found, 'proxy')).toEqual(usual)
    expect(share(found, 'net', 'proxy', 'writer', 'reader')).toBe(true)
  })

  it('crashing: the steady container lives on, the crashed one holds nothing', () => {
    const found = graph('crashing')
    expect(found.observation.pod.status).toBe(crio ? 'Error' : 'CrashLoopBackOff')
    expect(containerOf(found, 'crasher')).toMatchObject({ pid: null, memberships: [], unreadable: [] })
    expect(containerOf(found, 'crasher').restarts).toBeGreaterThan(0)
    expect(containerOf(found, 'crasher').lastExit).toMatchObject({ reason: 'Error', exitCode: 3 })
    expect(paintSvg(buildScene(found, { theme: 'light' }))).toContain('Error, exit code 3')
    expect(scopes(found, 'steady')).toEqual(usual)
    expect(found.namespaces.flatMap(({ members }) => members)).not.toContain('container:crasher')
  })

  it('finished: no sandbox, no namespace, one container that ended', () => {
    const found = graph('finished')
    expect(found.observation.pod.status).toBe('Completed')
    expect(found.containers.map(({ name, state }) => [name, state.kind])).toEqual([['once', 'terminated']])
    expect(found.namespaces).toEqual([])
  })

  it('bad-image: the other container runs, this one waits and says why', () => {
    const found = graph('bad-image')
    expect(found.observation.pod.status).toBe('ErrImageNeverPull')
    expect(containerOf(found, 'nope')).toMatchObject({
      pid: null,
      state: { kind: 'waiting', reason: 'ErrImageNeverPull' },
    })
    expect(scopes(found, 'fine')).toEqual(usual)
  })

  it('nested-ns: the net and uts namespaces that a process made hang under its container', () => {
    const found = graph('nested-ns')
    const nested = found.namespaces.filter((one) => one.nested)
    expect(nested.map(({ id, members, census }) => [id.type, members, census?.nprocs])).toEqual([
      ['net', ['container:inner'], 2],
      ['uts', ['container:inner'], 2],
    ])
    for (const { holder, facts } of nested) {
      expect(holder).toMatchObject({ kind: 'process', command: 'unshare --net --uts --fork sleep infinity' })
      expect(facts).toEqual([])
    }
    expect(found.findings.map(({ code, severity }) => [code, severity])).toEqual([['nested-namespace', 'note']])
    expect(namespaceOf(found, 'inner', 'net')).toMatchObject({ scope: 'pod', nested: false })
  })
})

describe.each([
  ['node3-containerd-cgroup2', 'lab-v2', 'pause'],
  ['node4-crio-cgroup2', 'lab-crio', 'pin'],
] as const)('%s, own-userns-2', (capture, lab, holder) => {
  it('has one user namespace for the pod, pause included', { timeout: READ_LIMIT_MS }, async () => {
    const found = (await readCapturedNode(capture)).graph(`${lab}/own-userns-2`)
    expect(scopes(found, 'a')).toEqual({ ...DEFAULT_V2, user: 'pod' })
    expect(share(found, 'user', ...found.containers.map(({ name }) => name))).toBe(true)
    expect(namespaceOf(found, 'a', 'user').holder?.kind).toBe(holder)
    expect(found.containers.every(({ processes }) => processes.every(({ uid }) => (uid ?? 0) > 65535))).toBe(true)
    // Every process of the pod is root inside, so the map's first number is their uid on the node.
    const uid = containerOf(found, 'a').processes[0]?.uid
    expect(namespaceOf(found, 'a', 'user').facts).toEqual([
      `uid 0 → ${uid} (65536 ids)`,
      'owns what was made inside it (by rule, not measured)',
    ])
  })
})

it('keeps net, ipc and uts over a restart of nginx, and only nginx gets new ones of the others', {
  timeout: READ_LIMIT_MS,
}, async () => {
  const [before, after] = await Promise.all(
    (['node3-containerd-cgroup2', 'node3-after-restart'] as const).map(async (name) =>
      (await readCapturedNode(name)).graph('lab-v2/myweb2'),
    ),
  )
  if (!before || !after) throw new Error('Two graphs were read.')
  const key = (graph: PodGraph, name: string, type: NamespaceType) => namespaceOf(graph, name, type).key
  for (const type of ['net', 'ipc', 'uts', 'user', 'time'] as const) {
    expect(key(after, 'myweb2-nginx', type)).toBe(key(before, 'myweb2-nginx', type))
  }
  for (const type of ['mnt', 'pid', 'cgroup'] as const) {
    expect(key(after, 'myweb2-nginx', type)).not.toBe(key(before, 'myweb2-nginx', type))
    expect(key(after, 'myweb2-netshoot', type)).toBe(key(before, 'myweb2-netshoot', type))
  }
  expect(containerOf(after, 'pause').pid).toBe(containerOf(before, 'pause').pid)
  expect(containerOf(after, 'myweb2-nginx').restarts).toBe(1)
  // Its target is gone, and with the pid namespace it had joined it went too.
  expect(containerOf(after, 'debug-target')).toMatchObject({ pid: null, state: { kind: 'terminated' } })
  expect(changeTexts(describeChanges(before, after), changeWords)).toEqual([
    'myweb2-nginx was started again (PID 1544 → 6261): its cgroup, mnt and pid are new; ipc, net and uts stayed, because pause (PID 1082) still holds them.',
    'debug-target has ended (PID 4224): its cgroup, mnt and pid are gone; ipc, net and uts stayed, because pause (PID 1082) still holds them.',
    'myweb2-netshoot has 1 process now, 2 before: sleep (PID 5450) went.',
  ])
})

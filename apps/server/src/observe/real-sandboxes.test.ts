import { randomUUID } from 'node:crypto'
import { closeSync, openSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { NAMESPACE_TYPES, type NamespaceType, type PodGraph, shellCommands } from '@pausescope/shared'
import {
  BEHIND_LANDLOCK,
  type Containerd,
  type CriPod,
  linksOf,
  lsns,
  type PodPlan,
  runOn,
  runPod,
  startContainerd,
  toApiPod,
  whyNoLandlock,
  whyNotHere,
} from '@pausescope/testkit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { containerOf, graphsOf, lookAt, lookAtPods, namespaceOf } from './test/look-at-pods.ts'

const reason = whyNotHere()
const noLandlock = whyNoLandlock()
/** A pod takes a second; a busy machine may need many. */
const PATIENCE = 120_000
const SLEEP = ['sleep', '1000']
/** A named pipe in the container: who opens it waits, without a turn of the processor, until someone writes. */
const GATE = '/tmp/gate'

describe.skipIf(reason)(reason ?? 'real pod sandboxes', { timeout: PATIENCE }, () => {
  let runtime: Containerd
  beforeAll(async () => {
    runtime = await startContainerd()
  }, PATIENCE)
  afterAll(() => runtime?.close(), PATIENCE)

  const run = (plan: Partial<PodPlan> = {}): Promise<CriPod> =>
    runPod(runtime, {
      name: 'lab',
      namespace: 'default',
      uid: randomUUID(),
      containers: [
        { name: 'a', command: SLEEP },
        { name: 'b', command: SLEEP },
      ],
      ...plan,
    })

  describe('what the specification shares', () => {
    it.each<[string, Partial<PodPlan>, Partial<Record<NamespaceType, Place>>]>([
      ['default', {}, {}],
      ['shareProcessNamespace', { shareProcessNamespace: true }, { pid: 'pod' }],
      ['hostNetwork', { hostNetwork: true }, { net: 'node', uts: 'node' }],
      ['hostPID', { hostPID: true }, { pid: 'node' }],
      ['hostIPC', { hostIPC: true }, { ipc: 'node' }],
      [
        'host everything',
        { hostNetwork: true, hostPID: true, hostIPC: true },
        { net: 'node', uts: 'node', pid: 'node', ipc: 'node' },
      ],
    ])('%s', async (_name, plan, different) => {
      const pod = await run(plan)
      const graph = await lookAt(runtime, pod)
      const cgroup = graph.observation.node.cgroupVersion === 'v2' ? 'own' : 'node'
      expect(placesOf(graph, linksOf(runtime.node, 1))).toEqual({ ...DEFAULT, cgroup, ...different })
      expect(warningsOf(graph)).toEqual([])
    })

    it('privileged beside unprivileged: only the cgroup namespace can differ', async () => {
      const pod = await run({
        containers: [
          { name: 'a', command: SLEEP, privileged: true },
          { name: 'b', command: SLEEP },
        ],
      })
      const graph = await lookAt(runtime, pod)
      const { cgroup, ...rest } = placesOf(graph, linksOf(runtime.node, 1))
      expect(rest).toEqual(DEFAULT)
      expect(namespaceOf(graph, 'a', 'cgroup').key).toBe(linksOf(runtime.node, 1).cgroup)
      expect(cgroup).toBe(graph.observation.node.cgroupVersion === 'v2' ? 'mixed' : 'node')
      expect(warningsOf(graph)).toEqual([])
    })
  })

  describe('what lives and dies', () => {
    it('a container restart makes new pid and mnt namespaces and keeps net, ipc and uts', async () => {
      const pod = await run()
      const before = await lookAt(runtime, pod)
      // The kernel gives the inode number of a freed namespace to the next one: hold the old ones, to see that they are others.
      const pid = await pod.pid('b')
      const held = (['pid', 'mnt'] as const).map((type) => openSync(join(runtime.node.proc, `${pid}/ns/${type}`), 'r'))
      await pod.restart('b')
      const after = await lookAt(runtime, pod)
      held.forEach(closeSync)
      const changed = NAMESPACE_TYPES.filter(
        (type) => namespaceOf(before, 'b', type).key !== namespaceOf(after, 'b', type).key,
      )
      expect(changed.filter((type) => type !== 'cgroup')).toEqual(['mnt', 'pid'])
      expect(containerOf(after, 'b')).toMatchObject({ restarts: 1, state: { kind: 'running' } })
      expect(containerOf(after, 'a').memberships).toEqual(containerOf(before, 'a').memberships)
      expect(namespaceOf(after, 'b', 'net').holder).toMatchObject({ kind: 'pause', pid: await pod.pausePid() })
    })

    it("ephemeral containers: own pid namespace without a target, the target's with one", async () => {
      const pod = await run()
      await pod.addEphemeral({ name: 'free', command: SLEEP })
      await pod.addEphemeral({ name: 'aimed', command: SLEEP, targetContainerName: 'a' })
      const graph = await lookAt(runtime, pod)
      expect(namespaceOf(graph, 'aimed', 'pid').members).toEqual(['container:a', 'container:aimed'])
      expect(namespaceOf(graph, 'free', 'pid').members).toEqual(['container:free'])
      expect(namespaceOf(graph, 'aimed', 'mnt').members).toEqual(['container:aimed'])
      for (const type of ['net', 'ipc', 'uts'] as const)
        expect(namespaceOf(graph, 'free', type).members).toHaveLength(5)
      expect(warningsOf(graph)).toEqual([])
    })

    it('a finished init container holds nothing, a native sidecar and a crashed container are told apart', async () => {
      const pod = await run({
        containers: [
          { name: 'setup', kind: 'init', command: ['true'] },
          { name: 'proxy', kind: 'sidecar', command: SLEEP },
          { name: 'a', command: SLEEP },
          { name: 'b', command: SLEEP },
        ],
      })
      await pod.stopContainer('b')
      const graph = await lookAt(runtime, pod)
      expect(containerOf(graph, 'setup')).toMatchObject({
        kind: 'init',
        memberships: [],
        state: { kind: 'terminated', exitCode: 0 },
      })
      expect(containerOf(graph, 'b')).toMatchObject({
        kind: 'app',
        memberships: [],
        state: { kind: 'terminated', exitCode: 137 },
      })
      expect(containerOf(graph, 'proxy')).toMatchObject({ kind: 'sidecar', state: { kind: 'running' } })
      expect(namespaceOf(graph, 'proxy', 'net').members).toHaveLength(3)
    })

    it('two sandboxes of one pod are both shown and never mixed', async () => {
      const pod = await run()
      const old = pod.sandboxId
      await pod.start()
      const graph = await lookAt(runtime, pod)
      const sandboxes = graph.containers.filter(({ kind }) => kind === 'sandbox')
      expect(sandboxes.map(({ containerId }) => containerId)).toEqual([pod.sandboxId, old])
      for (const type of ['net', 'ipc', 'uts'] as const) {
        expect(namespaceOf(graph, 'a', type).members).toEqual([
          `sandbox:${pod.sandboxId}`,
          'container:a',
          'container:b',
        ])
      }
      expect(warningsOf(graph)).toEqual(['several-sandboxes'])
      await pod.remove(old)
      expect((await lookAt(runtime, pod)).containers.filter(({ kind }) => kind === 'sandbox')).toHaveLength(1)
    })

    it('a pod made again under the same name is another pod, while the old one ends and when it is gone', async () => {
      const old = await run({ name: 'again' })
      const now = await run({ name: 'again' })
      const { graphs } = await lookAtPods(runtime, old, now)
      const [first, second] = graphs.map((graph) =>
        graph.namespaces.filter(({ scope }) => scope === 'own' || scope === 'pod').map(({ key }) => key),
      )
      expect(second?.length).toBeGreaterThanOrEqual(9)
      expect(second?.filter((key) => first?.includes(key))).toEqual([])
      // The API server may still show the old one when the node has it no more.
      const stale = await toApiPod(old)
      await old.remove()
      const later = await graphsOf(runtime, [stale, await toApiPod(now)])
      expect(later.graphs[0]?.namespaces).toEqual([])
      expect(later.graphs[1]?.containers).toEqual(graphs[1]?.containers)
    })
  })

  describe('what happens inside', () => {
    it('a process that unshared: its namespaces hang under the container, with the process that made them', async () => {
      const command = ['sh', '-c', 'unshare -n -u sleep 1000 & exec sleep 1000']
      const pod = await run({ containers: [{ name: 'a', command, capabilities: ['SYS_ADMIN'] }] })
      await until(async () => (await ps(pod)).match(/root +sleep 1000$/gm)?.length === 2)
      const graph = await lookAt(runtime, pod)
      const nested = graph.namespaces.filter((one) => one.nested)
      expect(nested.map(({ id, members }) => [id.type, members])).toEqual([
        ['net', ['container:a']],
        ['uts', ['container:a']],
      ])
      const maker = containerOf(graph, 'a').processes.find(({ pid }) => pid !== containerOf(graph, 'a').pid)
      expect(nested[0]?.holder).toMatchObject({ kind: 'process', pid: maker?.pid })
      expect(nested[0]?.key).toBe(linksOf(runtime.node, maker?.pid as number).net)
      expect(graph.findings.map(({ code }) => code)).toContain('nested-namespace')
    })

    it('an exec is one more process in the container, and not its first', async () => {
      const pod = await run({ containers: [{ name: 'a', command: ['sh', '-c', `mkfifo ${GATE}; exec sleep 1000`] }] })
      const exec = pod.exec('a', 'cat', GATE)
      await until(async () => (await ps(pod)).includes(`cat ${GATE}`))
      const graph = await lookAt(runtime, pod)
      const { processes, pid } = containerOf(graph, 'a')
      expect(processes.map(({ argv }) => argv.join(' '))).toEqual(['sleep 1000', `cat ${GATE}`])
      expect(processes[0]?.pid).toBe(pid)
      expect(processes[1]?.ns).toEqual(processes[0]?.ns)
      await open(pod)
      expect((await exec).exitCode).toBe(0)
    })

    it.each([
      ['stays a zombie under a first process that does not reap', false],
      ['is reaped by pause, which is PID 1 of the shared pid namespace', true],
    ])('an orphan %s', async (_name, shareProcessNamespace) => {
      const command = ['sh', '-c', `mkfifo ${GATE}; sh -c 'cat ${GATE} &'; exec sleep 1000`]
      const pod = await run({ shareProcessNamespace, containers: [{ name: 'a', command }] })
      await until(async () => /root +sleep 1000$/m.test(await ps(pod)) && /root +cat /m.test(await ps(pod)))
      const before = containerOf(await lookAt(runtime, pod), 'a')
      const orphan = before.processes.find(({ argv }) => argv[0] === 'cat')
      expect(orphan?.ppid).toBe(shareProcessNamespace ? await pod.pausePid() : before.pid)
      expect(orphan?.nspid).toHaveLength(2)
      await open(pod)
      await until(async () => !(await ps(pod)).includes(`cat ${GATE}`))
      const after = containerOf(await lookAt(runtime, pod), 'a')
      expect(after.processes.map(({ state, pid }) => [state, pid])).toEqual(
        shareProcessNamespace
          ? [['S', after.pid]]
          : [
              ['S', after.pid],
              ['Z', orphan?.pid],
            ],
      )
    })
  })

  it('the commands to check by hand run in a shell of the node and print what the picture says', async () => {
    const graph = await lookAt(runtime, await run())
    const commands = [
      ...graph.containers.map(({ key }) => shellCommands(graph, { kind: 'container', key })),
      ...graph.namespaces.map(({ key }) => shellCommands(graph, { kind: 'namespace', key })),
    ].flatMap(({ node }) => node.filter(({ words }) => words[0] !== 'crictl'))
    // In one shell, all at once: each is typed as it is told.
    const script = commands.map(({ text }, at) => `${text} >/dev/null || echo FAILED ${at}`).join('\n')
    const failed = [...runOn(runtime.node, 'sh', '-c', script).matchAll(/^FAILED (\d+)$/gm)]
    expect(failed.map(([, at]) => commands[Number(at)]?.text)).toEqual([])
    for (const { key, id, census } of graph.namespaces) {
      const { node } = shellCommands(graph, { kind: 'namespace', key })
      const said = (topic: string) => {
        const line = node.find((one) => one.topic === topic)
        return line ? runOn(runtime.node, 'sh', '-c', line.text) : null
      }
      expect(new Set(said('link')?.trim().split('\n')), key).toEqual(new Set([key]))
      expect(said('processesIn'), key).toMatch(new RegExp(`^ *${census?.lowest?.pid} `, 'm'))
      expect(said('pin')?.trim() ?? `${id.inode}`, key).toBe(`${id.inode}`)
      if (id.type === 'uts') expect(said('enter'), key).toBe('lab\n')
    }
  })

  it('a network namespace left over with only its pin is listed for the node', async () => {
    const pin = '/run/netns/left-over'
    const pod = await run()
    runOn(runtime.node, 'touch', pin)
    runOn(runtime.node, 'unshare', `--net=${pin}`, 'true')
    const { index } = await lookAtPods(runtime, pod)
    const pinned = [...index.namespaces.net.values()].filter(({ pins }) => pins.some(({ path }) => path === pin))
    expect(pinned.map(({ members }) => members)).toEqual([[]])
    // The pod's own is pinned as well, and has its members.
    const own = index.namespaces.net.get(namespaceOf(await lookAt(runtime, pod), 'pause', 'net').id.inode)
    expect(own?.pins.map(({ path }) => path.startsWith('/run/netns/cni-'))).toEqual([true])
    runOn(runtime.node, 'umount', pin)
    runOn(runtime.node, 'rm', pin)
  })

  it('a reader without capabilities sees whose processes they are, but no namespace, and says so', () =>
    seesNoNamespace('setpriv --bounding-set=-all --inh-caps=-all', 'The reader lacks CAP_SYS_PTRACE'))

  it.skipIf(noLandlock)(noLandlock ?? 'so does one that a security module keeps from other processes', () =>
    seesNoNamespace(BEHIND_LANDLOCK, 'a security module of the node keeps it'),
  )

  async function seesNoNamespace(limit: string, why: string): Promise<void> {
    const pod = await run()
    const shell = join(runtime.node.folder, 'limited-shell')
    writeFileSync(shell, `#!/bin/sh\nexec ${runtime.node.enter.join(' ')} ${limit} sh "$@"\n`, { mode: 0o755 })
    const { graphs } = await graphsOf(runtime, [await toApiPod(pod)], shell)
    const { containers, namespaces, gaps } = graphs[0] as PodGraph
    expect(containers.map(({ name, pid }) => [name, pid])).toEqual([
      ['pause', await pod.pausePid()],
      ['a', await pod.pid('a')],
      ['b', await pod.pid('b')],
    ])
    expect(namespaces).toEqual([])
    for (const { unreadable } of containers) {
      expect(unreadable.map(({ type }) => type)).toEqual(NAMESPACE_TYPES)
      for (const { reason } of unreadable) expect(reason).toMatch(/^Not permitted: .*CAP_SYS_PTRACE/)
    }
    expect(gaps.find(({ code }) => code === 'links-denied')?.detail).toContain(why)
  }

  it('the story: one pod, two containers, one address; localhost reaches the other, ps does not', async () => {
    const pod = await run({
      name: 'myweb2',
      containers: [
        { name: 'nginx', command: ['httpd', '-f', '-p', '80', '-h', '/www'] },
        { name: 'shell', command: SLEEP },
      ],
    })
    await until(async () => (await pod.exec('shell', 'wget', '-qO-', 'localhost')).exitCode === 0)
    expect((await pod.exec('shell', 'wget', '-qO-', 'localhost')).stdout).toBe('answered by the httpd\n')
    const addresses = await Promise.all(
      ['nginx', 'shell'].map(async (name) => (await pod.exec(name, 'ip', 'addr')).stdout),
    )
    expect(addresses[0]).toBe(addresses[1])
    expect(addresses[0]).toContain(`inet ${await pod.ip()}/16`)
    expect((await pod.exec('nginx', 'ps')).stdout).toContain('httpd')
    expect((await pod.exec('shell', 'ps')).stdout).not.toContain('httpd')
    expect((await pod.exec('shell', 'hostname')).stdout.trim()).toBe('myweb2')

    const graph = await lookAt(runtime, pod)
    const net = namespaceOf(graph, 'shell', 'net')
    expect(net).toMatchObject({ scope: 'pod', facts: [await pod.ip()], holder: { kind: 'pause' } })
    expect(net.members).toEqual([`sandbox:${pod.sandboxId}`, 'container:nginx', 'container:shell'])
    expect(namespaceOf(graph, 'shell', 'uts').facts).toEqual(['myweb2'])
    expect(namespaceOf(graph, 'shell', 'pid').key).not.toBe(namespaceOf(graph, 'nginx', 'pid').key)
    // What a trainee would type on the node shows the same.
    for (const name of ['pause', 'nginx', 'shell']) {
      const { pid, memberships } = containerOf(graph, name)
      const inside = runOn(runtime.node, 'nsenter', '-t', String(pid), '-n', 'ip', 'addr')
      expect(inside).toContain(`inet ${await pod.ip()}/16`)
      expect([...lsns(runtime.node, pid as number).keys()].sort()).toEqual(
        memberships.map(({ namespace }) => namespace).sort(),
      )
    }
  })
})

type Place = 'own' | 'pod' | 'node' | 'mixed'
const DEFAULT: Partial<Record<NamespaceType, Place>> = {
  ipc: 'pod',
  mnt: 'own',
  net: 'pod',
  pid: 'own',
  time: 'node',
  user: 'node',
  uts: 'pod',
}

/** Where containers a and b are, by their inodes; and that the picture puts them there. */
function placesOf(graph: PodGraph, node: ReturnType<typeof linksOf>): Partial<Record<NamespaceType, Place>> {
  return Object.fromEntries(
    NAMESPACE_TYPES.map((type) => {
      const found = ['a', 'b'].map((name) => namespaceOf(graph, name, type))
      const [a, b] = found.map(({ key }) => key)
      const place =
        a === b ? (a === node[type] ? 'node' : 'pod') : a === node[type] || b === node[type] ? 'mixed' : 'own'
      if (place !== 'mixed') for (const { scope } of found) expect(scope, type).toBe(place)
      return [type, place]
    }),
  )
}

function warningsOf(graph: PodGraph): string[] {
  return graph.findings.filter(({ severity }) => severity === 'warning').map(({ code }) => code)
}

/** What `ps` prints in container a. */
async function ps(pod: CriPod): Promise<string> {
  return (await pod.exec('a', 'ps')).stdout
}

function open(pod: CriPod): Promise<unknown> {
  return pod.exec('a', 'sh', '-c', `echo >${GATE}`)
}

async function until(isSo: () => Promise<boolean>): Promise<void> {
  for (let round = 0; round < 400; round += 1) {
    if (await isSo()) return
    await sleep(50)
  }
  throw new Error('It did not come about')
}

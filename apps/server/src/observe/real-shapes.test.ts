import { execFileSync, spawnSync } from 'node:child_process'
import { createHash, randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { buildScene, type PodGraph, paintSvg } from '@pausescope/shared'
import {
  type Containerd,
  type CriPod,
  linksOf,
  type PodPlan,
  runOn,
  runPod,
  startContainerd,
  toApiPod,
  whyNoGvisor,
  whyNoQemu,
  whyNotHere,
} from '@pausescope/testkit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { containerOf, graphsOf, lookAt, lookAtPods, namespaceOf } from './test/look-at-pods.ts'

const reason = whyNotHere()
/** A pod takes a second; a busy machine may need many. */
const PATIENCE = 120_000
const SLEEP = ['sleep', '1000']
const TWO = [
  { name: 'a', command: SLEEP },
  { name: 'b', command: SLEEP },
]
const noGvisor = whyNoGvisor()
const noQemu = whyNoQemu()
const noCompiler = spawnSync('gcc', ['--version']).status !== 0

describe.skipIf(reason)(reason ?? 'rare shapes of real pods', { timeout: PATIENCE }, () => {
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
      containers: [{ name: 'a', command: SLEEP }],
      ...plan,
    })

  it('a static pod is joined to its mirror pod by the config hash, which stands in its cgroup path', async () => {
    const configHash = createHash('md5').update('a manifest').digest('hex')
    const pod = await run({ name: 'etcd-node1', configHash })
    const graph = await lookAt(runtime, pod)
    const { processes } = containerOf(graph, 'a')
    expect(processes.map(({ pid }) => pid)).toEqual([await pod.pid('a')])
    expect(processes[0]?.cgroup.some((line) => line.includes(`/pod${configHash}/`))).toBe(true)
    expect(processes[0]?.cgroup.some((line) => line.includes(pod.plan.uid))).toBe(false)
    expect(graph.findings).toEqual([])
    // Another pod that merely writes the annotation gets nothing.
    const mirror = (await toApiPod(pod)) as { metadata: object }
    const annotations = { 'kubernetes.io/config.hash': configHash }
    const thief = { ...mirror, metadata: { ...mirror.metadata, annotations } }
    expect((await graphsOf(runtime, [thief])).graphs[0]?.namespaces).toEqual([])
  })

  it('a container that the API server does not name yet is drawn as one of its own', async () => {
    const pod = await run()
    const stale = await toApiPod(pod)
    await pod.restart('a')
    const graph = (await graphsOf(runtime, [stale])).graphs[0] as PodGraph
    const name = `unknown container ${pod.container('a').id.slice(0, 12)}`
    expect(graph.containers.map((one) => [one.kind, one.name, one.pid])).toEqual([
      ['sandbox', 'pause', await pod.pausePid()],
      ['app', 'a', null],
      ['unknown', name, await pod.pid('a')],
    ])
    const links = Object.fromEntries(containerOf(graph, name).memberships.map((one) => [one.type, one.namespace]))
    expect(links).toEqual(linksOf(runtime.node, await pod.pid('a')))
    expect(namespaceOf(graph, name, 'net').members).toContain(`sandbox:${pod.sandboxId}`)
    expect(graph.findings.map(({ code }) => code).sort()).toEqual(['status-behind', 'unknown-container'])
  })

  it.skipIf(noGvisor)(
    noGvisor ?? 'a pod in gVisor is labelled; what is drawn is of its sandbox alone, by its kernel',
    async () => {
      const pod = await run({ name: 'sealed', runtimeClassName: 'gvisor', containers: TWO })
      // The apps have a kernel of their own: there they are PID 1, on the node they are not to be found.
      expect((await pod.exec('a', 'ps')).stdout).toContain('sleep 1000')
      const { byClass, byProcess } = await lookAtSealed(pod, 'gVisor')
      const { pid } = containerOf(byProcess, 'gVisor sandbox')
      expect(byClass.isolation?.evidence).toBe('spec.runtimeClassName: gvisor')
      expect(byProcess.isolation?.evidence).toBe(`process ${pid} (runsc-sandbox)`)
    },
  )

  it.skipIf(noQemu)(
    noQemu ?? 'a pod in a virtual machine, as Kata has it, is labelled; what is drawn is of the monitor alone',
    async () => {
      const pod = await run({ name: 'machine', runtimeClassName: 'kata', containers: TWO })
      const { byClass, byProcess } = await lookAtSealed(pod, 'Kata Containers')
      const { pid, processes } = containerOf(byProcess, 'Kata Containers sandbox')
      expect(pid).toBe(await pod.pausePid())
      expect(processes[0]?.cgroup.some((line) => line.endsWith(`/pod${pod.plan.uid}/kata_${pod.sandboxId}`))).toBe(true)
      expect(byClass.isolation?.evidence).toBe('spec.runtimeClassName: kata')
      expect(byProcess.isolation?.evidence).toMatch(new RegExp(`^process ${pid} \\(qemu-system-\\w+\\)$`))
    },
  )

  /** The graph of a pod with a kernel of its own, and what it is where the API server does not name its class. */
  async function lookAtSealed(pod: CriPod, name: string): Promise<Record<'byClass' | 'byProcess', PodGraph>> {
    const object = (await toApiPod(pod)) as { spec: object }
    const classless = { ...object, spec: { ...object.spec, runtimeClassName: null } }
    const [byClass, byProcess] = (await graphsOf(runtime, [object, classless])).graphs as [PodGraph, PodGraph]
    for (const graph of [byClass, byProcess]) {
      expect(graph.isolation?.runtime).toBe(name)
      expect(graph.containers.map((one) => [one.name, one.memberships.length])).toEqual([
        [`${name} sandbox`, 8],
        ['a', 0],
        ['b', 0],
      ])
      for (const { members } of graph.namespaces) expect(members).toEqual([`sandbox:${pod.sandboxId}`])
      expect(graph.findings.map(({ code }) => code)).toEqual(['isolated'])
      expect(graph.gaps).toEqual([])
    }
    const { pid, memberships } = containerOf(byClass, `${name} sandbox`)
    const links = Object.fromEntries(memberships.map((one) => [one.type, one.namespace]))
    expect(links).toEqual(linksOf(runtime.node, pid ?? 0))
    // The kernel is in the pod's network, which the runtime pinned.
    expect(namespaceOf(byClass, `${name} sandbox`, 'net').holder).toMatchObject({
      kind: 'pin',
      paths: [expect.stringContaining('/netns/')],
    })
    return { byClass, byProcess }
  }

  it("a process that went into another pod's network is told of in both pods, with the other's name", async () => {
    const home = await run({ name: 'home' })
    const command = ['sh', '-c', `nsenter -t ${await home.pid('a')} -n sleep 1001 & exec sleep 1000`]
    const guest = await run({ name: 'guest', hostPID: true, containers: [{ name: 'a', command, privileged: true }] })
    const [ofHome, ofGuest] = await until(async () => {
      const { graphs } = await lookAtPods(runtime, home, guest)
      const isIn = graphs.some(({ findings }) => findings.some(({ code }) => code === 'pods-meet'))
      return isIn ? graphs : undefined
    })
    const net = linksOf(runtime.node, await home.pid('a')).net
    expect(ofHome?.findings).toMatchObject([{ code: 'pods-meet', severity: 'warning' }])
    expect(ofHome?.findings[0]?.about).toContain(net)
    expect(ofHome?.findings[0]?.text).toContain(`Shared with default/guest, though not the node's: ${net}.`)
    expect(ofGuest?.findings.map(({ code }) => code)).toEqual(['process-elsewhere'])
    expect(ofGuest?.findings[0]?.text).toContain(`(sleep) entered ${net} (default/home)`)
  })

  it("a container runtime inside a container: what it made hangs under the container, in cgroups below the container's", async () => {
    const command = ['sh', '-c', 'unshare -f -p -m -n sleep 1001 & exec sleep 1000']
    const pod = await run({ containers: [{ name: 'a', command, capabilities: ['SYS_ADMIN'] }] })
    const inner = await until(async () => {
      const graph = await lookAt(runtime, pod)
      return containerOf(graph, 'a').processes.find(({ argv, nspid }) => argv[1] === '1001' && nspid.length === 3)
    })
    // As dockerd does for each of its containers, in every hierarchy that takes it.
    runOn(runtime.node, 'sh', '-c', NEST, 'sh', String(inner.pid), 'd'.repeat(64))
    const graph = await lookAt(runtime, pod)
    const { processes, pid } = containerOf(graph, 'a')
    const moved = processes.find((process) => process.pid === inner.pid)
    expect(moved?.cgroup.some((line) => line.includes(`/${pod.container('a').id}/docker/`))).toBe(true)
    expect(processes.map(({ argv }) => argv.join(' '))).toEqual([
      'sleep 1000',
      'unshare -f -p -m -n sleep 1001',
      'sleep 1001',
    ])
    const nested = graph.namespaces.filter((one) => one.nested)
    expect(nested.map(({ id, members }) => [id.type, members])).toEqual([
      ['mnt', ['container:a']],
      ['net', ['container:a']],
      ['pid', ['container:a']],
    ])
    for (const { key, id } of nested) expect(key).toBe(linksOf(runtime.node, inner.pid)[id.type])
    // unshare made the first two and stayed out of the third, of which its child is PID 1.
    const maker = processes.find(({ argv }) => argv[0] === 'unshare')
    expect(nested.map(({ holder }) => holder?.kind === 'process' && holder.pid)).toEqual([
      maker?.pid,
      maker?.pid,
      inner.pid,
    ])
    expect(maker?.ppid).toBe(pid)
    expect(graph.findings.map(({ code, severity }) => [code, severity])).toEqual([
      ['nested-namespace', 'note'],
      ['nested-namespace', 'note'],
    ])
  })

  it.skipIf(noCompiler)(
    `a thread with namespaces of its own hangs under the container${noCompiler ? ' (skipped: no gcc here)' : ''}`,
    async () => {
      const pod = await run({ containers: [{ name: 'a', command: SLEEP, capabilities: ['SYS_ADMIN'] }] })
      const program = join(runtime.node.folder, 'thread')
      execFileSync('gcc', ['-x', 'c', '-static', '-pthread', '-o', program, '-'], { input: THREAD })
      runOn(runtime.node, 'cp', program, `/proc/${await pod.pid('a')}/root/tmp/thread`)
      await pod.exec('a', 'sh', '-c', '/tmp/thread </dev/null >/dev/null 2>&1 &')
      const [process, thread] = await until(async () => {
        const found = containerOf(await lookAt(runtime, pod), 'a').processes.find((one) => one.threads)
        return found && ([found, found.threads?.[0]] as const)
      })
      const links = runOn(runtime.node, 'sh', '-c', `readlink /proc/${process.pid}/task/${thread?.tid}/ns/net`).trim()
      expect(thread?.ns).toEqual({ net: Number(/\d+/.exec(links)?.[0]), uts: expect.any(Number) })
      expect(thread?.tid).not.toBe(process.pid)
      const graph = await lookAt(runtime, pod)
      const nested = graph.namespaces.filter((one) => one.nested)
      expect(nested.map(({ key, members }) => [key, members])).toEqual([
        [links, ['container:a']],
        [`uts:[${thread?.ns.uts}]`, ['container:a']],
      ])
      const command = `thread ${thread?.tid} of thread`
      for (const { holder } of nested) expect(holder).toEqual({ kind: 'process', pid: process.pid, command, pins: [] })
      expect(graph.findings).toMatchObject([{ code: 'nested-namespace', severity: 'note' }])
      expect(graph.findings[0]?.text).toContain(`thread ${thread?.tid} of process ${process.pid} (thread) made`)
      const picture = paintSvg(buildScene(graph, { theme: 'light' }))
      expect(picture).toContain(`made inside by ${command}, PID ${process.pid}`)
    },
  )
})

/** A thread leaves two of its process's namespaces and stays. */
const THREAD = `
#define _GNU_SOURCE
#include <pthread.h>
#include <sched.h>
#include <unistd.h>
static void *leave(void *none) { if (unshare(CLONE_NEWNET | CLONE_NEWUTS)) _exit(1); pause(); return none; }
int main(void) { pthread_t thread; pthread_create(&thread, 0, leave, 0); pause(); }
`

/** Moves process `$1` into a cgroup `docker/$2` below its own, wherever that can be made. */
const NEST = `
while IFS=: read -r _ controllers path; do
  for mount in "/sys/fs/cgroup/\${controllers#name=}" /sys/fs/cgroup/unified /sys/fs/cgroup; do
    [ -d "$mount$path" ] || continue
    mkdir -p "$mount$path/docker/$2" && echo "$1" >"$mount$path/docker/$2/cgroup.procs"
    break
  done
done <"/proc/$1/cgroup" 2>/dev/null
true`

async function until<Found>(find: () => Promise<Found | undefined>): Promise<Found> {
  for (let round = 0; round < 400; round += 1) {
    const found = await find()
    if (found !== undefined) return found
    await sleep(50)
  }
  throw new Error('It did not come about')
}

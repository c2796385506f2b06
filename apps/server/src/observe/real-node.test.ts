import { randomBytes, randomUUID } from 'node:crypto'
import { buildNodeGraph, type NodeGraphPod, observeWholeNode, parseNode } from '@pausescope/shared'
import {
  BUSYBOX_IMAGE,
  buildPod,
  type Containerd,
  linksOf,
  PAUSE_IMAGE,
  runPod,
  startContainerd,
  toApiNode,
  toApiPod,
  whyNotHere,
} from '@pausescope/testkit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { containerOf, graphsOf, namespaceOf } from './test/look-at-pods.ts'

const reason = whyNotHere()
/** A pod takes a second; a busy machine may need many. */
const PATIENCE = 120_000
const SLEEP = ['sleep', '1000']

describe.skipIf(reason)(reason ?? 'containers on a real node that the CRI did not make', { timeout: PATIENCE }, () => {
  let runtime: Containerd
  beforeAll(async () => {
    runtime = await startContainerd()
  }, PATIENCE)
  afterAll(() => runtime?.close(), PATIENCE)

  /** As docker does it: an id of 64 digits, which the cgroup is named after. @returns the id. */
  async function runBeside(folder: string, image: string, command: readonly string[], ...options: string[]) {
    const id = randomBytes(32).toString('hex')
    const cgroup = `${runtime.node.cgroup}/${folder}/${id}`
    await runtime.ctr('run', '--detach', '--cgroup', cgroup, ...options, image, id, ...command)
    return id
  }

  it('beside the kubelet, and a pod that the API server does not name, are told in the view of the node', async () => {
    const pods = ['known', 'hidden'].map((name) =>
      runPod(runtime, { name, namespace: 'default', uid: randomUUID(), containers: [{ name: 'a', command: SLEEP }] }),
    )
    const [known, hidden] = await Promise.all(pods)
    if (!known || !hidden) throw new Error('Two pods were started.')
    const alone = await runBeside('docker', BUSYBOX_IMAGE, SLEEP)
    const network = `network:/proc/${await known.pid('a')}/ns/net`
    const guest = await runBeside('docker', BUSYBOX_IMAGE, SLEEP, '--with-ns', network)

    const { index } = await graphsOf(runtime, [await toApiPod(known)])
    const context = { at: '2026-11-24T20:00:00Z', cluster: { name: null, version: null } }
    const seen = observeWholeNode(index, { ...context, node: parseNode(toApiNode(runtime)) })
    const graph = buildNodeGraph(seen)
    const tile = (key: string) => graph.pods.find((pod) => pod.key === key) as NodeGraphPod
    expect(graph.pods.map(({ kind, key }) => [kind, key])).toEqual([
      ['named', 'default/known'],
      ['unnamed', `pod ${hidden.plan.uid}`],
      ...[alone, guest].map((id) => ['container', `container ${id.slice(0, 12)}`]).sort(),
    ])
    expect(tile(`container ${alone.slice(0, 12)}`)).toMatchObject({ namespace: 'docker', comm: 'sleep', running: 1 })
    expect(tile(`container ${alone.slice(0, 12)}`).marks).toMatchObject({ net: ['own'], pid: ['own'], user: ['node'] })
    // They differ in what the guest shares.
    expect(tile('default/known').marks).toEqual({ ...tile(`pod ${hidden.plan.uid}`).marks, net: ['foreign'] })
    const net = linksOf(runtime.node, await known.pid('a')).net
    expect(graph.shared).toMatchObject([{ key: net, podKeys: ['default/known', `container ${guest.slice(0, 12)}`] }])
    // Every inode that the scan gave for them is the kernel's.
    for (const { containers } of seen.unlisted ?? []) {
      for (const { pid, ns } of containers) {
        const links = Object.entries(ns).map(([type, inode]) => [type, `${type}:[${inode}]`])
        expect(Object.fromEntries(links)).toEqual(linksOf(runtime.node, pid as number))
      }
    }
  })

  it('a pod with hostUsers: false has one user namespace with its map, and what of its namespaces that one owns', async () => {
    const uid = randomUUID()
    const folder = `kubepods/besteffort/pod${uid}`
    const maps = ['--uidmap', '0:231072:65536', '--gidmap', '0:231072:65536']
    const sandbox = await runBeside(folder, PAUSE_IMAGE, ['/pause', '-P'], ...maps)
    const pause = (await graphsOf(runtime, [])).index.scan.processes.find(({ cgroup }) =>
      cgroup.join().includes(sandbox),
    )
    const joined = (['user', 'network', 'ipc', 'uts'] as const).flatMap((type) => [
      '--with-ns',
      `${type}:/proc/${pause?.pid}/ns/${type === 'network' ? 'net' : type}`,
    ])
    const app = await runBeside(folder, BUSYBOX_IMAGE, SLEEP, ...maps, ...joined)
    const pod = buildPod({ name: 'own-users', uid, node: runtime.node.name, containers: [{ name: 'a', id: app }] })
    const object = { ...pod, spec: { ...pod.spec, hostUsers: false } }
    const { graphs } = await graphsOf(runtime, [object])
    const [graph] = graphs
    if (!graph) throw new Error('One graph was built.')
    const user = namespaceOf(graph, 'a', 'user')
    expect(user).toMatchObject({ scope: 'pod', holder: { kind: 'pause', pid: pause?.pid } })
    expect(user.members).toEqual([`sandbox:${sandbox}`, 'container:a'])
    expect(containerOf(graph, 'a').processes.map((process) => process.uid)).toEqual([231_072])
    expect(user.facts).toEqual([
      'uid 0 → 231072 (65536 ids)',
      `owns ${linksOf(runtime.node, pause?.pid as number).net} (measured)`,
      'owns what was made inside it (by rule, not measured)',
    ])
    expect(graph.findings.filter(({ severity }) => severity === 'warning')).toEqual([])
  })
})

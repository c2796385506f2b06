import { randomUUID } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import {
  buildGraph,
  ipAddrText,
  type PodEvidence,
  type PodGraph,
  podEvidenceSchema,
  sharedFiles,
  ssTable,
  whoAnswers,
} from '@pausescope/shared'
import { type Containerd, type CriPod, runOn, runPod, startContainerd, toApiPod, whyNotHere } from '@pausescope/testkit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { runEvidence } from '../probe/evidence/run-evidence.ts'
import { graphsOf } from './test/look-at-pods.ts'

const reason = whyNotHere()
const PATIENCE = 120_000

/** What a helper has: root without any capability but that to look at other users' processes. */
const HELPER = 'setpriv --bounding-set=-all,+sys_ptrace --inh-caps=-all'

describe.skipIf(reason)(reason ?? 'inside real pod sandboxes', { timeout: PATIENCE }, () => {
  let runtime: Containerd
  let pod: CriPod
  let shells: Record<'root' | 'helper', string>

  beforeAll(async () => {
    runtime = await startContainerd()
    pod = await runPod(runtime, {
      name: 'lab',
      namespace: 'default',
      uid: randomUUID(),
      volumes: ['work'],
      containers: [
        {
          name: 'web',
          command: ['sh', '-c', 'echo x >/dev/shm/sem.turn; exec httpd -f -p 80 -h /www'],
          volumeMounts: [{ name: 'work', mountPath: '/out' }],
        },
        {
          name: 'user',
          command: [
            'sh',
            '-c',
            'echo u:x:1234:1234::/:/bin/sh >>/etc/passwd; exec su u -c "exec httpd -f -p 127.0.0.1:9000"',
          ],
          volumeMounts: [{ name: 'work', mountPath: '/in', readOnly: true }],
        },
      ],
    })
    const helper = join(runtime.node.folder, 'shell-of-helper')
    writeFileSync(helper, `#!/bin/sh\nexec ${runtime.node.enter.join(' ')} ${HELPER} sh "$@"\n`, { mode: 0o755 })
    shells = { root: runtime.node.shell, helper }
  }, PATIENCE)
  afterAll(() => runtime?.close(), PATIENCE)

  async function look(shell: string): Promise<{ evidence: PodEvidence; graph: PodGraph }> {
    const { graphs } = await graphsOf(runtime, [await toApiPod(pod)], shell)
    const [graph] = graphs as [PodGraph]
    const [evidence] = await runEvidence('/proc', [graph.observation], 'x', { shell })
    return { evidence: podEvidenceSchema.parse(evidence), graph: buildGraph(graph.observation) }
  }
  /** As somebody in the pod's network sees it. */
  const inside = async (...command: string[]) =>
    runOn(runtime.node, 'nsenter', '-t', String(await pod.pausePid()), '-n', ...command)
  const listens = () =>
    expect.poll(async () => (await inside('ss', '-Htln')).trim().split('\n').length, { timeout: PATIENCE }).toBe(2)

  it.each(['root', 'helper'] as const)(
    '%s: interfaces as ip tells them, with the other end of the pair',
    async (who) => {
      await listens()
      const { evidence } = await look(shells[who])
      const [network] = evidence.networks
      if (!network) throw new Error('no network')
      expect(network.gaps).toEqual([])
      expect(ipAddrText(network)).toBe(await inside('ip', '-br', 'addr'))
      const [eth0] = JSON.parse(await inside('ip', '-j', 'link', 'show', 'eth0')) as [Link]
      const links = JSON.parse(runOn(runtime.node, 'ip', '-j', 'link')) as Link[]
      const end = links.find(({ ifindex }) => ifindex === eth0.link_index)
      expect(network.interfaces.find(({ name }) => name === 'eth0')).toMatchObject({
        index: eth0.ifindex,
        mac: eth0.address,
        mtu: eth0.mtu,
        state: eth0.operstate.toLowerCase(),
        kind: 'veth',
        peer: { index: eth0.link_index, nodeName: end?.ifname },
      })
    },
  )

  it.each(['root', 'helper'] as const)('%s: sockets with process and container, and who answers', async (who) => {
    await listens()
    const { evidence, graph } = await look(shells[who])
    const [network] = evidence.networks
    if (!network) throw new Error('no network')
    const said = await inside('ss', '-Htlnp')
    const rows = ssTable(network, graph)
    expect(rows.map(({ local }) => local.replace('[::]', '*')).sort()).toEqual(
      said
        .split('\n')
        .flatMap((line) => line.split(/ +/)[3]?.replace('[::]', '*') ?? [])
        .sort(),
    )
    for (const { process } of rows)
      expect(said.replace(/pid=\d+/g, 'pid')).toContain(process.replace(/pid=\d+/g, 'pid'))
    const ask = (container: string, port: number, address?: string) =>
      whoAnswers(evidence, graph, { container: `container:${container}`, port, ...(address ? { address } : {}) })
    const web = ask('user', 80)
    expect(web).toMatchObject({ answered: true, reason: 'mapped', holdersKnown: true })
    expect(web.holders).toMatchObject([{ container: { name: 'web' }, process: { pid: await pod.pid('web') } }])
    expect(ask('web', 9000)).toMatchObject({ answered: true, reason: 'bound' })
    expect(ask('web', 9000).holders).toMatchObject([{ container: { name: 'user' }, process: { uid: 1234 } }])
    expect(ask('web', 9000, (await pod.ip()) ?? '')).toMatchObject({ answered: false, reason: 'elsewhere' })
    expect(ask('web', 81)).toMatchObject({ answered: false, reason: 'none', holders: [] })
    expect(ask('web', 80, '192.0.2.1')).toMatchObject({ answered: null, reason: 'outside' })
  })

  it('which files are shared: a volume written here and read there, /dev/shm with pause, no root file system', async () => {
    const { evidence, graph } = await look(shells.helper)
    const files = sharedFiles(evidence, graph)
    const work = files.find(({ key }) => key === 'volume:work')
    expect(work).toMatchObject({ kind: 'emptyDir', together: [['container:web', 'container:user']] })
    expect(work?.places.map(({ path, readOnly, differences }) => [path, readOnly, differences])).toEqual([
      ['/out', false, []],
      ['/in', true, []],
    ])
    expect(files.find(({ kind }) => kind === 'devShm')?.together[0]).toEqual(graph.containers.map(({ key }) => key))
    expect(files.find(({ kind }) => kind === 'rootfs')?.together).toEqual([])
  })

  it('what needs a capability is read with it, and named without it', async () => {
    const root = (await look(shells.root)).evidence
    expect(root.hostnames.map(({ hostname, source, gaps }) => [hostname, source, gaps])).toEqual([
      ['lab', 'kernel', []],
    ])
    expect(root.ipcs[0]?.sysv).toEqual({ shm: [], sem: [], msg: [] })
    const helper = (await look(shells.helper)).evidence
    expect(helper.hostnames[0]?.gaps).toMatchObject([{ code: 'needs-nsenter', capability: 'SYS_ADMIN' }])
    expect(helper.ipcs[0]).toMatchObject({ sysv: null, gaps: [{ code: 'needs-nsenter', part: 'sysv' }] })
    for (const { ipcs } of [root, helper])
      expect(ipcs[0]?.posix).toMatchObject([{ kind: 'sem', name: 'turn', bytes: 2 }])
    expect(helper.users[0]?.uidMap).toEqual([{ inside: 0, outside: 0, count: 4_294_967_295 }])
  })
})

type Link = { ifindex: number; ifname: string; link_index: number; address: string; mtu: number; operstate: string }

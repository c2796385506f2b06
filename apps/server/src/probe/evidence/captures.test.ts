import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { endpointText, type NetworkEvidence, podEvidenceSchema } from '@pausescope/shared'
import { type CaptureName, loadCapture } from '@pausescope/testkit'
import { afterAll, describe, expect, it } from 'vitest'
import { READ_LIMIT_MS, readCapturedNode } from '../../observe/test/captured-node.ts'
import { unwrapProbe } from '../probe-frame.ts'
import { probeOutput } from '../run-probe.ts'
import { findToolSets } from '../test/tools.ts'
import { type EvidencePlan, evidenceArguments } from './evidence-plan.ts'
import { EVIDENCE_SCRIPT } from './evidence-script.ts'
import { parseEvidence } from './parse-evidence.ts'
import { runEvidence } from './run-evidence.ts'

const toolSets = findToolSets()
afterAll(() => {
  for (const { remove } of toolSets) remove()
})

/** Captures that hold what `ip -j addr` and `ss -Htulnp` said in each network namespace. */
const WITH_IP = ['node1-containerd-cgroup1', 'node3-containerd-cgroup2', 'node4-crio-cgroup2'] as const

type IpAddress = { family: string; local: string; prefixlen: number; scope: string }
type IpLink = { ifindex: number; ifname: string; addr_info: IpAddress[] }
type Said = { pid: number; inode: number; links: IpLink[]; sockets: string[] }

/** The blocks of ip-ss.txt: `== PID net:[INODE]`, the JSON of ip, the lines of ss. */
function readOracle(name: CaptureName): Said[] {
  const text = readFileSync(join(loadCapture(name).folder, 'ip-ss.txt'), 'utf8')
  return text.split(/^== /m).flatMap((block) => {
    const [head = '', json = '[]', ...lines] = block.split('\n')
    const [, pid, inode] = /^(\d+) net:\[(\d+)\]$/.exec(head) ?? []
    if (!inode) return []
    const sockets = lines.filter((line) => line.trim() !== '').map((line) => line.trim().split(/ +/))
    return [
      {
        pid: Number(pid),
        inode: Number(inode),
        links: JSON.parse(json) as IpLink[],
        sockets: sockets.map(([netid, state, , , local]) => `${netid} ${state} ${local}`).sort(),
      },
    ]
  })
}

/** As ss spells one that listens; it learns by netlink that an IPv6 socket takes IPv4 too. */
function asSs({ sockets }: NetworkEvidence, said: readonly string[]): string[] {
  return sockets
    .filter(({ state }) => state === 'listen' || state === 'unconnected')
    .map(({ protocol, state, local }) => {
      const start = `${protocol.slice(0, 3)} ${state === 'listen' ? 'LISTEN' : 'UNCONN'}`
      const both = `${start} *:${local.port}`
      return local.address === '::' && said.includes(both) ? both : `${start} ${endpointText(local)}`
    })
    .sort()
}

const spell = ({ local, prefixlen, scope }: IpAddress) => `${local}/${prefixlen} ${scope}`

/** Names are others' as soon as a veth ends meanwhile; those of the node came and went between the two readings. */
function addressesOf({ interfaces, otherAddresses = [] }: NetworkEvidence): Map<string, string[]> {
  const spellOwn = (one: (typeof otherAddresses)[number]) => `${one.address}/${one.prefix} ${one.scope}`
  const others: [string, string[]] = ['', otherAddresses.map(spellOwn)]
  return new Map([...interfaces.map((one): [string, string[]] => [one.name, one.addresses.map(spellOwn)]), others])
}

describe.each(WITH_IP)('%s', { timeout: READ_LIMIT_MS }, (name) => {
  it('has in every network namespace the interfaces, addresses and listening sockets that ip and ss tell', async () => {
    const { capture, scan, observations } = await readCapturedNode(name)
    const said = readOracle(name)
    const plan: EvidencePlan = {
      readers: {
        // ip ran seconds apart from the tree's making: the lowest PID may have been another one.
        net: said.flatMap(({ inode }) => {
          const first = scan.processes.find(({ ns }) => ns.net === inode)
          return first ? [{ id: { type: 'net' as const, inode, device: null }, pid: first.pid }] : []
        }),
        mnt: [],
        user: [],
        uts: [],
        ipc: [],
      },
      processes: scan.processes.map((process) => ({ ...process, containerId: '' })),
      left: 0,
    }
    const [observation] = observations.values()
    if (!observation) throw new Error('no pod')
    const output = await probeOutput(capture.procRoot, {}, EVIDENCE_SCRIPT, evidenceArguments(plan))
    const { networks } = parseEvidence(unwrapProbe(output), { observation, plan, at: '' })
    expect(networks).toHaveLength(said.length)
    let compared = 0
    for (const { inode, links, sockets } of said) {
      const network = networks.find(({ id }) => id.inode === inode)
      if (!network) throw new Error(`net:[${inode}] is missing`)
      expect(asSs(network, sockets), `net:[${inode}]`).toEqual(sockets)
      const addresses = addressesOf(network)
      const loose = addresses.get('') ?? []
      for (const { ifname, ifindex, addr_info } of links) {
        const own = addresses.get(ifname)
        expect(own, `${ifname} of net:[${inode}]`).toBeDefined()
        // One address on many of the node's interfaces: nothing of /proc tells on which.
        const told = addr_info.map(spell).filter((one) => !loose.includes(one))
        expect(own, `${ifname} of net:[${inode}]`).toEqual(told)
        compared += told.length
        const { index } = network.interfaces.find((one) => one.name === ifname) ?? {}
        if (index !== null) expect(index).toBe(ifindex)
      }
      const all = links.flatMap(({ addr_info }) => addr_info.map(spell))
      expect(all).toEqual(expect.arrayContaining(loose))
      // Only the node has an address on several interfaces.
      if (network.pid !== 1) expect(loose).toEqual([])
    }
    expect(compared).toBeGreaterThan(40)
  })

  it('gives each pod all that the tree holds, and says what it does not hold', async () => {
    const { capture, observations } = await readCapturedNode(name)
    const all = [...observations.values()]
    const read = await runEvidence(capture.procRoot, all, 'x')
    for (const evidence of read) {
      podEvidenceSchema.parse(evidence)
      const observation = all.find(({ pod }) => pod.uid === evidence.pod.uid)
      if (observation?.processes.length === 0) continue
      for (const { mounts } of evidence.mounts) expect(mounts.length).toBeGreaterThan(5)
      for (const { uidMap, gidMap } of evidence.users) expect(uidMap.length * gidMap.length).toBe(1)
      const gaps = [...evidence.networks, ...evidence.mounts, ...evidence.users].flatMap((one) => one.gaps)
      const kinds = new Set(gaps.map(({ code, part }) => `${code} ${part}`))
      expect([...kinds], evidence.pod.name).toEqual(['not-recorded links', 'not-recorded holders'])
      expect(evidence.gaps).toEqual([])
    }
    expect(read.flatMap(({ mounts }) => mounts).length).toBeGreaterThan(20)
  })
})

it.each(toolSets)('$name give the same', { timeout: READ_LIMIT_MS }, async ({ options }) => {
  const { capture, observations } = await readCapturedNode('node3-containerd-cgroup2')
  const observation = [...observations.values()].find(({ pod }) => pod.name === 'myweb2')
  if (!observation) throw new Error('no myweb2')
  const [evidence] = await runEvidence(capture.procRoot, [observation], 'x', options)
  expect([evidence]).toEqual(await runEvidence(capture.procRoot, [observation], 'x'))
  expect(evidence?.networks[0]?.sockets.length).toBeGreaterThan(1)
})

import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import {
  buildGraph,
  indexScan,
  observePod,
  type PodGraph,
  podCgroupFacts,
  podsFromDocument,
  processTrees,
  psText,
  shellCommands,
} from '@pausescope/shared'
import { CAPTURES, loadCapture } from '@pausescope/testkit'
import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { runProbe } from '../probe/run-probe.ts'
import { type CapturedNode, READ_LIMIT_MS, readCapturedNode } from './test/captured-node.ts'

describe.each(CAPTURES)('what is beside the picture, on %s', (name) => {
  let node: CapturedNode
  beforeAll(async () => {
    node = await readCapturedNode(name)
  }, READ_LIMIT_MS)

  it('has every process of a pod in the tree of its PID namespace, by the number that /proc gives it', () => {
    let seen = 0
    for (const graph of graphsOf(node)) {
      const { processes, namespaces } = graph.observation
      const trees = processTrees(graph)
      for (const process of processes) {
        const tree = trees.find(({ namespace }) => namespace === `pid:[${process.ns.pid}]`)
        const found = tree?.processes.find(({ pid }) => pid === process.pid)
        expect(found?.inner).toBe(process.nspid.at(-1))
        seen++
      }
      for (const { namespace, outside, processes: all } of trees) {
        const census = namespaces.find(({ id }) => `pid:[${id.inode}]` === namespace)
        expect(all.filter(({ nested }) => !nested).length + outside).toBe(census?.nprocs)
      }
    }
    expect(seen).toBeGreaterThan(5)
  })

  it("tells the QoS class and the driver as the API and the kubelet's paths do", () => {
    const classes = new Map<string, string>(
      JSON.parse(node.capture.podsJson).items.map(
        (one: { metadata: { uid: string }; status: { qosClass: string } }) => [one.metadata.uid, one.status.qosClass],
      ),
    )
    const told = graphsOf(node).filter(({ observation }) => observation.processes.length > 0)
    expect(told.length).toBeGreaterThan(0)
    for (const { observation } of told) {
      const driver = name.startsWith('node1') ? 'cgroupfs' : 'systemd'
      expect(podCgroupFacts(observation)).toEqual({ qos: classes.get(observation.pod.uid), driver })
    }
  })

  it('has commands that sh reads as they are meant', () => {
    const commands = graphsOf(node).flatMap((graph) =>
      [...graph.containers, ...graph.namespaces].flatMap((one) => {
        const { node, kubectl } = shellCommands(graph, { kind: 'id' in one ? 'namespace' : 'container', key: one.key })
        return [...node, ...kubectl]
      }),
    )
    expect(commands.length).toBeGreaterThan(20)
    expect(wordsOfSh(commands.map(({ text }) => text))).toEqual(commands.map(({ words }) => [...words]))
  })
})

it('sh reads hostile names as one word each', () => {
  const [pod] = podsFromDocument(JSON.parse(loadCapture('node3-hostile').podsJson))
  if (!pod) throw new Error('The capture has pods.')
  const name = fc.string({ minLength: 1, unit: fc.constantFrom(...`ab-'"$\`\\;|&<>(){}[]*?#~ !=^%\t\n한é`) })
  const all = fc.sample(fc.tuple(name, name, name, name), { numRuns: 500, seed: 5 })
  const commands = all.flatMap(([podName, namespace, nodeName, container]) => {
    const containers = pod.containers.slice(0, 1).map((one) => ({ ...one, name: container, state: RUNNING }))
    const one = { ...pod, name: podName, namespace, nodeName, containers }
    const graph = buildGraph(observePod(indexScan(EMPTY_SCAN, [one]), one, CONTEXT))
    const { node, kubectl } = shellCommands(graph, { kind: 'container', key: `container:${container}` })
    return [...node, ...kubectl]
  })
  expect(commands.length).toBeGreaterThan(500)
  expect(wordsOfSh(commands.map(({ text }) => text))).toEqual(commands.map(({ words }) => [...words]))
})

const isRoot = process.getuid?.() === 0

describe.skipIf(!isRoot)(isRoot ? 'beside the real ps' : 'beside the real ps: needs root', () => {
  it('numbers, parents, users and zombies are those of ps in the PID namespace', async () => {
    // PID 1 has a child with a zombie, a child of another user, and one with a PID namespace of its own.
    const script = [
      `sh -c 'true & exec sleep 1000' & setpriv --reuid 4321 sleep 1000 & unshare --pid --fork sleep 1000 &`,
      'until [ $(ps -e -o args= | grep -c -e "^sleep 1000" -e "defunct>$") = 4 ]; do sleep 0.1; done; echo ready; wait',
    ].join(' ')
    const child = spawn('unshare', ['--pid', '--fork', '--mount-proc', '--kill-child', 'sh', '-c', script], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    try {
      await once(child.stdout, 'data')
      const scan = await runProbe('/proc')
      const first = scan.processes.find(({ ppid }) => ppid === child.pid)
      if (!first) throw new Error('The shell in the namespace was not seen.')
      const [pod] = podsFromDocument(JSON.parse(loadCapture('node3-hostile').podsJson))
      if (!pod) throw new Error('The capture has pods.')
      const cgroup = [`0::/kubepods/pod${pod.uid}/${'a'.repeat(64)}`]
      const below = new Set([first.pid])
      for (const { pid, ppid } of scan.processes.toSorted((a, b) => a.starttime - b.starttime || a.pid - b.pid))
        if (below.has(ppid)) below.add(pid)
      const processes = scan.processes.map((one) => (below.has(one.pid) ? { ...one, cgroup } : one))
      const graph = buildGraph(observePod(indexScan({ ...scan, processes }, [pod]), pod, CONTEXT))
      const tree = processTrees(graph).find(({ namespace }) => namespace === `pid:[${first.ns.pid}]`)
      if (!tree) throw new Error('The namespace has no tree.')

      const ps = ['ps', '-e', '-o', 'uid,pid,ppid,args', '--no-headers']
      const printed = execFileSync('nsenter', ['-t', `${first.pid}`, '-p', '-m', ...ps], { encoding: 'utf8' })
      const expected = cells(printed).filter((line) => !line.includes('ps -e -o uid'))
      expect(expected.some((line) => line.endsWith('<defunct>'))).toBe(true)
      const [, ...lines] = cells(psText(tree))
      expect(lines.map((line) => line.replace(/^root /, '0 '))).toEqual(expected)
    } finally {
      child.kill('SIGKILL')
    }
  })
})

const CONTEXT = {
  at: '2026-11-23T11:00:00Z',
  cluster: { name: null, version: null },
  node: {
    ...{ name: 'node1', runtime: 'containerd', runtimeVersion: null, kubeletVersion: null },
    ...{ kernel: null, os: 'linux', osImage: null, ready: true },
  },
}
const RUNNING = { kind: 'running' as const, startedAt: null }
const EMPTY_SCAN = {
  ...{ hostname: null, bootId: null, kernel: null, uptime: null, cgroupVersion: null, nsfsDevice: null },
  ...{ processes: [], pins: [], gaps: [], types: [] },
}

function graphsOf({ observations }: CapturedNode): PodGraph[] {
  return [...observations.values()].map((observation) => buildGraph(observation))
}

/** Lines with one blank between their cells. */
function cells(text: string): string[] {
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => line.trim().replace(/ +/g, ' '))
}

/** How sh splits each command line into words. */
function wordsOfSh(lines: readonly string[]): string[][] {
  const show = (line: string) => `printf '%s\\0' ${line}; printf '\\0'`
  const output = execFileSync('sh', [], { input: lines.map(show).join('\n'), encoding: 'utf8', maxBuffer: 1 << 26 })
  return output
    .split('\0\0')
    .slice(0, -1)
    .map((words) => words.split('\0'))
}

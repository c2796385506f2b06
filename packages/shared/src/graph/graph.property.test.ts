import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { NAMESPACE_LINKS, NAMESPACE_TYPES } from '../model/namespace-type.ts'
import type { NodeScan, ScannedProcess } from '../model/node-scan.ts'
import { observationSchema } from '../model/observation.ts'
import { CONTAINER_KINDS, type Pod } from '../model/pod.ts'
import { observePod } from '../observe/observe.ts'
import { indexScan } from '../observe/scan-index.ts'
import { CONTEXT, cgroupLine, container, containerId, node, pod, scan } from '../test/domain-builders.ts'
import { buildGraph } from './graph.ts'
import { lsnsTable, lsnsText } from './lsns.ts'
import { membershipTable } from './membership-table.ts'

const UIDS = ['697a076d-3051-4e1a-8627-4cd5ffe8a034', 'f57caa45-724f-4328-bc2e-b81a1220cf47'] as const
const IDS = ['a', 'b', 'c', 'd', 'e'].map(containerId)
const uid = fc.constantFrom(...UIDS)
const id = fc.constantFrom(...IDS)
const inode = fc.integer({ min: 4026531834, max: 4026531842 })
const text = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 12 }),
  fc.constantFrom('pause', '/pause', '', ') S 1 (', 'a\nb'),
)

const line = fc.oneof(
  { weight: 6, arbitrary: fc.tuple(id, uid).map(([container, of]) => cgroupLine(container, of)) },
  uid.map((of) => `0::/kubepods/pod${of}`),
  fc.tuple(id, uid).map(([container, of]) => `0::/kubepods/pod${of}/crio-conmon-${container}`),
  text.map((junk) => `0::/${junk}`),
)

const scanned: fc.Arbitrary<ScannedProcess> = fc
  .record({
    pid: fc.integer({ min: 1, max: 60 }),
    ppid: fc.integer({ min: 0, max: 60 }),
    starttime: fc.integer({ min: 0, max: 20 }),
    state: fc.constantFrom('S', 'R', 'Z', 'X'),
    uid: fc.option(fc.nat()),
    nspid: fc.array(fc.nat(), { maxLength: 3 }),
    comm: text,
    argv: fc.array(text, { maxLength: 3 }),
    kernelThread: fc.boolean(),
    cgroup: fc.array(line, { maxLength: 2 }),
    ns: fc.record(Object.fromEntries(NAMESPACE_LINKS.map((name) => [name, inode])), { requiredKeys: [] }),
    unreadable: fc.constantFrom('denied' as const, 'gone' as const, undefined),
  })
  .map(({ unreadable, ...process }) => (unreadable ? { ...process, unreadable } : process))

const scans: fc.Arbitrary<NodeScan> = fc
  .record({
    processes: fc.array(scanned, { maxLength: 25 }),
    pins: fc.array(
      fc.record({
        id: fc.record({ type: fc.constantFrom(...NAMESPACE_TYPES), inode, device: fc.constant(4) }),
        path: text,
      }),
      { maxLength: 4 },
    ),
  })
  .map(({ processes, pins }) => scan(processes, { pins }))

const containers = fc.uniqueArray(
  fc.record({
    name: text,
    kind: fc.constantFrom(...CONTAINER_KINDS),
    id: fc.option(id),
    privileged: fc.boolean(),
    targetContainerName: fc.option(text),
    state: fc.constantFrom({ kind: 'running' as const, startedAt: null }, { kind: 'unknown' as const }),
  }),
  { selector: ({ name }) => name, maxLength: 4 },
)

const flags = {
  hostNetwork: fc.boolean(),
  hostPID: fc.boolean(),
  hostIPC: fc.boolean(),
  shareProcessNamespace: fc.boolean(),
}
const pods: fc.Arbitrary<Pod> = fc
  .record({ ...flags, hostUsers: fc.option(fc.boolean()), containers })
  .map(({ containers: list, ...spec }) =>
    pod(
      list.map(({ name, ...more }) => container(name, more)),
      spec,
    ),
  )
const runtimes = fc.option(fc.constantFrom('containerd', 'cri-o', 'docker'))

function observe(of: Pod, seen: NodeScan, runtime: string | null) {
  const other = pod([], { name: 'other', uid: UIDS[1] })
  return observePod(indexScan(seen, [of, other]), of, { ...CONTEXT, node: node({ runtime }) })
}

describe('for every scan and pod', { timeout: 60_000 }, () => {
  it('two containers are linked to one namespace if and only if the scan gave both the same inode', () => {
    fc.assert(
      fc.property(pods, scans, runtimes, (of, seen, runtime) => {
        const graph = buildGraph(observe(of, seen, runtime))
        const first = (pid: number | null) => seen.processes.find((process) => process.pid === pid)
        for (const a of graph.containers) {
          for (const b of graph.containers) {
            for (const type of NAMESPACE_TYPES) {
              const linkOf = (one: typeof a) =>
                one.memberships.find((membership) => membership.type === type)?.namespace
              const inodeOf = (one: typeof a) => (one.pid === null ? undefined : first(one.pid)?.ns[type])
              expect(linkOf(a) !== undefined && linkOf(a) === linkOf(b)).toBe(
                inodeOf(a) !== undefined && inodeOf(a) === inodeOf(b),
              )
            }
          }
        }
      }),
    )
  })

  it('a container has only processes whose cgroup names the pod and the container', () => {
    fc.assert(
      fc.property(pods, scans, runtimes, (of, seen, runtime) => {
        const graph = buildGraph(observe(of, seen, runtime))
        for (const { containerId: own, processes } of graph.containers) {
          for (const { cgroup } of processes) expect(cgroup).toContain(cgroupLine(own as string, of.uid))
        }
      }),
    )
  })

  it('the order of processes and pins makes no difference', () => {
    fc.assert(
      fc.property(pods, scans, runtimes, fc.infiniteStream(fc.nat()), (of, seen, runtime, keys) => {
        const shuffle = <Item>(items: readonly Item[]): Item[] =>
          items
            .map((item) => [keys.next().value as number, item] as const)
            .sort((a, b) => a[0] - b[0])
            .map(([, item]) => item)
        const shuffled = { ...seen, processes: shuffle(seen.processes), pins: shuffle(seen.pins) }
        const observation = observe(of, seen, runtime)
        expect(observe(of, shuffled, runtime)).toEqual(observation)
        const { observation: _, ...graph } = buildGraph({ ...observation, processes: shuffle(observation.processes) })
        expect(graph).toEqual((({ observation: _, ...rest }) => rest)(buildGraph(observation)))
      }),
    )
  })

  it('an observation survives its file, and so does the graph', () => {
    fc.assert(
      fc.property(pods, scans, runtimes, (of, seen, runtime) => {
        const observation = observe(of, seen, runtime)
        const read = observationSchema.parse(JSON.parse(JSON.stringify(observation)))
        expect(read).toEqual(observation)
        expect(buildGraph(read)).toEqual(buildGraph(observation))
      }),
    )
  })

  it('tables have a line for each namespace, whatever a process is called', () => {
    fc.assert(
      fc.property(pods, scans, runtimes, fc.boolean(), (of, seen, runtime, ascii) => {
        const observation = observe(of, seen, runtime)
        for (const { pid, ns } of observation.processes) {
          const readable = NAMESPACE_TYPES.filter((type) => ns[type] !== undefined).length
          const rows = lsnsTable(observation, pid)
          expect(rows.length).toBe(readable)
          expect(lsnsText(rows, { ascii }).split('\n').length).toBe(readable === 0 ? 1 : readable + 2)
        }
      }),
    )
  })

  it('letters of the table are equal exactly where inodes are', () => {
    fc.assert(
      fc.property(pods, scans, runtimes, (of, seen, runtime) => {
        const { rows, columns } = membershipTable(buildGraph(observe(of, seen, runtime)))
        for (const at of columns.keys()) {
          const cells = rows.map(({ cells }) => cells[at]).filter((cell) => cell?.kind === 'member')
          for (const cell of cells) {
            const same = cells.filter((other) => other.inode === cell.inode)
            expect(new Set(same.map(({ letter }) => letter)).size).toBe(1)
            expect(cell.letter !== null).toBe(same.length > 1)
            if (cell.letter) expect(cells.filter(({ letter }) => letter === cell.letter)).toEqual(same)
          }
        }
      }),
    )
  })
})

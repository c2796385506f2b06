import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { NAMESPACE_TYPES } from '../model/namespace-type.ts'
import { observationSchema } from '../model/observation.ts'
import { observe, pods, runtimes, scans } from '../test/arbitrary-scans.ts'
import { cgroupLine } from '../test/domain-builders.ts'
import { buildGraph } from './graph.ts'
import { lsnsTable, lsnsText } from './lsns.ts'
import { membershipTable } from './membership-table.ts'

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

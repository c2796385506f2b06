import { lsnsTable, lsnsText, type Observation } from '@pausescope/shared'
import { beforeAll, describe, expect, it } from 'vitest'
import { type CapturedNode, isNodes, processBounds, READ_LIMIT_MS, readCapturedNode } from './test/captured-node.ts'

/** The tables of lsns-p.txt by PID, as `lsns -p PID` printed them in the C locale. */
function readTables(text: string): Map<number, string> {
  const parts = text.split(/^== (\d+)\n/m).slice(1)
  const tables = new Map<number, string>()
  for (let at = 0; at < parts.length; at += 2) tables.set(Number(parts[at]), parts[at + 1] as string)
  return tables
}

/** `NS TYPE NPROCS`, the number blanked at its width. */
function withoutCount(line: string): string {
  return line.replace(/^( *\d+ \w+ +)(\d+)/, (_, head: string, count: string) => head + '#'.repeat(count.length))
}

describe.each([
  ['node1-containerd-cgroup1', 0],
  ['node3-containerd-cgroup2', 64],
  ['node3-after-restart', 64],
  ['node4-crio-cgroup2', 64],
] as const)('%s, tables of lsns -p', (name, kernelThreads) => {
  let node: CapturedNode
  let cases: { pid: number; printed: string; observation: Observation }[]
  beforeAll(async () => {
    node = await readCapturedNode(name)
    cases = []
    for (const [pid, printed] of readTables(node.file('lsns-p.txt'))) {
      const observation = [...node.observations.values()].find(({ processes }) =>
        processes.some((one) => one.pid === pid),
      )
      // One table is of the reader itself, which was gone when the tree was read.
      if (observation) cases.push({ pid, printed, observation })
    }
  }, READ_LIMIT_MS)

  it('prints each to the byte, but for the count of what comes and goes', () => {
    expect(cases.length).toBeGreaterThan(20)
    for (const { pid, printed, observation } of cases) {
      const made = lsnsText(withKernelThreads(lsnsTable(observation, pid)), { ascii: true })
      expect(made.split('\n').map(withoutCount)).toEqual(printed.split('\n').map(withoutCount))
    }
  })

  it('counts the processes of each namespace', () => {
    for (const { pid, printed, observation } of cases) {
      const counts = new Map(
        printed
          .split('\n')
          .map((line) => line.trim().split(/ +/))
          .map(([ns, , count]) => [ns, count]),
      )
      for (const { ns, type } of lsnsTable(observation, pid)) {
        const namespace = node.index.namespaces[type].get(ns)
        if (!namespace) throw new Error(`${type}:[${ns}] is not in the index.`)
        const { least, most } = processBounds(namespace)
        const threads = isNodes(node.index, namespace) ? kernelThreads - (type === 'mnt' ? 1 : 0) : 0
        expect(Number(counts.get(`${ns}`)), `${pid} ${type}`).toBeGreaterThanOrEqual(least + threads)
        expect(Number(counts.get(`${ns}`)), `${pid} ${type}`).toBeLessThanOrEqual(most + threads)
      }
    }
  })

  /** The captured trees leave out kernel threads; with them the counts have the width that lsns gave the column. */
  function withKernelThreads(rows: ReturnType<typeof lsnsTable>) {
    return rows.map((row) => {
      const isNode = node.index.baseline[row.type]?.inode === row.ns
      return isNode ? { ...row, nprocs: row.nprocs + kernelThreads } : row
    })
  }
})

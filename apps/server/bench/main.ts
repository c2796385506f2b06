/** Prints how far the goals are met. It never fails: numbers of a busy machine say little. */
import { loadavg } from 'node:os'
import { type Bench, type BenchRow, formatRows } from './bench-row.ts'
import { fullNode } from './full-node.ts'
import { pageSize } from './page-size.ts'
import { parseAndGraph } from './parse-and-graph.ts'
import { probeAgainstLsns } from './probe-against-lsns.ts'
import { repeatedScans } from './repeated-scans.ts'
import { scale } from './scale.ts'

const benches: Record<string, Bench> = {
  'the size of the page': pageSize,
  'parsing and the graph': parseAndGraph,
  'the fullest node': fullNode,
  'the probe against lsns': probeAgainstLsns,
  'a cluster of the largest size': scale,
  'repeated scans': repeatedScans,
}

const rows: BenchRow[] = []
for (const [name, bench] of Object.entries(benches)) {
  console.error(`Measuring ${name} …`)
  try {
    rows.push(...(await bench()))
  } catch (cause) {
    rows.push({
      what: name,
      value: null,
      unit: 'ms',
      goal: null,
      note: cause instanceof Error ? cause.message : `${cause}`,
    })
  }
}
console.log(formatRows(rows))
const load = loadavg()[0] ?? 0
if (load > 2) console.log(`\nThe machine was busy (load ${load.toFixed(1)}): run it again on a quiet one.`)

import { buildGraph, indexScan, observePod, parsePod } from '@pausescope/shared'
import { buildBigNode } from '@pausescope/testkit'
import { parseProbe } from '../src/probe/parse-probe.ts'
import { probeOutput } from '../src/probe/run-probe.ts'
import { type Bench, median, timed } from './bench-row.ts'
import { BIG_NODE_CONTEXT } from './big-node-context.ts'

const COUNT = 10_000
const ROUNDS = 15

/** From the probe's output of a node full of pods to one pod's graph. */
export const parseAndGraph: Bench = async () => {
  const node = buildBigNode('big', COUNT)
  try {
    const output = await probeOutput(node.procRoot)
    const pods = node.pods.map(parsePod)
    const parse: number[] = []
    const all: number[] = []
    for (let round = 0; round < ROUNDS; round++) {
      all.push(
        await timed(async () => {
          const start = performance.now()
          const scan = parseProbe(output)
          parse.push(performance.now() - start)
          const index = indexScan(scan, pods)
          const pod = index.pods[0]
          if (pod) buildGraph(observePod(index, pod, BIG_NODE_CONTEXT))
        }),
      )
    }
    const note = `median of ${ROUNDS}, of it parse ${median(parse).toFixed(0)} ms, the first time, cold, ${all[0]?.toFixed(0)} ms; ${Math.round(output.length / 1024)} KB as sent`
    return [
      {
        what: `parse + graph, ${COUNT} processes, ${pods.length} pods`,
        value: median(all),
        unit: 'ms',
        goal: 60,
        note,
      },
    ]
  } finally {
    node.remove()
  }
}

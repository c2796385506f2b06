import { buildNodeGraph, buildNodeScene, indexScan, observeWholeNode, parsePod } from '@pausescope/shared'
import { buildBigNode } from '@pausescope/testkit'
import { parseProbe } from '../src/probe/parse-probe.ts'
import { probeOutput } from '../src/probe/run-probe.ts'
import { type Bench, median, timed } from './bench-row.ts'
import { BIG_NODE_CONTEXT } from './big-node-context.ts'

const PROCESSES = 20_000
const PODS = 500
const ROUNDS = 7

/** The fullest node that one may meet: what its scan takes, and its picture. */
export const fullNode: Bench = async () => {
  const node = buildBigNode('big', PROCESSES, PROCESSES / PODS)
  try {
    const pods = node.pods.map(parsePod)
    const scans: number[] = []
    let output: Buffer = Buffer.alloc(0)
    for (let round = 0; round < 3; round++) {
      scans.push(
        await timed(async () => {
          output = await probeOutput(node.procRoot)
        }),
      )
    }
    const parts: Record<'parse' | 'observe' | 'draw', number[]> = { parse: [], observe: [], draw: [] }
    for (let round = 0; round < ROUNDS; round++) {
      const start = performance.now()
      const scan = parseProbe(output)
      const parsed = performance.now()
      const observation = observeWholeNode(indexScan(scan, pods), BIG_NODE_CONTEXT)
      const observed = performance.now()
      buildNodeScene(buildNodeGraph(observation))
      parts.parse.push(parsed - start)
      parts.observe.push(observed - parsed)
      parts.draw.push(performance.now() - observed)
    }
    const what = `${PROCESSES} processes, ${node.pods.length} pods`
    return [
      { what: `scan, ${what}`, value: median(scans), unit: 'ms', goal: null, note: 'the probe alone, median of 3' },
      { what: `parse, ${what}`, value: median(parts.parse), unit: 'ms', goal: null, note: `median of ${ROUNDS}` },
      { what: `observe the whole node, ${what}`, value: median(parts.observe), unit: 'ms', goal: null, note: '' },
      {
        what: `node's graph and picture, ${what}`,
        value: median(parts.draw),
        unit: 'ms',
        goal: null,
        note: 'what the page does',
      },
    ]
  } finally {
    node.remove()
  }
}

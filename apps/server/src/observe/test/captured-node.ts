import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import {
  buildGraph,
  type IndexedNamespace,
  indexScan,
  type NodeFacts,
  type NodeScan,
  nodesFromDocument,
  type Observation,
  observeNode,
  type Pod,
  type PodGraph,
  podName,
  podsFromDocument,
  type ScanIndex,
  type ScannedProcess,
} from '@pausescope/shared'
import { type Capture, type CaptureName, loadCapture } from '@pausescope/testkit'
import { runProbe } from '../../probe/run-probe.ts'

/** A captured node, read by the real probe: what the oracle tests compare with. */
export type CapturedNode = {
  capture: Capture
  scan: NodeScan
  pods: Pod[]
  node: NodeFacts
  index: ScanIndex
  /** By `namespace/name`. */
  observations: ReadonlyMap<string, Observation>
  graph: (pod: string) => PodGraph
  /** Text of one of the capture's files. */
  file: (name: string) => string
}

/** For tests that read a captured node: seconds, on a machine that is busy. */
export const READ_LIMIT_MS = 120_000

export async function readCapturedNode(name: CaptureName): Promise<CapturedNode> {
  const capture = loadCapture(name)
  const scan = await runProbe(capture.procRoot)
  const pods = podsFromDocument(JSON.parse(capture.podsJson))
  const [node] = nodesFromDocument(JSON.parse(capture.nodeJson))
  if (!node) throw new Error(`The capture ${name} has no node.`)
  const index = indexScan(scan, pods)
  const context = { at: '2026-11-23T11:00:00Z', cluster: { name: null, version: null }, node }
  const observations = new Map(observeNode(index, context).map((one) => [podName(one.pod), one]))
  const graph = (pod: string): PodGraph => {
    const observation = observations.get(pod)
    if (!observation) throw new Error(`The capture ${name} has no pod ${pod}.`)
    return buildGraph(observation)
  }
  return {
    capture,
    scan,
    pods,
    node,
    index,
    observations,
    graph,
    file: (file) => readFileSync(join(capture.folder, file), 'utf8'),
  }
}

/** At most so many processes of the capturing pod read the node at one time: bash, nsenter, lsns and runc's exec. */
const READERS = 4

/**
 * How many processes lsns may have counted in a namespace, seconds before or after the tree was read. Exactly those that the
 * scan saw, save three kinds that come and go: the one child of each shell that loops with `sleep 5`, the readers in
 * the capturing pod, and the runtime's exec that starts those.
 */
export function processBounds({ members }: IndexedNamespace): { least: number; most: number } {
  const least = members.filter((process) => !isShortLived(process)).length
  const loops = members.filter(
    ({ argv }) => argv.at(-1)?.includes('while true; do') && argv.at(-1)?.includes('sleep 5'),
  )
  const readers = members.some(isReader) ? READERS : 0
  return { least, most: least + loops.length + readers }
}

function isShortLived(process: ScannedProcess): boolean {
  const command = process.argv.join(' ')
  return command === 'sleep 5' || command.startsWith('curl ') || command === 'date' || isReader(process)
}

function isReader({ argv, comm }: ScannedProcess): boolean {
  return comm === 'python3' || (comm === 'runc' && argv.includes('exec'))
}

/** The node's namespaces of an index. */
export function isNodes({ baseline }: ScanIndex, { id }: IndexedNamespace): boolean {
  return baseline[id.type]?.inode === id.inode
}

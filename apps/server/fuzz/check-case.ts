import {
  buildGraph,
  buildNodeGraph,
  buildNodeScene,
  buildScene,
  indexScan,
  type NodeScan,
  nodeObservationSchema,
  nodeScanSchema,
  type Observation,
  type ObservationContext,
  observationSchema,
  observeNode,
  observeWholeNode,
  paintSvg,
  podName,
  type ScanIndex,
  type Scene,
} from '@pausescope/shared'
import { faultsOf, groupsOf } from '../../../packages/shared/src/test/scene-faults.ts'
import { wellFormed } from '../../../packages/shared/src/test/well-formed.ts'
import { parseProbe } from '../src/probe/parse-probe.ts'
import { ProbeError } from '../src/probe/probe-error.ts'
import { frame } from './body.ts'
import { brokenGraphLaws, brokenNodeLaws } from './laws.ts'
import { type FuzzCase, outputOf } from './make-case.ts'
import { brokenTableLaws } from './table-laws.ts'

const AT = '2026-01-01T00:00:00Z'

/** What reorders or hides text where it is drawn. */
const INVISIBLE = /[\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]/

/** What a case came to: refused with a ProbeError, or drawn; and what went wrong on the way, in words. */
export type CaseResult = { refused: boolean; faults: string[] }

/** Takes a case the whole way, from output to picture. */
export function checkCase(given: FuzzCase): CaseResult {
  let scan: NodeScan | null
  try {
    scan = scanOf(outputOf(given))
  } catch (cause) {
    return { refused: false, faults: [`parseProbe: ${spell(cause)}`] }
  }
  if (!scan) return { refused: true, faults: [] }
  return { refused: false, faults: checkScan(scan, given) }
}

function checkScan(scan: NodeScan, given: FuzzCase): string[] {
  let stage = 'the frame'
  try {
    if (given.damage && !isSame(scan, scanOf(frame(given.body)))) return ['A damaged frame gives another scan.']
    stage = 'the schema of a scan'
    nodeScanSchema.parse(scan)
    stage = 'observeNode'
    const index = indexScan(scan, given.pods)
    const context = { at: AT, cluster: { name: null, version: null }, node: given.node }
    const observations = observeNode(index, context)
    const faults = observations.flatMap((observation) => {
      stage = `pod ${podName(observation.pod)}`
      return checkPod(scan, observation).map((fault) => `${podName(observation.pod)}: ${fault}`)
    })
    stage = 'the whole node'
    return [...faults, ...brokenNodeLaws(scan, observations), ...checkNode(index, context)]
  } catch (cause) {
    return [`${stage}: ${spell(cause)}`]
  }
}

function spell(cause: unknown): string {
  return cause instanceof Error ? (cause.stack ?? cause.message) : `${cause}`
}

/** Null when it is refused. */
function scanOf(output: Uint8Array): NodeScan | null {
  try {
    return parseProbe(output)
  } catch (cause) {
    if (cause instanceof ProbeError) return null
    throw cause
  }
}

function isSame(a: NodeScan, b: NodeScan | null): boolean {
  return JSON.stringify(a) === JSON.stringify(b)
}

function checkPod(scan: NodeScan, observation: Observation): string[] {
  const read = observationSchema.safeParse(JSON.parse(JSON.stringify(observation)))
  if (!read.success) return [`The observation does not survive its file: ${read.error.message}`]
  const graph = buildGraph(observation)
  const scene = buildScene(graph, { theme: 'light' })
  const links = groupsOf(scene).flatMap(({ ref }) => (ref?.kind === 'link' ? `${ref.container} ${ref.namespace}` : []))
  return [...brokenGraphLaws(scan, graph, links), ...brokenTableLaws(scan, graph), ...checkPicture(scene)]
}

function checkNode(index: ScanIndex, context: ObservationContext): string[] {
  const observation = observeWholeNode(index, context)
  const read = nodeObservationSchema.safeParse(JSON.parse(JSON.stringify(observation)))
  if (!read.success) return [`The whole node does not survive its file: ${read.error.message}`]
  return checkPicture(buildNodeScene(buildNodeGraph(observation), { theme: 'dark' }))
}

function checkPicture(scene: Scene): string[] {
  const svg = paintSvg(scene)
  return [
    ...faultsOf(scene),
    ...(wellFormed(svg) ? [] : ['The SVG is not well-formed.']),
    ...(INVISIBLE.test(svg) ? ['The SVG holds invisible characters.'] : []),
  ]
}

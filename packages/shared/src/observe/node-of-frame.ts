import type { NodeObservationReply, NodeSummary } from '../model/api.ts'
import type { NodeFacts } from '../model/pod.ts'
import type { Frame } from '../model/recording.ts'
import { notRecorded } from '../told/not-recorded.ts'
import { told } from '../told/told.ts'
import { observeWholeNodeWithoutScan } from './observe-whole-node.ts'
import { summarizeNodes } from './summarize-nodes.ts'

/** The nodes that one moment of a recording tells of, whole or by single pods, sorted by name. */
export function nodesOfFrame({ nodes = [], observations }: Frame): NodeSummary[] {
  const whole = new Set(nodes.map(({ node }) => node.name))
  const single = observations.filter(({ pod }) => pod.nodeName !== null && !whole.has(pod.nodeName))
  const facts = new Map<string, NodeFacts>(
    [...single, ...nodes].flatMap(({ node }) => (node.name === '' ? [] : [[node.name, node]])),
  )
  const ofWhole = nodes.flatMap(({ node, pods }) => pods.map(() => ({ nodeName: node.name })))
  return summarizeNodes([...facts.values()], [...ofWhole, ...single.map(({ pod }) => pod)])
}

/**
 * One node at one moment of a recording. Where the recording has only single pods of it, their names are there and
 * `problem` says why no more is.
 * @returns null when the recording has nothing of the node.
 */
export function nodeOfFrame({ at, nodes = [], observations }: Frame, name: string): NodeObservationReply | null {
  const whole = nodes.find(({ node }) => node.name === name)
  if (whole) return { observation: whole, problem: null }
  const single = observations.filter(({ pod }) => pod.nodeName === name)
  const [first] = single
  if (!first) return null
  const sentence = told('frame.single-pods', { node: name })
  const { hostname: _, bootId: __, cgroupVersion: ___, uptime: ____, ...node } = first.node
  const pods = single.map(({ pod }) => pod)
  const problem = notRecorded(sentence, told('frame.single-pods-next'))
  const gap = { code: 'no-scan' as const, detail: problem.message, told: sentence, count: 0 }
  return {
    observation: observeWholeNodeWithoutScan(pods, { at, cluster: first.cluster, node }, gap),
    problem,
  }
}

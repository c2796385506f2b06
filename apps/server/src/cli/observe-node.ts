import {
  exportNodeSvg,
  lsnsText,
  NAMESPACE_TYPES,
  type NodeObservation,
  nodeLsnsTable,
  nodeOfFrame,
  nodesOfFrame,
} from '@pausescope/shared'
import { readVersion } from '../version.ts'
import { CliError } from './cli-error.ts'
import { findPod } from './find-pod.ts'
import type { ObserveOptions } from './options.ts'
import { recordingFrame } from './recording-frame.ts'

/** A whole node: of a recording, of files, or of the cluster. */
export async function gatherNode(options: ObserveOptions, signal: AbortSignal): Promise<NodeObservation> {
  const { recording, pods, pod } = options
  if (recording !== undefined) return nodeOfRecording(recording, options)
  if (pods !== undefined) {
    const { observeFilesWhole } = await import('./observe-files.ts')
    return observeFilesWhole({ ...options, pods }, signal)
  }
  if (pod === undefined) {
    const next = 'Give --pod NAMESPACE/NAME; or --pods FILE to scan this machine.'
    throw new CliError('usage', 'In a live cluster the node is that of a pod.', next)
  }
  const { observeLiveNode } = await import('./observe-live.ts')
  return observeLiveNode({ ...options, pod }, signal)
}

async function nodeOfRecording(path: string, { frame, pod }: ObserveOptions): Promise<NodeObservation> {
  const chosen = await recordingFrame(path, frame)
  const name = pod === undefined ? onlyNode(path, nodesOfFrame(chosen)) : nodeOfPod(path, chosen, pod)
  const reply = nodeOfFrame(chosen, name)
  if (reply && reply.problem === null) return reply.observation
  const message = reply?.problem?.message ?? `The recording ${path} has no node ${name}.`
  throw new CliError('failed', message, reply?.problem?.next ?? null)
}

function onlyNode(path: string, nodes: readonly { name: string }[]): string {
  const [first, ...more] = nodes
  if (first && more.length === 0) return first.name
  const names = nodes.map(({ name }) => name).join(', ')
  throw new CliError(
    'failed',
    first ? `The recording ${path} has several nodes: ${names}.` : `The recording ${path} has no node.`,
    first ? 'Choose one with --pod NAMESPACE/NAME, one of its pods.' : 'Choose another recording.',
  )
}

function nodeOfPod(path: string, frame: Parameters<typeof nodeOfFrame>[0], wanted: string): string {
  const single = frame.observations.map(({ pod }) => pod)
  const whole = (frame.nodes ?? []).flatMap(({ node, pods }) => pods.map((pod) => ({ ...pod, nodeName: node.name })))
  const known = new Map([...single, ...whole].map((pod) => [`${pod.namespace}/${pod.name}`, pod]))
  const { nodeName } = findPod([...known.values()], wanted, `The recording ${path}`)
  if (nodeName !== null) return nodeName
  throw new CliError('failed', `The pod ${wanted} is on no node yet.`, 'Choose another pod.')
}

/**
 * What is printed of a whole node: JSON, the tables of `lsns -t TYPE`, or the picture.
 * @param users names by uid.
 */
export function renderNode(
  observation: NodeObservation,
  options: ObserveOptions,
  users: Readonly<Record<number, string>>,
): string {
  const { output } = options
  switch (output) {
    case 'json':
      return `${JSON.stringify(observation, null, 2)}\n`
    case 'lsns':
      return NAMESPACE_TYPES.flatMap((type) => {
        const text = lsnsText(nodeLsnsTable(observation, type, { users }))
        return text === '' ? [] : [`== ${type}\n${text}`]
      }).join('\n')
    case 'markdown':
    case 'evidence':
    case 'mermaid':
      throw new CliError('usage', `There is no ${output} of a whole node.`, 'Use -o json, lsns or svg.')
    case 'svg':
      return exportNodeSvg(observation, options, readVersion())
  }
}

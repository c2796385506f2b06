import type { Pod, ScanIndex } from '@pausescope/shared'
import { CliError } from './cli-error.ts'

/**
 * The node whose /proc tree was scanned: the one whose pods have processes in it.
 * @param nodes names from a node file; empty when none was given.
 * @param podsName names the pods file at the start of a sentence.
 * @throws CliError when the pods and the tree are not of one node.
 */
export function chooseNode(index: ScanIndex, nodes: readonly string[], podsName: string): string {
  const placed = index.pods.filter((pod) => pod.nodeName !== null)
  const inFile = namesOf(placed)
  const inTree = namesOf(placed.filter((pod) => index.processes.has(pod.uid)))
  if (inFile.length === 0) {
    throw new CliError(
      'failed',
      `${podsName} has no pod on any node.`,
      'Wait until they are scheduled, then ask again.',
    )
  }
  if (inTree.length === 0) return nodeWithoutProcesses(placed, nodes, podsName)
  const wanted = nodes.length === 0 ? inTree : inTree.filter((name) => nodes.includes(name))
  if (wanted.length === 1) return wanted[0] as string
  if (wanted.length === 0) {
    throw new CliError(
      'failed',
      `The processes are of node ${inTree.join(', ')}, but the node file is of ${nodes.join(', ')}.`,
      'Give the Node object of the node whose /proc this is.',
    )
  }
  throw new CliError(
    'failed',
    `The processes are of pods on ${wanted.length} nodes: ${wanted.join(', ')}.`,
    'Run it inside one node, or choose one with --node and its Node object.',
  )
}

/** Pods without any process are believable only when none of them should have one. */
function nodeWithoutProcesses(placed: readonly Pod[], nodes: readonly string[], podsName: string): string {
  const running = placed.filter((pod) => pod.containers.some(({ state }) => state.kind === 'running'))
  if (running.length > 0) {
    throw new CliError(
      'failed',
      `No process here belongs to any of the ${running.length} running pods of ${podsName.replace('The', 'the')}.`,
      'The /proc tree and the pods must be of one node and one time.',
    )
  }
  const names = namesOf(placed).filter((name) => nodes.length === 0 || nodes.includes(name))
  if (names.length === 1) return names[0] as string
  throw new CliError(
    'failed',
    `${podsName} has pods of several nodes, and none of them has a process here.`,
    'Choose one with --node and its Node object.',
  )
}

function namesOf(pods: readonly Pod[]): string[] {
  return [...new Set(pods.flatMap((pod) => pod.nodeName ?? []))].sort()
}

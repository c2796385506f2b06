import { type Gap, type Observation, redactObservation } from '@pausescope/shared'
import { CliError } from './cli-error.ts'
import { findPod } from './find-pod.ts'
import type { ObserveOptions } from './options.ts'
import { recordingFrame } from './recording-frame.ts'
import { renderJson, renderLsns, renderMarkdown, renderMermaid, renderSvg } from './render.ts'
import { say } from './say.ts'
import { stopSignal } from './stop-signal.ts'
import { readUsers } from './users.ts'

/** Observes once and prints the result to standard output, all else to standard error. */
export async function observe(options: ObserveOptions): Promise<void> {
  const stop = stopSignal()
  try {
    if (options.wholeNode) return await observeNode(options, stop)
    if (options.output === 'evidence') refuseLiveEvidence(options)
    const seen = await gather(options, stop)
    const observations = options.redact ? seen.map(redactObservation) : seen
    for (const gap of gapsOf(observations)) say(`Not whole: ${gap.detail}`)
    if (options.output === 'evidence') {
      const { renderEvidence } = await import('./observe-evidence.ts')
      process.stdout.write(await renderEvidence(seen, options, stop))
    } else process.stdout.write(render(observations, options))
  } catch (error) {
    if (stop.aborted) throw new CliError('failed', 'Stopped before it was done; nothing was printed.')
    throw error
  }
}

async function observeNode(options: ObserveOptions, signal: AbortSignal): Promise<void> {
  refuseTreeWithoutPods(options)
  if (options.redact)
    throw new CliError('usage', 'A whole node cannot be redacted.', 'Observe one pod, without --whole-node.')
  if (options.output === 'svg' && options.drawing !== 'columns')
    throw new CliError('usage', 'Of a whole node there is one drawing.', 'Leave --drawing out.')
  const { gatherNode, renderNode } = await import('./observe-node.ts')
  const node = await gatherNode(options, signal)
  for (const gap of node.gaps) say(`Not whole: ${gap.detail}`)
  if (options.output !== 'json' && node.namespaces.length === 0) {
    throw new CliError(
      'failed',
      `No namespace of ${node.node.name} may be read.`,
      'Run it as root, with CAP_SYS_PTRACE.',
    )
  }
  process.stdout.write(renderNode(node, options, isThisMachine(options) ? readUsers() : {}))
}

async function gather(options: ObserveOptions, signal: AbortSignal): Promise<Observation[]> {
  const { recording, pods, pod } = options
  if (recording !== undefined) return fromRecording(recording, options)
  if (pods !== undefined) {
    const { observeFiles } = await import('./observe-files.ts')
    return observeFiles({ ...options, pods }, signal)
  }
  refuseTreeWithoutPods(options)
  if (pod === undefined) {
    const next = 'Give --pod NAMESPACE/NAME; or --pods FILE to scan this machine.'
    throw new CliError('usage', 'In a live cluster one pod is observed at a time.', next)
  }
  const { observeLive } = await import('./observe-live.ts')
  return [await observeLive({ ...options, pod }, signal)]
}

function refuseLiveEvidence({ recording, pods }: ObserveOptions): void {
  if (recording !== undefined || pods !== undefined) return
  const next = 'Look at it in the page, or run it on the node with --pods FILE.'
  throw new CliError('usage', 'Evidence is printed of this machine and of recordings, not of a cluster.', next)
}

function refuseTreeWithoutPods({ recording, pods, node, procRoot }: ObserveOptions): void {
  if (recording !== undefined || pods !== undefined || (node === undefined && procRoot === '/proc')) return
  const next = 'Give --pods FILE: what kubectl get pods -A -o json prints.'
  throw new CliError('usage', 'The processes of a /proc tree belong to pods that only the API server can name.', next)
}

async function fromRecording(path: string, { frame, pod }: ObserveOptions): Promise<Observation[]> {
  const chosen = await recordingFrame(path, frame)
  if (pod === undefined) return chosen.observations
  const named = chosen.observations.map((observation) => ({ ...observation.pod, observation }))
  return [findPod(named, pod, `The recording ${path}`).observation]
}

function render(observations: readonly Observation[], options: ObserveOptions): string {
  const { output, pod } = options
  const [only] = observations
  if (output === 'json') return renderJson(pod !== undefined && only ? only : observations)
  for (const observation of observations) refuseUnread(observation)
  if (output === 'lsns') return renderLsns(observations, isThisMachine(options) && !options.redact ? readUsers() : {})
  if (output === 'markdown') return renderMarkdown(observations, options.language)
  if (observations.length !== 1 || !only) {
    const next = 'Choose it with --pod NAMESPACE/NAME.'
    throw new CliError('usage', `A picture shows one pod, and there are ${observations.length}.`, next)
  }
  return output === 'mermaid' ? renderMermaid(only, options.language) : renderSvg(only, options)
}

/** Elsewhere the user ids have other names, or none. */
function isThisMachine({ recording, pods, procRoot }: ObserveOptions): boolean {
  return recording === undefined && pods !== undefined && procRoot === '/proc'
}

/** Tables and pictures of a pod none of whose namespaces could be read would look like one that has none. */
function refuseUnread({ pod, processes }: Observation): void {
  if (processes.length === 0 || processes.some(({ ns }) => Object.keys(ns).length > 0)) return
  throw new CliError(
    'failed',
    `No namespace of the pod ${pod.namespace}/${pod.name} may be read: its processes belong to other users.`,
    'Run it as root, with CAP_SYS_PTRACE.',
  )
}

/** Each gap once, however many pods it touches. */
function gapsOf(observations: readonly Observation[]): Gap[] {
  return [...new Map(observations.flatMap(({ gaps }) => gaps).map((gap) => [gap.detail, gap])).values()]
}

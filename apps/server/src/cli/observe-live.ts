import type { NodeObservation, Observation, ObservationReply, PodSummary } from '@pausescope/shared'
import { raceAbort } from '../kube/race-abort.ts'
import type { ObservationSource } from '../observe/source.ts'
import { CliError } from './cli-error.ts'
import { findPod } from './find-pod.ts'
import { openLive } from './open-live.ts'
import { say } from './say.ts'

export type LiveOptions = {
  pod: string
  kubeconfig?: string
  context?: string
  allowHelper?: boolean
  helperImage?: string
  helperNamespace?: string
}

/**
 * Observes one pod of the cluster in a new scan of its node. Helpers made for it are removed.
 * @throws CliError when the pod cannot be scanned; an observation without a scan is never given out as one.
 */
export async function observeLive(options: LiveOptions, signal: AbortSignal): Promise<Observation> {
  return scanLive(options, signal, (source, { namespace, name }) =>
    source.observation(namespace, name, { refresh: true, signal }),
  )
}

/** As `observeLive`, the whole node of the pod. */
export async function observeLiveNode(options: LiveOptions, signal: AbortSignal): Promise<NodeObservation> {
  return scanLive(options, signal, (source, { namespace, name, nodeName }) => {
    if (nodeName !== null) return source.node(nodeName, { refresh: true, signal })
    throw new CliError('failed', `The pod ${namespace}/${name} is on no node yet.`, 'Choose another pod.')
  })
}

type Reply<Seen> = { observation: Seen; problem: ObservationReply['problem'] }

async function scanLive<Seen>(
  options: LiveOptions,
  signal: AbortSignal,
  ask: (source: ObservationSource, pod: PodSummary) => Promise<Reply<Seen>>,
): Promise<Seen> {
  const source = await openLive(options, signal)
  try {
    await raceAbort(source.listed, signal)
    const { message, watch, watchDetail } = source.describe()
    if (watchDetail !== null && watch !== 'live' && source.pods().length === 0) {
      throw new CliError('failed', `The pods cannot be listed. ${watchDetail}`)
    }
    const pod = findPod(source.pods(), options.pod, 'The cluster')
    const { namespace, name, nodeName } = pod
    let reply = await ask(source, pod)
    if (options.allowHelper && nodeName !== null && reply.problem?.code.startsWith('helper-')) {
      say(`Making a helper on node ${nodeName}.`)
      const helper = await source.agreeToHelper(nodeName, signal)
      if (helper.state === 'failed') throw new CliError('failed', `No helper can run on ${nodeName}: ${helper.detail}`)
      reply = await ask(source, pod)
    }
    if (reply.problem === null) {
      say(message)
      return reply.observation
    }
    const next =
      reply.problem.code === 'helper-needed'
        ? 'Add --allow-helper to make a helper pod there; pausescope serve shows its manifest first.'
        : reply.problem.next
    throw new CliError('failed', `${namespace}/${name} was not scanned: ${reply.problem.message}`, next)
  } finally {
    await source.close()
  }
}

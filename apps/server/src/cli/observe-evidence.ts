import { evidenceOfFrame, type Observation, type PodEvidence, podName, redactWithEvidence } from '@pausescope/shared'
import { runEvidence } from '../probe/evidence/run-evidence.ts'
import { CliError } from './cli-error.ts'
import type { ObserveOptions } from './options.ts'
import { recordingFrame } from './recording-frame.ts'

/**
 * What is inside the namespaces of pods that were just observed on this machine, or that a recording has, as JSON.
 * @throws CliError when a recording does not have it.
 */
export async function renderEvidence(
  observations: readonly Observation[],
  options: ObserveOptions,
  signal: AbortSignal,
): Promise<string> {
  const { pod, procRoot, recording, redact } = options
  const all =
    recording === undefined
      ? await runEvidence(procRoot, observations, observations[0]?.at ?? '', { signal })
      : await recorded(recording, observations, options)
  const shown = redact
    ? observations.flatMap((observation, at) => {
        const evidence = all[at]
        return evidence ? [redactWithEvidence(observation, evidence)[1]] : []
      })
    : all
  return `${JSON.stringify(pod === undefined ? shown : shown[0], null, 2)}\n`
}

async function recorded(
  path: string,
  observations: readonly Observation[],
  { frame }: ObserveOptions,
): Promise<PodEvidence[]> {
  const chosen = await recordingFrame(path, frame)
  const replies = observations.map(({ pod }) => evidenceOfFrame(chosen, pod.namespace, pod.name))
  const missing = observations.find((_, at) => replies[at]?.evidence === null)
  if (!missing) return replies.flatMap(({ evidence }) => evidence ?? [])
  const message = `The recording does not have the evidence of ${podName(missing.pod)}.`
  throw new CliError('failed', message, 'Choose another pod with --pod.')
}

import type { Observation, PodEvidence } from '@pausescope/shared'
import { unwrapProbe } from '../probe-frame.ts'
import { probeOutput, type RunProbeOptions } from '../run-probe.ts'
import { evidenceArguments, planEvidence } from './evidence-plan.ts'
import { EVIDENCE_SCRIPT } from './evidence-script.ts'
import { parseEvidence } from './parse-evidence.ts'

/**
 * Reads the evidence of pods on this machine, all of them at once.
 * @param procRoot the /proc tree that the observations were made from.
 * @param at when, ISO 8601 in UTC.
 * @returns one for each, in their order.
 * @throws as `runProbe`.
 */
export async function runEvidence(
  procRoot: string,
  observations: readonly Observation[],
  at: string,
  options: RunProbeOptions = {},
): Promise<PodEvidence[]> {
  const plans = observations.map((observation) => ({ observation, plan: planEvidence(observation) }))
  const args = evidenceArguments(...plans.map(({ plan }) => plan))
  const parts = unwrapProbe(await probeOutput(procRoot, options, EVIDENCE_SCRIPT, args))
  return plans.map((one) => parseEvidence(parts, { ...one, at }))
}

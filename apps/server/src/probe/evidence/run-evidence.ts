import type { Observation, PodEvidence } from '@pausescope/shared'
import { probeOutput, type RunProbeOptions } from '../run-probe.ts'
import { evidenceArguments, planEvidence } from './evidence-plan.ts'
import { EVIDENCE_SCRIPT } from './evidence-script.ts'
import { parseEvidence } from './parse-evidence.ts'

/**
 * Reads a pod's evidence on this machine.
 * @param procRoot the /proc tree that the observation was made from.
 * @param at when, ISO 8601 in UTC.
 * @throws as `runProbe`.
 */
export async function runEvidence(
  procRoot: string,
  observation: Observation,
  at: string,
  options: RunProbeOptions = {},
): Promise<PodEvidence> {
  const plan = planEvidence(observation)
  const output = await probeOutput(procRoot, options, EVIDENCE_SCRIPT, evidenceArguments(plan))
  return parseEvidence(output, { observation, plan, at })
}

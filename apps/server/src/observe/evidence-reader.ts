import type { Observation, PodEvidence } from '@pausescope/shared'
import { execSession } from '../exec/exec-session.ts'
import type { HelperManager } from '../helper/helper-manager.ts'
import { scanCommand } from '../helper/helper-script.ts'
import type { KubeApi } from '../kube/kube-api.ts'
import { evidenceArguments, planEvidence } from '../probe/evidence/evidence-plan.ts'
import { EVIDENCE_SCRIPT } from '../probe/evidence/evidence-script.ts'
import { parseEvidence } from '../probe/evidence/parse-evidence.ts'
import { HelperNotReady } from './scan-problem.ts'

type EvidenceReaderOptions = {
  api: KubeApi
  helpers: HelperManager
  /** How long reading on this node may take, in milliseconds. */
  deadlineMs: (node: string) => number
  /** The time in milliseconds since 1970. */
  now: () => number
}

/**
 * Reads the evidence of a pod that was just observed, through the helper of its node.
 * @throws as a scan does: HelperNotReady, ExecError, ProbeError, KubeError, or the signal's reason.
 */
export function evidenceReader({ api, helpers, deadlineMs, now }: EvidenceReaderOptions) {
  return async (observation: Observation, signal: AbortSignal): Promise<PodEvidence> => {
    const node = observation.node.name
    const helper = await helpers.state(node, signal)
    if (helper.state !== 'ready') throw new HelperNotReady(helper)
    const plan = planEvidence(observation)
    const limit = deadlineMs(node)
    return execSession({
      ...helper.target,
      access: await api.access(),
      command: scanCommand(EVIDENCE_SCRIPT, Math.ceil(limit / 1000), evidenceArguments(plan)),
      what: `read what is inside the namespaces of ${observation.pod.namespace}/${observation.pod.name}`,
      read: (output) => parseEvidence(output, { observation, plan, at: new Date(now()).toISOString() }),
      signal,
      deadlineMs: limit,
    })
  }
}

import type { PodEvidence } from '../model/pod-evidence.ts'
import type { Frame } from '../model/recording.ts'

/** What a recording's frame has of a pod's evidence. */
export function recordedEvidence(
  { evidence }: Pick<Frame, 'evidence'>,
  namespace: string,
  name: string,
): PodEvidence | null {
  return evidence?.find(({ pod }) => pod.namespace === namespace && pod.name === name) ?? null
}

import type { EvidenceReply } from '../model/api.ts'
import type { Frame } from '../model/recording.ts'

/** What a recording's frame has of a pod's evidence, as the API answers. */
export function evidenceOfFrame(frame: Pick<Frame, 'evidence'>, namespace: string, name: string): EvidenceReply {
  const evidence = frame.evidence?.find(({ pod }) => pod.namespace === namespace && pod.name === name)
  if (evidence) return { evidence, problem: null }
  const message = `The recording does not have what is inside the namespaces of ${namespace}/${name}.`
  const next = 'Save a recording of it with this Pausescope, after its evidence was shown.'
  return { evidence: null, problem: { code: 'not-recorded', message, next } }
}

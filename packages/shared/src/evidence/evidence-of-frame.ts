import type { EvidenceReply } from '../model/api.ts'
import type { Frame } from '../model/recording.ts'
import { notRecorded } from '../told/not-recorded.ts'
import { told } from '../told/told.ts'
import { recordedEvidence } from './recorded-evidence.ts'

/** What a recording's frame has of a pod's evidence, as the API answers. */
export function evidenceOfFrame(frame: Pick<Frame, 'evidence'>, namespace: string, name: string): EvidenceReply {
  const evidence = recordedEvidence(frame, namespace, name)
  if (evidence) return { evidence, problem: null }
  const pod = `${namespace}/${name}`
  const problem = notRecorded(told('frame.no-evidence', { pod }), told('frame.no-evidence-next'))
  return { evidence: null, problem }
}

import {
  API,
  type EvidenceReply,
  evidenceReplySchema,
  type Frame,
  type Pod,
  type PodEvidence,
} from '@pausescope/shared'
import { queryOptions, useQuery } from '@tanstack/react-query'
import { request } from './request.ts'

/**
 * What was measured inside a pod's namespaces. Asked for only by who shows it: it costs the node more than a scan does.
 * @param frame of a recording, which holds it; null: the server is asked.
 */
export function evidenceQuery({ namespace, name }: Pick<Pod, 'namespace' | 'name'>, frame: Frame | null) {
  return queryOptions({
    queryKey: ['evidence', namespace, name, frame?.at ?? null],
    queryFn: ({ signal }): Promise<EvidenceReply> =>
      request(API.evidence(namespace, name), evidenceReplySchema, { signal }),
    enabled: frame === null,
  })
}

/** The pod's evidence if somebody has looked at it; nothing is asked for. */
export function useSeenEvidence(pod: Pod, frame: Frame | null): PodEvidence | null {
  const { data } = useQuery({ ...evidenceQuery(pod, frame), enabled: false })
  return data?.evidence?.pod.uid === pod.uid ? data.evidence : null
}

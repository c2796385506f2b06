import { evidenceOfFrame, type Frame, type Pod, type PodEvidence } from '@pausescope/shared'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useMemo } from 'react'
import { evidenceQuery } from '../../api/evidence-query.ts'
import { type Problem, problemOf } from '../../api/problem.ts'
import { scanInterval } from '../../api/queries.ts'
import { useViewState } from '../../url/use-view-state.ts'

/** How often it is asked for again while it is looked at and the page follows the pod, in milliseconds. */
const EVERY = 5000

/** Neither evidence nor a problem: it is on its way. A problem may stand beside evidence of before. */
type Known = { evidence: PodEvidence | null; problem: Problem | null; askAgain: () => void }

/** @param frame of the recording that is shown; null: the pod is live, and the server is asked. */
export function useEvidence(pod: Pod, frame: Frame | null): Known {
  const { namespace, name, uid } = pod
  const client = useQueryClient()
  const recorded = useMemo(() => frame && evidenceOfFrame(frame, namespace, name), [frame, namespace, name])
  const { every, paused } = useViewState()
  const pace = every === 'off' || paused ? null : EVERY
  const asked = useQuery({
    ...evidenceQuery(pod, frame),
    refetchInterval: ({ state }) => frame === null && scanInterval(pace, state.data?.problem),
  })
  useEffect(() => {
    // It has been looked at now: see useSeenEvidence.
    if (recorded) client.setQueryData(evidenceQuery({ namespace, name }, frame).queryKey, recorded)
  }, [client, recorded, namespace, name, frame])
  const reply = recorded ?? asked.data
  // A pod of the same name that came after it is another one.
  const evidence = reply?.evidence?.pod.uid === uid ? reply.evidence : null
  return {
    evidence,
    problem: problemOf(recorded ? null : asked.error) ?? reply?.problem ?? null,
    askAgain: () => void asked.refetch(),
  }
}

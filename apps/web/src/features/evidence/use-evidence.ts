import { evidenceOfFrame, type Frame, type Observation, type PodEvidence } from '@pausescope/shared'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useMemo, useRef } from 'react'
import { evidenceQuery } from '../../api/evidence-query.ts'
import { type Problem, problemOf } from '../../api/problem.ts'
import { observationQuery, scanInterval } from '../../api/queries.ts'
import { useViewState } from '../../url/use-view-state.ts'

/** How often it is asked for again when it could not be had, in milliseconds: what fails is asked for seldom. */
const EVERY = 30_000

/** Neither evidence nor a problem: it is on its way. A problem may stand beside evidence of before. */
type Known = { evidence: PodEvidence | null; problem: Problem | null; askAgain: () => void }

/**
 * What was measured inside the pod's namespaces, of the scan that the picture shows: as long as the page follows the pod it is asked
 * for again behind each scan, and the picture is brought to the scan that it came with.
 * @param frame of the recording that is shown; null: the pod is live, and the server is asked.
 */
export function useEvidence({ pod, at }: Pick<Observation, 'pod' | 'at'>, frame: Frame | null): Known {
  const { namespace, name, uid } = pod
  const client = useQueryClient()
  const recorded = useMemo(() => frame && evidenceOfFrame(frame, namespace, name), [frame, namespace, name])
  const { every, paused } = useViewState()
  const follows = frame === null && !paused
  const asked = useQuery({
    ...evidenceQuery(pod, frame),
    refetchInterval: ({ state }) => {
      const problem = state.data?.problem
      return follows && every !== 'off' && problem ? scanInterval(EVERY, problem) : false
    },
  })
  const { isFetching, refetch } = asked
  const reply = recorded ?? asked.data
  // A pod of the same name that came after it is another one.
  const evidence = reply?.evidence?.pod.uid === uid ? reply.evidence : null
  const isStuck = reply?.problem?.code === 'scan-failed' || reply?.problem?.code === 'node-unreachable'
  const askedFor = useRef(at)
  useEffect(() => {
    if (!follows || isStuck || isFetching || askedFor.current === at) return
    askedFor.current = at
    void refetch({ cancelRefetch: false })
  }, [follows, isStuck, isFetching, at, refetch])
  const scannedAt = evidence?.scannedAt ?? at
  useEffect(() => {
    if (!follows || scannedAt <= at) return
    const { queryKey } = observationQuery(namespace, name, { scans: null })
    void client.refetchQueries({ queryKey }, { cancelRefetch: false })
  }, [client, follows, namespace, name, scannedAt, at])
  useEffect(() => {
    // It has been looked at now: see useSeenEvidence.
    if (recorded) client.setQueryData(evidenceQuery({ namespace, name }, frame).queryKey, recorded)
  }, [client, recorded, namespace, name, frame])
  return {
    evidence,
    problem: problemOf(recorded ? null : asked.error) ?? reply?.problem ?? null,
    askAgain: () => void refetch(),
  }
}

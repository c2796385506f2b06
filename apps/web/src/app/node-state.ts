import type { NodeObservationReply } from '@pausescope/shared'
import type { Problem } from '../api/problem.ts'

/** What the middle of the page shows of a whole node. */
type NodeState =
  | { kind: 'loading' }
  | { kind: 'failed'; problem: Problem }
  /** The address names a node that is not here. */
  | { kind: 'unknown' }
  | { kind: 'shown'; reply: NodeObservationReply; problem: Problem | null }

/** As stageState, for a node: what is known goes before what is wrong. */
export function nodeState(reply: NodeObservationReply | null, problem: Problem | null, live: boolean): NodeState {
  if (reply) return { kind: 'shown', reply, problem: problem ?? reply.problem }
  if (problem && problem.code !== 'node-not-found') return { kind: 'failed', problem }
  return problem || !live ? { kind: 'unknown' } : { kind: 'loading' }
}

import type { ObservationReply } from '@pausescope/shared'
import type { Problem } from '../api/problem.ts'
import type { Subject } from './use-subject.ts'

/** What the middle of the page shows. */
export type StageState =
  | { kind: 'loading' }
  | { kind: 'failed'; problem: Problem; what: 'recording' | 'pod' }
  /** Nobody picked a pod yet. */
  | { kind: 'pick' }
  /** A whole node is asked for, and there is something that can tell of it. */
  | { kind: 'node'; node: string }
  /** The address names a pod that is not here. */
  | { kind: 'unknown'; pod: string }
  /** A picture; `problem` says why it is not whole or not fresh. */
  | { kind: 'shown'; reply: ObservationReply; problem: Problem | null }

/** Codes of the server for a pod it does not have. */
const UNKNOWN = ['pod-not-found', 'pod-gone']

/** What is known goes before what is wrong: a picture stays while the server is away. */
export function stageState(subject: Subject): StageState {
  const { reply, replyProblem, pod, node } = subject
  if (reply) return { kind: 'shown', reply, problem: replyProblem ?? reply.problem }
  if (subject.recordingProblem) return { kind: 'failed', problem: subject.recordingProblem, what: 'recording' }
  if (node !== null && (subject.playing || subject.live)) return { kind: 'node', node }
  if (replyProblem && pod !== null) {
    if (UNKNOWN.includes(replyProblem.code)) return { kind: 'unknown', pod }
    return { kind: 'failed', problem: replyProblem, what: 'pod' }
  }
  if (subject.playing) return pod === null ? { kind: 'pick' } : { kind: 'unknown', pod }
  if (subject.live && pod === null) return { kind: 'pick' }
  if (!subject.source && subject.sourceProblem) return { kind: 'failed', problem: subject.sourceProblem, what: 'pod' }
  return { kind: 'loading' }
}

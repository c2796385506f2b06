import type { LiveInterval, ObservationReply } from '@pausescope/shared'
import type { Link } from './live-stream.ts'
import type { Problem } from './problem.ts'

/** Why there is no new scan, since when, and when the next try is, in milliseconds since the epoch. */
export type Trouble = { problem: Problem; since: string | null; retryAt: number | null }

/** How fresh what is shown is: always said. */
export type LiveState =
  | { kind: 'live' | 'paused' | 'off' | 'connecting' }
  /** `problem` null: the connection to the server is lost. `since`: what is shown is of then. */
  | { kind: 'reconnecting'; problem: Problem | null; since: string | null; retryAt: number }
  | { kind: 'stale'; problem: Problem; since: string }
  /** Nothing was read yet, and will not be by itself. */
  | { kind: 'unread'; problem: Problem }

export function liveState({
  every,
  paused,
  link,
  trouble,
  reply,
}: {
  every: 'off' | LiveInterval
  paused: boolean
  link: Link
  trouble: Trouble | null
  reply: ObservationLike | null
}): LiveState {
  if (every === 'off') return { kind: 'off' }
  if (paused) return { kind: 'paused' }
  const read = reply?.observation.scanned ? reply.observation.at : null
  if (link.kind === 'lost') return { kind: 'reconnecting', problem: null, since: read, retryAt: link.retryAt }
  // A good answer since then, to a person who asked, ends the trouble before the next try does.
  const now = reply?.problem === null ? null : trouble
  const told = now ?? (reply?.problem ? { problem: reply.problem, since: read, retryAt: null } : null)
  if (told) {
    const { problem, since, retryAt } = told
    if (retryAt !== null) return { kind: 'reconnecting', problem, since, retryAt }
    return since === null ? { kind: 'unread', problem } : { kind: 'stale', problem, since }
  }
  return link.kind === 'connecting' && !reply ? { kind: 'connecting' } : { kind: 'live' }
}

/** What the reply about a pod and that about a node have in common. */
type ObservationLike = Pick<ObservationReply, 'problem'> & {
  observation: Pick<ObservationReply['observation'], 'at' | 'scanned'>
}

import { type Change, freshKeys, type Observation } from '@pausescope/shared'
import { useEffect, useMemo, useState } from 'react'
import {
  indexAfterStep,
  indexOfMoment,
  momentsOf,
  type Session,
  type TimelineOf,
} from '../features/timeline/timeline-of.ts'
import { useText } from '../i18n/use-text.ts'
import { navigate, viewNow } from '../url/use-view-state.ts'
import type { ViewState } from '../url/view-state.ts'
import type { Subject } from './use-subject.ts'

/** The moments of what is shown: those of a recording, or those of a live pod that this page has seen. */
export type Timeline = TimelineOf & {
  /** Keys of what is new at the shown moment. */
  fresh: ReadonlySet<string>
  /** The pod at the shown moment, where that is not now, and at the one before. */
  shown: Observation | null
  before: Observation | null
}

type Historian = typeof import('../features/timeline/session.ts')

const NO_SESSION: Session = { moments: [], dropped: 0 }
/** Of so many pods the page keeps what it has seen. */
const MOST_SESSIONS = 5

export function useTimeline({ live, playing, pod, reply, source }: Subject, view: ViewState): Timeline {
  const t = useText()
  const frames = playing?.recording.frames
  const historian = useHistorian(live || (frames?.length ?? 0) > 1)
  const session = useSession(
    live && pod !== null ? `${source?.context} ${pod}` : null,
    live ? (reply?.observation ?? null) : null,
    historian,
  )
  const recorded = useMemo(() => frames && momentsOf(frames, pod, t.language), [frames, pod, t])
  const moments = recorded ?? session.moments
  const wanted = playing ? playing.index + 1 : view.moment
  const index = indexOfMoment(moments, wanted)
  return useMemo(() => {
    const changesAt = (at: number): readonly Change[] | null => historian?.changesOf(moments, at, t.graph) ?? null
    const past = recorded === undefined && index < moments.length - 1
    return {
      moments,
      index,
      dropped: recorded ? 0 : session.dropped,
      past,
      live: recorded === undefined,
      toldAt: (at) => {
        const changes = changesAt(at)
        return historian && changes && historian.toldIn(t.language, changes)
      },
      fresh: freshKeys(changesAt(index) ?? []),
      shown: past ? (moments[index]?.observation ?? null) : null,
      before: moments[index - 1]?.observation ?? null,
    }
  }, [moments, index, recorded, session.dropped, historian, t])
}

/** Shows another moment. */
export function goToMoment({ live, moments }: TimelineOf, index: number): void {
  const number = moments[index]?.number ?? 1
  if (!live) navigate({ frame: number - 1 })
  else navigate({ moment: index < moments.length - 1 ? number : null })
}

/** Steps from the moment that the address has: of two presses before the page is painted again, each is a step. */
export function stepMoment(timeline: TimelineOf, by: 1 | -1): void {
  const { frame, moment } = viewNow()
  goToMoment(timeline, indexAfterStep(timeline.moments, timeline.live ? moment : frame + 1, by))
}

/** What tells moments apart: loaded where there can be two of them. */
function useHistorian(wanted: boolean): Historian | null {
  const [historian, setHistorian] = useState<Historian | null>(null)
  useEffect(() => {
    if (wanted) void import('../features/timeline/session.ts').then(setHistorian, () => {})
  }, [wanted])
  return historian
}

/**
 * What this page has seen of a live pod, and of the last ones before it.
 * @param pod with its cluster: another one may have a pod of the same name.
 */
function useSession(pod: string | null, observation: Observation | null, historian: Historian | null): Session {
  const [sessions, setSessions] = useState<ReadonlyMap<string, Session>>(new Map())
  useEffect(() => {
    if (pod === null || observation === null || historian === null) return
    setSessions((last) => {
      const session = last.get(pod) ?? NO_SESSION
      const next = historian.watch(session, observation)
      if (next === session) return last
      const others = [...last].filter(([other]) => other !== pod)
      return new Map([...others, [pod, next] as const].slice(-MOST_SESSIONS))
    })
  }, [pod, observation, historian])
  return (pod === null ? undefined : sessions.get(pod)) ?? NO_SESSION
}

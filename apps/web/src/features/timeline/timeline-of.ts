import type { Frame, Language, Observation } from '@pausescope/shared'

/** A session keeps at most so many moments. */
export const MOST_MOMENTS = 100

/** A moment at which something was not as before. */
export type Moment = {
  /** Counts from 1; in a recording it is the frame's. */
  number: number
  at: string
  /** Null: a frame of a recording without the pod. */
  observation: Observation | null
  caption: string | null
}

/** What a page has seen of a pod. */
export type Session = { moments: readonly Moment[]; dropped: number }

/** Moments of a pod as they are shown: in a recording, or in what this page has seen. */
export type TimelineOf = {
  moments: readonly Moment[]
  /** Of the one that is shown; the last is now, where the pod is live. */
  index: number
  /** Older moments that are kept no more. */
  dropped: number
  /** A live pod is shown as it was. */
  past: boolean
  /** This page saw them itself. */
  live: boolean
  /** What changed from the moment before, in sentences; null where there is none before. */
  toldAt: (index: number) => readonly string[] | null
}

/** Where the moment of that number is among them; the last where it is not. */
export function indexOfMoment(moments: readonly Moment[], number: number | null): number {
  const found = moments.findIndex((moment) => moment.number === number)
  return found >= 0 ? found : moments.length - 1
}

/** Where a step from the moment of that number leads: to a neighbour, at an end to itself. */
export function indexAfterStep(moments: readonly Moment[], number: number | null, by: 1 | -1): number {
  return Math.max(0, Math.min(moments.length - 1, indexOfMoment(moments, number) + by))
}

/** The moments of a recording, each with what it has of the pod; captions in the language, where the recording has it. */
export function momentsOf(frames: readonly Frame[], pod: string | null, language: Language): Moment[] {
  return frames.map(({ at, caption, captionIn, observations }, index) => ({
    number: index + 1,
    at,
    observation: observations.find((one) => `${one.pod.namespace}/${one.pod.name}` === pod) ?? null,
    caption: captionIn?.[language] ?? caption,
  }))
}

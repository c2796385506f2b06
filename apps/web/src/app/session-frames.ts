import { type Frame, hideArguments } from '@pausescope/shared'
import type { TimelineOf } from '../features/timeline/timeline-of.ts'
import type { Catalogue } from '../i18n/en.ts'

/** A session as a recording has it: each moment with what changed as its caption. */
export function sessionFrames({ moments, toldAt }: TimelineOf, withArguments: boolean, t: Catalogue): Frame[] {
  return moments.flatMap(({ at, observation }, index) => {
    if (!observation) return []
    const caption = toldAt(index)?.join(' ') ?? t.timeline.start(at)
    return [{ at, caption, observations: [withArguments ? observation : hideArguments(observation)] }]
  })
}

import type { ObservationReply } from '../model/api.ts'
import type { Told } from '../model/told.ts'
import { frameSentences } from './en/frame.ts'
import { tell } from './tell.ts'

/** What a moment of a recording does not have. The page finds that itself: it has these few sentences, and not all. */
export function notRecorded(message: Told, next: Told): NonNullable<ObservationReply['problem']> {
  const [what, then] = [message, next].map((told) => tell(frameSentences, told, told.key)) as [string, string]
  return { code: 'not-recorded', message: what, next: then, told: { message, next } }
}

import {
  buildGraph,
  CHANGE_WORDS,
  type Change,
  changeTexts,
  describeChanges,
  type GraphWords,
  graphWords,
  type Language,
  type Observation,
} from '@pausescope/shared'
import { MOST_MOMENTS, type Moment, type Session } from './timeline-of.ts'

/** Fewer, where they had more processes than this together; two at least. About 20 MB. */
const MOST_PROCESSES = 20_000

/** Goes on with what was just observed; the same session when nothing changed, or when nothing was read. */
export function watch(session: Session, observation: Observation): Session {
  const { moments, dropped } = session
  const last = moments.at(-1)
  if (!observation.scanned || (last?.observation && !hasChanged(last.observation, observation))) return session
  const moment = { number: (last?.number ?? 0) + 1, at: observation.at, observation, caption: null }
  const kept = withinBounds([...moments, moment])
  return { moments: kept, dropped: dropped + moments.length + 1 - kept.length }
}

function hasChanged(before: Observation, after: Observation): boolean {
  // A scan that found all as it was brings the same parts.
  if (before.processes === after.processes && before.pod === after.pod) return false
  return changesBetween(before, after, graphWords).length > 0
}

function withinBounds(moments: readonly Moment[]): readonly Moment[] {
  let from = Math.max(0, moments.length - MOST_MOMENTS)
  const processes = () =>
    moments.slice(from).reduce((sum, { observation }) => sum + (observation?.processes.length ?? 0), 0)
  while (from < moments.length - 2 && processes() > MOST_PROCESSES) from += 1
  return moments.slice(from)
}

/** What changed at a moment since the one before it; null where there is none, or the pod is not in both. */
export function changesOf(moments: readonly Moment[], index: number, words: GraphWords): readonly Change[] | null {
  const [before, after] = [moments[index - 1]?.observation, moments[index]?.observation]
  return before && after ? changesBetween(before, after, words) : null
}

/** What changed, in sentences of a language. */
export function toldIn(language: Language, changes: readonly Change[]): string[] {
  return changeTexts(changes, CHANGE_WORDS[language])
}

const known = new WeakMap<Observation, { before: Observation; words: GraphWords; changes: readonly Change[] }>()

/** Asked for again, it is not worked out again. */
function changesBetween(before: Observation, after: Observation, words: GraphWords): readonly Change[] {
  const last = known.get(after)
  if (last?.before === before && last.words === words) return last.changes
  const changes = describeChanges(buildGraph(before, words), buildGraph(after, words))
  known.set(after, { before, words, changes })
  return changes
}

import { checkCase } from './check-case.ts'
import type { FuzzCase } from './make-case.ts'

/**
 * A smaller case that goes wrong too: without the pods, and without the lines and records of the body, that it does not
 * need. Tries as long as there is time; what takes longer than that stays as it is.
 */
export function shrinkCase(whole: FuzzCase, milliseconds: number): FuzzCase {
  const until = performance.now() + milliseconds
  const fails = (smaller: FuzzCase) => performance.now() < until && checkCase(smaller).faults.length > 0
  const pods = shrinkList(whole.pods, (kept) => fails({ ...whole, pods: kept }))
  let smaller = { ...whole, pods }
  for (const ending of ['\n', '\0']) {
    const lines = shrinkList(smaller.body.split(ending), (kept) => fails({ ...smaller, body: kept.join(ending) }))
    smaller = { ...smaller, body: lines.join(ending) }
  }
  return smaller
}

/** Leaves out halves, quarters, … down to single items, as long as the rest still fails. */
function shrinkList<Item>(items: readonly Item[], fails: (kept: Item[]) => boolean): Item[] {
  let kept = [...items]
  for (let size = Math.ceil(kept.length / 2); size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2)) {
    for (let at = 0; at < kept.length; ) {
      const without = [...kept.slice(0, at), ...kept.slice(at + size)]
      if (fails(without)) kept = without
      else at += size
    }
  }
  return kept
}

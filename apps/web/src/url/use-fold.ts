import { navigate, useViewState, viewNow } from './use-view-state.ts'
import type { FoldName } from './view-state.ts'

/** Whether a part of the details is open, and what a person's click on it does. @param atFirst open until it is clicked. */
export function useFold(name: FoldName, atFirst = false): { open: boolean; onToggle: (open: boolean) => void } {
  const open = useViewState().folds.includes(name) !== atFirst
  const onToggle = (now: boolean) => {
    const others = viewNow().folds.filter((one) => one !== name)
    navigate({ folds: now === atFirst ? others : [...others, name] }, 'replace')
  }
  return { open, onToggle }
}

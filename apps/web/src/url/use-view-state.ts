import { useMemo, useSyncExternalStore } from 'react'
import { formatViewState, parseViewState, type ViewState } from './view-state.ts'

const listeners = new Set<() => void>()

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  window.addEventListener('popstate', listener)
  return () => {
    listeners.delete(listener)
    window.removeEventListener('popstate', listener)
  }
}

const SUBJECT = ['recording', 'pod', 'node'] as const

const readQuery = (): string => window.location.search

/** The view as the address bar has it; renders again when it changes, by navigate or by back and forward. */
export function useViewState(): ViewState {
  const query = useSyncExternalStore(subscribe, readQuery)
  return useMemo(() => parseViewState(query), [query])
}

/** The view as the address bar has it at this moment, whatever was painted last. */
export const viewNow = (): ViewState => parseViewState(readQuery())

/**
 * Changes the view. `push` makes a step that Back undoes; `replace` is for what changes while typing or is a taste.
 * Another subject is seen as a whole first, as it is now, and nothing is asked of it.
 */
export function navigate(patch: Partial<ViewState>, how: 'push' | 'replace' = 'push'): void {
  const whole = SUBJECT.some((key) => key in patch) ? { zoom: null, moment: null, ask: null } : {}
  const next = formatViewState({ ...viewNow(), ...whole, ...patch })
  if (next === window.location.search) return
  const address = `${window.location.pathname}${next}`
  if (how === 'push') window.history.pushState(null, '', address)
  else window.history.replaceState(null, '', address)
  for (const listener of listeners) listener()
}

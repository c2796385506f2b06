import type { Theme } from '@pausescope/shared'
import { useLayoutEffect, useSyncExternalStore } from 'react'
import type { ThemeChoice } from '../url/view-state.ts'

const dark = window.matchMedia('(prefers-color-scheme: dark)')

function subscribe(listener: () => void): () => void {
  dark.addEventListener('change', listener)
  return () => dark.removeEventListener('change', listener)
}

/** Puts the choice on the page, where the style sheet reads it, and tells which theme that is now. */
export function useTheme(choice: ThemeChoice): Theme {
  const systemIsDark = useSyncExternalStore(subscribe, () => dark.matches)
  useLayoutEffect(() => {
    if (choice === 'system') delete document.documentElement.dataset.theme
    else document.documentElement.dataset.theme = choice
  }, [choice])
  if (choice !== 'system') return choice
  return systemIsDark ? 'dark' : 'light'
}

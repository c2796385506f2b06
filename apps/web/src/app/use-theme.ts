import type { Theme } from '@pausescope/shared'
import { useLayoutEffect, useSyncExternalStore } from 'react'
import type { ThemeChoice } from '../url/view-state.ts'

const dark = window.matchMedia('(prefers-color-scheme: dark)')
const contrast = window.matchMedia('(prefers-contrast: more)')

function subscribe(listener: () => void): () => void {
  for (const query of [dark, contrast]) query.addEventListener('change', listener)
  return () => {
    for (const query of [dark, contrast]) query.removeEventListener('change', listener)
  }
}

function systemTheme(): Theme {
  if (contrast.matches) return 'contrast'
  return dark.matches ? 'dark' : 'light'
}

/** The theme that was chosen, else the system's; the style sheet reads it from the page. */
export function useTheme(choice: ThemeChoice): Theme {
  const system = useSyncExternalStore(subscribe, systemTheme)
  const theme = choice === 'system' ? system : choice
  useLayoutEffect(() => {
    document.documentElement.dataset.theme = theme
  }, [theme])
  return theme
}

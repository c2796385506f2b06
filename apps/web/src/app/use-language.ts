import { useSyncExternalStore } from 'react'
import { type Language, languageOf } from '../i18n/languages.ts'

function subscribe(listener: () => void): () => void {
  window.addEventListener('languagechange', listener)
  return () => window.removeEventListener('languagechange', listener)
}

/** The language that was chosen, else the browser's. */
export function useLanguage(choice: Language | null): Language {
  const browsers = useSyncExternalStore(subscribe, () => languageOf(navigator.languages))
  return choice ?? browsers
}

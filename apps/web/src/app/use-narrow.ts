import { useSyncExternalStore } from 'react'

/** In such a window the list lies over the picture when it is shown. The style sheets use the same width. */
const narrow = window.matchMedia('(max-width: 820px)')

function subscribe(listener: () => void): () => void {
  narrow.addEventListener('change', listener)
  return () => narrow.removeEventListener('change', listener)
}

/** True while the window has no room for the list beside the picture. */
export function useNarrow(): boolean {
  return useSyncExternalStore(subscribe, () => narrow.matches)
}

import { useSyncExternalStore } from 'react'

/** Room for the picture alone, and for the picture and one thing beside it. The style sheets use the first one too. */
const small = window.matchMedia('(max-width: 820px)')
const middling = window.matchMedia('(max-width: 1180px)')

function subscribe(listener: () => void): () => void {
  for (const query of [small, middling]) query.addEventListener('change', listener)
  return () => {
    for (const query of [small, middling]) query.removeEventListener('change', listener)
  }
}

/** True while the window has no room for the list beside the picture, and the details where they are open. */
export function useNarrow(withDetails: boolean): boolean {
  const isSmall = useSyncExternalStore(subscribe, () => small.matches)
  const isMiddling = useSyncExternalStore(subscribe, () => middling.matches)
  return isSmall || (isMiddling && withDetails)
}

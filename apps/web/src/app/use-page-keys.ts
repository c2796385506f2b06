import { useEffect } from 'react'

/** Keys that work wherever the focus is: `/` goes to the search, Escape steps back. */
export function usePageKeys({ onSearch, onEscape }: { onSearch: () => void; onEscape: () => void }): void {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return
      const typing = event.target instanceof Element && event.target.closest('input, textarea, [role="dialog"]')
      if (event.key === '/' && !typing) {
        event.preventDefault()
        onSearch()
      } else if (event.key === 'Escape') onEscape()
    }
    window.addEventListener('keydown', onKeyDown)
    return () => window.removeEventListener('keydown', onKeyDown)
  }, [onSearch, onEscape])
}

import { useEffect } from 'react'
import type { PanZoom } from '../../graph/use-pan-zoom.ts'

/** `+`, `-` and `0` anywhere on the page but where text is typed. */
export function useZoomKeys({ zoomIn, zoomOut, fit }: PanZoom): void {
  useEffect(() => {
    const actions: Record<string, () => void> = { '+': zoomIn, '=': zoomIn, '-': zoomOut, '0': fit }
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return
      if (event.target instanceof Element && event.target.closest('input, textarea, [role="dialog"], [role="menu"]'))
        return
      actions[event.key]?.()
    }
    window.addEventListener('keydown', onKeyDown)
    return () => window.removeEventListener('keydown', onKeyDown)
  }, [zoomIn, zoomOut, fit])
}

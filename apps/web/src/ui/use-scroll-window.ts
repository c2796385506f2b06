import { type RefObject, useEffect, useState } from 'react'

/** How far a box is scrolled and how high it is, in CSS pixels; renders again when either changes. */
export function useScrollWindow(box: RefObject<HTMLElement | null>): { scroll: number; height: number } {
  const [state, setState] = useState({ scroll: 0, height: 800 })
  useEffect(() => {
    const element = box.current
    if (!element) return
    const read = () =>
      setState((last) => {
        const next = { scroll: element.scrollTop, height: element.clientHeight }
        return last.scroll === next.scroll && last.height === next.height ? last : next
      })
    const sizes = new ResizeObserver(read)
    sizes.observe(element)
    element.addEventListener('scroll', read, { passive: true })
    return () => {
      sizes.disconnect()
      element.removeEventListener('scroll', read)
    }
  }, [box])
  return state
}

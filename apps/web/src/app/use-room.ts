import { type RefObject, useLayoutEffect, useState } from 'react'
import type { Size } from '../graph/place.ts'

/**
 * Size of the inside of an element, in CSS pixels; null before it is known. It is measured before the first paint: what is
 * drawn for it is drawn once, and laid out once.
 */
export function useRoom(box: RefObject<HTMLElement | null>): Size | null {
  const [room, setRoom] = useState<Size | null>(null)
  useLayoutEffect(() => {
    const element = box.current
    if (!element) return
    const read = () =>
      setRoom((last) => {
        const { clientWidth: width, clientHeight: height } = element
        return last?.width === width && last.height === height ? last : { width, height }
      })
    read()
    const sizes = new ResizeObserver(read)
    sizes.observe(element)
    return () => sizes.disconnect()
  }, [box])
  return room
}

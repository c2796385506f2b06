import { type RefObject, useLayoutEffect, useState } from 'react'

/** Pictures are drawn for one of two widths, so that resizing the window does not draw a new one at every pixel. */
const WIDTHS = { narrow: 900, wide: 1240 }
/** A box of less than this, in CSS pixels, gets the narrow picture. */
const WIDE_FROM = 1000

/** For which width to draw the picture so that its text is readable when it is fitted into the box. */
export function useSceneWidth(box: RefObject<HTMLElement | null>): number {
  const [width, setWidth] = useState(WIDTHS.wide)
  useLayoutEffect(() => {
    const element = box.current
    if (!element) return
    const read = () => setWidth(element.clientWidth < WIDE_FROM ? WIDTHS.narrow : WIDTHS.wide)
    read()
    const sizes = new ResizeObserver(read)
    sizes.observe(element)
    return () => sizes.disconnect()
  }, [box])
  return width
}

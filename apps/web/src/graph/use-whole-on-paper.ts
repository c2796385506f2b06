import type { Scene } from '@pausescope/shared'
import { type RefObject, useEffect } from 'react'

/** While the page is printed, the picture has its own size for a view box, so that the sheet's width is its width. */
export function useWholeOnPaper(svg: RefObject<SVGSVGElement | null>, { width, height }: Scene): void {
  useEffect(() => {
    const paper = window.matchMedia('print')
    const lay = () => {
      if (paper.matches) svg.current?.setAttribute('viewBox', `0 0 ${width} ${height}`)
      else svg.current?.removeAttribute('viewBox')
    }
    lay()
    paper.addEventListener('change', lay)
    return () => paper.removeEventListener('change', lay)
  }, [svg, width, height])
}

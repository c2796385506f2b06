import { select } from 'd3-selection'
import { type ZoomBehavior, zoom, zoomIdentity, zoomTransform } from 'd3-zoom'
import { type RefObject, useEffect, useMemo, useRef } from 'react'
import { fitPlace, type Size } from './fit.ts'

export type PanZoom = {
  zoomIn: () => void
  zoomOut: () => void
  fit: () => void
  /** Moves the picture so that a shape is seen; not at all when it is. */
  reveal: (shape: Element) => void
}

const STEP = 1.3
const EXTENT: [number, number] = [0.1, 8]

/**
 * Lets the picture in `content` be moved and scaled by wheel, drag and pinch. It is fitted at first, when `subject`
 * changes, and when the window changes as long as the person has not moved it; new data of the same subject never
 * moves it.
 */
export function usePanZoom(
  svg: RefObject<SVGSVGElement | null>,
  content: RefObject<SVGGElement | null>,
  picture: Size,
  subject: string,
): PanZoom {
  const behaviour = useRef<ZoomBehavior<SVGSVGElement, unknown> | null>(null)
  const fitted = useRef(true)
  const size = useRef(picture)
  size.current = picture

  const actions = useMemo((): PanZoom => {
    const scale = (factor: number) => {
      if (!svg.current || !behaviour.current) return
      fitted.current = false
      behaviour.current.scaleBy(select(svg.current), factor)
    }
    return {
      zoomIn: () => scale(STEP),
      zoomOut: () => scale(1 / STEP),
      fit: () => {
        if (!svg.current || !behaviour.current) return
        fitted.current = true
        const { x, y, k } = fitPlace(size.current, svg.current.getBoundingClientRect())
        behaviour.current.transform(select(svg.current), zoomIdentity.translate(x, y).scale(k))
      },
      reveal: (shape) => {
        if (!svg.current || !behaviour.current) return
        const seen = svg.current.getBoundingClientRect()
        const box = shape.getBoundingClientRect()
        const dx = missing(box.left, box.right, seen.left, seen.right)
        const dy = missing(box.top, box.bottom, seen.top, seen.bottom)
        if (dx === 0 && dy === 0) return
        fitted.current = false
        const { k } = zoomTransform(svg.current)
        behaviour.current.translateBy(select(svg.current), dx / k, dy / k)
      },
    }
  }, [svg])

  useEffect(() => {
    const element = svg.current
    if (!element) return
    const made = zoom<SVGSVGElement, unknown>()
      .scaleExtent(EXTENT)
      .on('zoom', ({ transform, sourceEvent }) => {
        // Only a person's gesture has an event as its source.
        if (sourceEvent) fitted.current = false
        content.current?.setAttribute('transform', transform.toString())
      })
    behaviour.current = made
    const selection = select(element)
    selection.call(made).on('dblclick.zoom', null)
    const sizes = new ResizeObserver(() => fitted.current && actions.fit())
    sizes.observe(element)
    return () => {
      sizes.disconnect()
      selection.on('.zoom', null)
      behaviour.current = null
    }
  }, [svg, content, actions])

  // biome-ignore lint/correctness/useExhaustiveDependencies: another subject is what asks for a new fit
  useEffect(() => actions.fit(), [actions, subject])

  return actions
}

/** How far a span has to move to lie within another; 0 when it does, the start goes first when it cannot. */
function missing(from: number, to: number, seenFrom: number, seenTo: number): number {
  if (from < seenFrom) return seenFrom - from
  if (to > seenTo) return Math.max(seenTo - to, seenFrom - from)
  return 0
}

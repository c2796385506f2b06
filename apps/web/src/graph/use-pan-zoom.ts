import { type RefObject, useEffect, useLayoutEffect, useMemo, useRef } from 'react'
import { fit, follow, type Place, type Point, type Size, shiftInto, wheelFactor, zoom } from './place.ts'

export type PanZoom = {
  zoomIn: () => void
  zoomOut: () => void
  fit: () => void
  /** Moves the picture so that a shape is seen; not at all when it is. */
  reveal: (shape: Element) => void
}

const STEP = 1.3
/** Height at the bottom of the window that a fitted picture leaves to the zoom buttons, in CSS pixels. */
const FOOT = 48
/** A press that moves less is a click, in CSS pixels. */
const CLICK_SLACK = 4

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
  const place = useRef<Place>({ x: 0, y: 0, k: 1 })
  const fitted = useRef(true)
  const size = useRef(picture)
  size.current = picture

  const { actions, moveTo } = useMemo(() => {
    const put = (next: Place, isFit: boolean) => {
      place.current = next
      fitted.current = isFit
      content.current?.setAttribute('transform', `translate(${next.x} ${next.y}) scale(${next.k})`)
    }
    const seen = () => svg.current?.getBoundingClientRect() ?? new DOMRect()
    const scale = (factor: number) => {
      const { width, height } = seen()
      put(zoom(place.current, factor, { x: width / 2, y: height / 2 }), false)
    }
    const actions: PanZoom = {
      zoomIn: () => scale(STEP),
      zoomOut: () => scale(1 / STEP),
      fit: () => {
        const { width, height } = seen()
        put(fit(size.current, { width, height: height - FOOT }), true)
      },
      reveal: (shape) => {
        const window = seen()
        const box = shape.getBoundingClientRect()
        const x = shiftInto(box.left, box.right, window.left, window.right)
        const y = shiftInto(box.top, box.bottom, window.top, window.bottom)
        if (x !== 0 || y !== 0) put({ ...place.current, x: place.current.x + x, y: place.current.y + y }, false)
      },
    }
    return { actions, moveTo: (next: Place) => put(next, false) }
  }, [svg, content])

  useEffect(() => {
    const element = svg.current
    if (!element) return
    const stopGestures = listenToGestures(element, () => place.current, moveTo)
    const sizes = new ResizeObserver(() => fitted.current && actions.fit())
    sizes.observe(element)
    return () => {
      sizes.disconnect()
      stopGestures()
    }
  }, [svg, actions, moveTo])

  // biome-ignore lint/correctness/useExhaustiveDependencies: another subject is what asks for a new fit
  useLayoutEffect(() => actions.fit(), [actions, subject])

  // biome-ignore lint/correctness/useExhaustiveDependencies: a picture drawn for another width of the window is another one
  useLayoutEffect(() => {
    if (fitted.current) actions.fit()
  }, [actions, picture.width])

  return actions
}

/** Wheel, drag and pinch. A drag that began on a shape does not click it. Returns what ends the listening. */
function listenToGestures(element: SVGSVGElement, from: () => Place, to: (place: Place) => void): () => void {
  const end = new AbortController()
  const { signal } = end
  const fingers = new Map<number, Point>()
  let moved = 0
  const pointOf = (event: MouseEvent): Point => {
    const { left, top } = element.getBoundingClientRect()
    return { x: event.clientX - left, y: event.clientY - top }
  }
  element.addEventListener(
    'wheel',
    (event) => {
      event.preventDefault()
      to(zoom(from(), wheelFactor(event), pointOf(event)))
    },
    { signal, passive: false },
  )
  element.addEventListener(
    'pointerdown',
    (event) => {
      if (event.button !== 0) return
      if (fingers.size === 0) moved = 0
      fingers.set(event.pointerId, pointOf(event))
    },
    { signal },
  )
  element.addEventListener(
    'pointermove',
    (event) => {
      const last = fingers.get(event.pointerId)
      if (!last) return
      const now = pointOf(event)
      moved = Math.max(moved, Math.hypot(now.x - last.x, now.y - last.y))
      if (moved < CLICK_SLACK) return
      // Only now: a captured pointer's click would go to the picture and not to the shape.
      element.setPointerCapture(event.pointerId)
      const before = [...fingers.values()].slice(0, 2)
      fingers.set(event.pointerId, now)
      to(follow(from(), before, [...fingers.values()].slice(0, 2)))
    },
    { signal },
  )
  const lift = (event: PointerEvent) => fingers.delete(event.pointerId)
  element.addEventListener('pointerup', lift, { signal })
  element.addEventListener('pointercancel', lift, { signal })
  element.addEventListener('lostpointercapture', lift, { signal })
  // A press that is released outside the window never ends here.
  window.addEventListener('blur', () => fingers.clear(), { signal })
  window.addEventListener('pointerup', lift, { signal })
  element.addEventListener(
    'click',
    (event) => {
      if (moved >= CLICK_SLACK) event.stopPropagation()
      moved = 0
    },
    { signal, capture: true },
  )
  return () => end.abort()
}

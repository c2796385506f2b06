import { type RefObject, useEffect, useLayoutEffect, useMemo, useRef } from 'react'
import type { Gestures } from './gestures.ts'
import { fit, type Place, type Size, shiftInto } from './place.ts'

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

/**
 * Lets the picture in `content` be moved and scaled by wheel, drag and pinch. It is fitted at first, when `subject`
 * changes, and when the window changes as long as the person has not moved it; new data of the same subject never
 * moves it. The gestures are loaded once it is painted; what is asked for before is done then.
 */
export function usePanZoom(
  svg: RefObject<SVGSVGElement | null>,
  content: RefObject<SVGGElement | null>,
  picture: Size,
  subject: string,
): PanZoom {
  const gestures = useRef<Promise<Gestures | null> | null>(null)
  const fitted = useRef(true)
  const size = useRef(picture)
  size.current = picture

  const { actions, paint } = useMemo(() => {
    const paint = ({ x, y, k }: Place, isFit: boolean) => {
      fitted.current = isFit
      content.current?.setAttribute('transform', `translate(${x} ${y}) scale(${k})`)
    }
    const ask = (what: (gestures: Gestures) => void) => void gestures.current?.then((loaded) => loaded && what(loaded))
    const seen = () => svg.current?.getBoundingClientRect() ?? new DOMRect()
    const actions: PanZoom = {
      zoomIn: () => ask(({ scaleBy }) => scaleBy(STEP)),
      zoomOut: () => ask(({ scaleBy }) => scaleBy(1 / STEP)),
      fit: () => {
        const { width, height } = seen()
        const place = fit(size.current, { width, height: height - FOOT })
        paint(place, true)
        ask(({ moveTo }) => {
          moveTo(place)
          fitted.current = true
        })
      },
      reveal: (shape) =>
        ask(({ moveBy }) => {
          const window = seen()
          const box = shape.getBoundingClientRect()
          const x = shiftInto(box.left, box.right, window.left, window.right)
          const y = shiftInto(box.top, box.bottom, window.top, window.bottom)
          if (x !== 0 || y !== 0) moveBy(x, y)
        }),
    }
    return { actions, paint }
  }, [svg, content])

  useEffect(() => {
    const element = svg.current
    if (!element) return
    let ended = false
    const coming = import('./gestures.ts').then(({ listenToGestures }) =>
      ended ? null : listenToGestures(element, (place) => paint(place, false)),
    )
    gestures.current = coming
    // Tells the first size too, and so fits once more what the gestures start from.
    const sizes = new ResizeObserver(() => fitted.current && actions.fit())
    sizes.observe(element)
    return () => {
      ended = true
      sizes.disconnect()
      void coming.then((loaded) => loaded?.end())
    }
  }, [svg, actions, paint])

  // biome-ignore lint/correctness/useExhaustiveDependencies: another subject is what asks for a new fit
  useLayoutEffect(() => actions.fit(), [actions, subject])

  // biome-ignore lint/correctness/useExhaustiveDependencies: a picture drawn for another width of the window is another one
  useLayoutEffect(() => {
    if (fitted.current) actions.fit()
  }, [actions, picture.width])

  return actions
}

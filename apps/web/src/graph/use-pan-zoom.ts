import { type RefObject, useEffect, useLayoutEffect, useMemo, useRef } from 'react'
import type { Gestures } from './gestures.ts'
import { fit, type Place, placeOf, type Size, shiftInto, type Zoom, zoomOf } from './place.ts'

export type PanZoom = {
  zoomIn: () => void
  zoomOut: () => void
  fit: () => void
  /** Moves the picture so that a shape is seen; not at all when it is. */
  reveal: (shape: Element) => void
}

export type PanZoomOptions = {
  /** What is drawn. */
  subject: string
  /** Size of what is to be fitted. */
  picture: Size
  /** Size of what it is seen through. */
  window: Size
  /** Where a person wants it; null: fitted. */
  zoom: Zoom | null
  /** Is told where a person has moved it, when it has come to rest; null: fitted again. */
  onZoom: (zoom: Zoom | null) => void
}

const STEP = 1.3
/** A picture that has not moved for so long is at rest, in milliseconds. */
const REST = 150

/**
 * Lets the picture in `content` be moved and scaled by wheel, drag and pinch. It is placed as `zoom` says: at first, when
 * `subject` or `zoom` changes, and when the window changes as long as the person has not moved it; new data of the same
 * subject never moves it. Nothing is measured for that: the picture is laid out once, in its place. The gestures are
 * loaded once it is painted; what is asked for before is done then.
 */
export function usePanZoom(
  svg: RefObject<SVGSVGElement | null>,
  content: RefObject<SVGGElement | null>,
  options: PanZoomOptions,
): PanZoom {
  const now = useRef(options)
  now.current = options
  const gestures = useRef<Promise<Gestures | null> | null>(null)
  const place = useRef<Place>({ x: 0, y: 0, k: 1 })
  /** A person moved it, and it stays there. */
  const moved = useRef(false)
  const rest = useRef<ReturnType<typeof setTimeout>>(undefined)
  /** What the place was last made of, or told as. */
  const known = useRef<string | null>(null)

  const { actions, put, paint, tell } = useMemo(() => {
    const ask = (what: (gestures: Gestures) => void) => void gestures.current?.then((loaded) => loaded && what(loaded))
    const paint = (next: Place) => {
      place.current = next
      content.current?.setAttribute('transform', `translate(${next.x} ${next.y}) scale(${next.k})`)
    }
    const put = () => {
      const { picture, window, zoom } = now.current
      clearTimeout(rest.current)
      moved.current = false
      paint(zoom ? placeOf(zoom, picture, window) : fit(picture, window))
      const { current } = place
      ask(({ moveTo }) => moveTo(current))
    }
    const tell = () => {
      clearTimeout(rest.current)
      moved.current = true
      rest.current = setTimeout(() => {
        const { subject, picture, window, onZoom } = now.current
        const zoom = zoomOf(place.current, picture, window)
        known.current = spell(subject, zoom)
        onZoom(zoom)
      }, REST)
    }
    const actions: PanZoom = {
      zoomIn: () => ask(({ scaleBy }) => scaleBy(STEP)),
      zoomOut: () => ask(({ scaleBy }) => scaleBy(1 / STEP)),
      fit: () => {
        const { subject, onZoom } = now.current
        known.current = spell(subject, null)
        now.current = { ...now.current, zoom: null }
        put()
        onZoom(null)
      },
      reveal: (shape) =>
        ask(({ moveBy }) => {
          const window = svg.current?.getBoundingClientRect() ?? new DOMRect()
          const box = shape.getBoundingClientRect()
          const x = shiftInto(box.left, box.right, window.left, window.right)
          const y = shiftInto(box.top, box.bottom, window.top, window.bottom)
          if (x !== 0 || y !== 0) moveBy(x, y)
        }),
    }
    return { actions, put, paint, tell }
  }, [svg, content])

  const { subject, picture, window, zoom } = options
  const wanted = spell(subject, zoom)
  // biome-ignore lint/correctness/useExhaustiveDependencies: other sizes of window or picture are what asks for it anew
  useLayoutEffect(() => {
    if (known.current === wanted && moved.current) return tell()
    known.current = wanted
    put()
  }, [put, tell, wanted, window.width, window.height, picture.width])

  useEffect(() => {
    const element = svg.current
    if (!element) return
    let ended = false
    const coming = import('./gestures.ts').then(({ listenToGestures }) => {
      if (ended) return null
      const loaded = listenToGestures(element, (next) => {
        paint(next)
        tell()
      })
      loaded.moveTo(place.current)
      return loaded
    })
    gestures.current = coming
    return () => {
      ended = true
      clearTimeout(rest.current)
      void coming.then((loaded) => loaded?.end())
    }
  }, [svg, paint, tell])

  return actions
}

function spell(subject: string, zoom: Zoom | null): string {
  return zoom ? `${subject} ${zoom.times},${zoom.x},${zoom.y}` : subject
}

import { select } from 'd3-selection'
import { type D3ZoomEvent, type ZoomTransform, zoom, zoomIdentity, zoomTransform } from 'd3-zoom'
import { type Place, SCALES } from './place.ts'
import { scrollStep, wheelPixels, wheelStep } from './wheel-step.ts'

/** The picture's place is d3-zoom's transform, whether a person moves the picture or one of these. */
export type Gestures = {
  /** Around the middle of the window, within the limits. */
  scaleBy: (factor: number) => void
  /** In CSS pixels. */
  moveBy: (x: number, y: number) => void
  /** Tells nobody. */
  moveTo: (place: Place) => void
  end: () => void
}

/** A press that moves no more is a click, in CSS pixels. */
const CLICK_SLACK = 4

/** Below the last line of what was scrolled to its end, in CSS pixels: the zoom buttons are there. */
const FOOT = 64

/**
 * Wheel, drag and pinch in `element`. The wheel scales, with `data-long` only with the Control key: without it, it scrolls. A drag that began
 * on a shape does not click it. Each move is told to `onMove`.
 */
export function listenToGestures(element: SVGSVGElement, onMove: (place: Place) => void): Gestures {
  const svg = select<SVGSVGElement, unknown>(element)
  /** Where the picture was when the press began that may still be a click. */
  let pressed: ZoomTransform | null = null
  const behaviour = zoom<SVGSVGElement, unknown>()
    .extent(() => [
      [0, 0],
      [element.clientWidth, element.clientHeight],
    ])
    .scaleExtent([...SCALES])
    .filter(({ type, ctrlKey, button }) =>
      type === 'wheel' ? ctrlKey || element.dataset.long === undefined : !ctrlKey && !button,
    )
    .wheelDelta(wheelStep)
    .clickDistance(CLICK_SLACK)
    // d3 moves the picture within the click distance too: a click by an unsteady hand would count as a move.
    .constrain((next) => {
      if (pressed && next.k === pressed.k && Math.hypot(next.x - pressed.x, next.y - pressed.y) <= CLICK_SLACK)
        return pressed
      pressed = null
      return next
    })
    .on('start', ({ transform }: D3ZoomEvent<SVGSVGElement, unknown>) => {
      pressed = transform
    })
    .on('zoom', ({ transform }: D3ZoomEvent<SVGSVGElement, unknown>) => {
      if (transform !== pressed) onMove(transform)
    })
  svg
    .call(behaviour)
    .on('dblclick.zoom', null)
    // At the limits of the scale d3 lets the wheel go on to the page, which would scroll or scale as a whole.
    .on(
      'wheel',
      (event: WheelEvent) => {
        event.preventDefault()
        if (!event.ctrlKey && element.dataset.long !== undefined) scroll(event)
      },
      { passive: false },
    )
  const moveBy = (x: number, y: number) => {
    const from = zoomTransform(element)
    svg.call(behaviour.transform, from.translate(x / from.k, y / from.k))
  }
  const scroll = ({ deltaX, deltaY, deltaMode }: WheelEvent) => {
    const window = element.getBoundingClientRect()
    const picture = element.querySelector('g')?.getBoundingClientRect() ?? window
    const across = scrollStep(-wheelPixels(deltaX, deltaMode), picture.left, picture.right, window.left, window.right)
    const down = scrollStep(
      -wheelPixels(deltaY, deltaMode),
      picture.top,
      picture.bottom + FOOT,
      window.top,
      window.bottom,
    )
    if (across !== 0 || down !== 0) moveBy(across, down)
  }
  return {
    scaleBy: (factor) => svg.call(behaviour.scaleBy, factor),
    moveBy,
    moveTo: ({ x, y, k }) => svg.property('__zoom', zoomIdentity.translate(x, y).scale(k)),
    end: () => svg.on('.zoom', null).on('wheel', null),
  }
}

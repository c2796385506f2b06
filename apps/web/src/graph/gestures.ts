import { select } from 'd3-selection'
import { type D3ZoomEvent, type ZoomTransform, zoom, zoomIdentity, zoomTransform } from 'd3-zoom'
import { type Place, SCALES } from './place.ts'
import { wheelStep } from './wheel-step.ts'

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

/** Wheel, drag and pinch in `element`; a drag that began on a shape does not click it. Each move is told to `onMove`. */
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
    .on('wheel', (event: WheelEvent) => event.preventDefault(), { passive: false })
  return {
    scaleBy: (factor) => svg.call(behaviour.scaleBy, factor),
    moveBy: (x, y) => {
      const from = zoomTransform(element)
      svg.call(behaviour.transform, from.translate(x / from.k, y / from.k))
    },
    moveTo: ({ x, y, k }) => svg.property('__zoom', zoomIdentity.translate(x, y).scale(k)),
    end: () => svg.on('.zoom', null).on('wheel', null),
  }
}

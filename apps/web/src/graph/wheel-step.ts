/** What a turn of a mouse's wheel has at least, in CSS pixels; the steps of a pinch are smaller. */
const NOTCH = 50
/** CSS pixels of a line, as browsers that count the wheel in lines scroll by it. */
const LINE = 25
const PAGE = 500

/**
 * By which power of 2 a wheel event scales. Two fingers that spread on a trackpad come as wheel events with the Control
 * key and a delta of 100 times the logarithm of the scale: the picture then follows the fingers. The Control key with a
 * real wheel scales no more than the wheel alone does.
 * Source: Chromium's and Firefox's synthetic wheel events for pinch gestures.
 */
export function wheelStep({
  deltaY,
  deltaMode,
  ctrlKey,
}: Pick<WheelEvent, 'deltaY' | 'deltaMode' | 'ctrlKey'>): number {
  if (ctrlKey && deltaMode === 0 && Math.abs(deltaY) < NOTCH) return -deltaY / 100 / Math.LN2
  return -wheelPixels(deltaY, deltaMode) / 500
}

/** A turn of the wheel in CSS pixels. */
export function wheelPixels(delta: number, deltaMode: number): number {
  return deltaMode === 0 ? delta : delta * (deltaMode === 1 ? LINE : PAGE)
}

/**
 * How far what lies from `start` to `end` is moved when `wished` is asked for: no further than that its end, or its start, is
 * in the window from `low` to `high`.
 */
export function scrollStep(wished: number, start: number, end: number, low: number, high: number): number {
  return wished < 0 ? Math.max(wished, Math.min(0, high - end)) : Math.min(wished, Math.max(0, low - start))
}

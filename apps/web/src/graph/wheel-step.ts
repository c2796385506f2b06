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
  const pixels = deltaMode === 0 ? deltaY : deltaY * (deltaMode === 1 ? LINE : PAGE)
  return -pixels / 500
}

import type { Zoom } from '../graph/place.ts'

/** Spells a zoom: `TIMES,X,Y`, as `1.69,33.2,48.13`. */
export function encodeZoom({ times, x, y }: Zoom): string {
  return [times, x, y].join()
}

/** The opposite of encodeZoom; null for anything it did not write. */
export function decodeZoom(text: string | null): Zoom | null {
  const match = /^(\d{1,3}(?:\.\d{1,3})?),(-?\d{1,4}(?:\.\d\d?)?),(-?\d{1,4}(?:\.\d\d?)?)$/.exec(text ?? '')
  if (!match) return null
  const [times, x, y] = match.slice(1).map(Number) as [number, number, number]
  return times > 0 ? { times, x: x + 0, y: y + 0 } : null
}

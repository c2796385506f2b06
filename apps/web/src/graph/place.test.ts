import fc from 'fast-check'
import { expect, it } from 'vitest'
import { fit, isBestWhole, placeOf, SCALES, shiftInto, topOf, zoomOf } from './place.ts'

const FOOT = 48
const BORDER = 8
const side = fc.integer({ min: 200, max: 6000 })
const size = fc.record({ width: side, height: side })

it('fit: whole, in the middle above the buttons, touching the border or as large as it may be', () => {
  fc.assert(
    fc.property(size, size, (picture, window) => {
      const { x, y, k } = fit(picture, window)
      expect(Math.min(x, y)).toBeGreaterThanOrEqual(BORDER - 0.1)
      expect(x * 2 + picture.width * k).toBeCloseTo(window.width)
      expect(y * 2 + picture.height * k + FOOT).toBeCloseTo(window.height)
      expect(Math.min(x, y) < BORDER + 0.1 || k === 2.5).toBe(true)
    }),
  )
})

it('topOf: a long picture fills the width of its window from the top, another one is fitted whole', () => {
  fc.assert(
    fc.property(size, size, (picture, window) => {
      const whole = fit(picture, window)
      const place = fit(topOf(picture, window), window)
      expect(place.k).toBeGreaterThanOrEqual(whole.k - 1e-9)
      expect(place.x).toBeGreaterThanOrEqual(0)
      expect(place.y).toBeGreaterThanOrEqual(0)
      if (picture.height * place.k > window.height - FOOT - 2 * BORDER + 1e-6) {
        if (place.k < 2.5) expect(place.x).toBeCloseTo(BORDER)
        if (place.k < 2.5) expect(place.y).toBeCloseTo(BORDER)
      } else expect(place.k).toBeCloseTo(whole.k)
    }),
  )
})

it.each([
  [{ width: 1240, height: 700 }, true],
  [{ width: 1240, height: 1600 }, false],
  [{ width: 900, height: 3400 }, false],
  [{ width: 3000, height: 2400 }, true],
])('a picture of %j is seen whole at first if it can be read so, or is as small anyway: %s', (picture, readable) => {
  expect(isBestWhole(picture, { width: 1100, height: 720 })).toBe(readable)
})

const scale = fc.double({ min: SCALES[0], max: SCALES[1], noNaN: true })
const shift = fc.double({ min: -3000, max: 3000, noNaN: true })

it('placeOf leads back to where zoomOf was: what is in the middle of the window stays there', () => {
  fc.assert(
    fc.property(size, size, fc.record({ x: shift, y: shift, k: scale }), (picture, window, place) => {
      const zoom = zoomOf(place, picture, window)
      fc.pre(zoom.times >= 0.1)
      const again = placeOf(zoom, picture, window)
      expect(Math.abs(again.k / place.k - 1)).toBeLessThan(0.006)
      const middle = ({ x, y, k }: typeof place) => [(window.width / 2 - x) / k, (window.height / 2 - y) / k]
      const [wasX, wasY] = middle(place) as [number, number]
      const [isX, isY] = middle(again) as [number, number]
      expect(Math.hypot(wasX - isX, wasY - isY) / picture.width).toBeLessThan(0.0002)
    }),
  )
})

it('placeOf: in another window the same point is in the middle, and never beyond the limits of the scale', () => {
  const picture = { width: 1000, height: 500 }
  const zoom = { times: 2, x: 25, y: 10 }
  for (const window of [
    { width: 516, height: 1000 },
    { width: 2016, height: 2000 },
  ]) {
    const { x, y, k } = placeOf(zoom, picture, window)
    expect(k).toBeCloseTo(2 * fit(picture, window).k)
    expect(x + 250 * k).toBeCloseTo(window.width / 2)
    expect(y + 100 * k).toBeCloseTo(window.height / 2)
  }
  expect(placeOf({ ...zoom, times: 999 }, picture, picture).k).toBe(8)
  expect(placeOf({ ...zoom, times: 0.001 }, picture, picture).k).toBe(0.1)
})

it.each([
  [10, 20, 0, 100, 0],
  [-5, 20, 0, 100, 5],
  [90, 130, 0, 100, -30],
  [-5, 130, 0, 100, 5],
  [20, 180, 0, 100, -20],
])('shiftInto %i–%i into %i–%i by %i', (from, to, seenFrom, seenTo, shift) => {
  expect(shiftInto(from, to, seenFrom, seenTo)).toBe(shift)
})

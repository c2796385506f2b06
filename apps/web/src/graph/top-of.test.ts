import fc from 'fast-check'
import { expect, it } from 'vitest'
import { fit } from './place.ts'
import { topOf } from './top-of.ts'

const FOOT = 48
const BORDER = 8
const side = fc.integer({ min: 200, max: 4000 })
const size = fc.record({ width: side, height: side })

it('a long picture fills the width of its window from the top, another one is fitted whole', () => {
  fc.assert(
    fc.property(size, size, (picture, window) => {
      const seen = { width: window.width, height: window.height - FOOT }
      const whole = fit(picture, seen)
      const place = fit(
        topOf(picture, () => window),
        seen,
      )
      expect(place.k).toBeGreaterThanOrEqual(whole.k - 1e-9)
      expect(place.x).toBeGreaterThanOrEqual(0)
      expect(place.y).toBeGreaterThanOrEqual(0)
      if (picture.height * place.k > seen.height - 2 * BORDER + 1e-6) {
        if (place.k < 2.5) expect(place.x).toBeCloseTo(BORDER)
        if (place.k < 2.5) expect(place.y).toBeCloseTo(BORDER)
      } else expect(place.k).toBeCloseTo(whole.k)
    }),
  )
})

it('follows its window', () => {
  let width = 1016
  const top = topOf({ width: 1000, height: 5000 }, () => ({ width, height: 564 }))
  expect(top.height).toBe(500)
  width = 516
  expect(top.height).toBe(1000)
})

import fc from 'fast-check'
import { expect, it } from 'vitest'
import { fit, shiftInto } from './place.ts'

const side = fc.integer({ min: 40, max: 6000 })
const size = fc.record({ width: side, height: side })

it('fit: whole, in the middle, touching the border or as large as it may be', () => {
  fc.assert(
    fc.property(size, size, (picture, window) => {
      const { x, y, k } = fit(picture, window)
      expect(Math.min(x, y)).toBeGreaterThanOrEqual(7.9)
      expect(x * 2 + picture.width * k).toBeCloseTo(window.width)
      expect(y * 2 + picture.height * k).toBeCloseTo(window.height)
      expect(Math.min(x, y) < 8.1 || k === 2.5).toBe(true)
    }),
  )
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

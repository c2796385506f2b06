import fc from 'fast-check'
import { expect, it } from 'vitest'
import { fitPlace } from './fit.ts'

const side = fc.integer({ min: 40, max: 6000 })
const size = fc.record({ width: side, height: side })

it('shows the picture whole, in the middle, touching the border or as large as it may be', () => {
  fc.assert(
    fc.property(size, size, (picture, window) => {
      const { x, y, k } = fitPlace(picture, window)
      expect(x).toBeGreaterThanOrEqual(7.9)
      expect(y).toBeGreaterThanOrEqual(7.9)
      expect(x * 2 + picture.width * k).toBeCloseTo(window.width)
      expect(y * 2 + picture.height * k).toBeCloseTo(window.height)
      expect(Math.min(x, y) < 8.1 || k === 2.5).toBe(true)
    }),
  )
})

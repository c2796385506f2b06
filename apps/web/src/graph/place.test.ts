import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fit, follow, type Place, type Point, shiftInto, wheelFactor, zoom } from './place.ts'

const side = fc.integer({ min: 40, max: 6000 })
const size = fc.record({ width: side, height: side })
const coordinate = fc.integer({ min: -3000, max: 3000 })
const point = fc.record({ x: coordinate, y: coordinate })
const place = fc.record({ x: coordinate, y: coordinate, k: fc.double({ min: 0.1, max: 8, noNaN: true }) })

/** The point of the picture that stands at a point of the window. */
const under = ({ x, y, k }: Place, at: Point) => ({ x: (at.x - x) / k, y: (at.y - y) / k })
const same = (a: Point, b: Point) => {
  expect(a.x).toBeCloseTo(b.x, 3)
  expect(a.y).toBeCloseTo(b.y, 3)
}

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

it('zoom: what was at one point comes to the other, whatever the limits leave of the factor', () => {
  fc.assert(
    fc.property(place, fc.double({ min: 0.01, max: 50, noNaN: true }), point, point, (before, factor, from, to) => {
      const after = zoom(before, factor, from, to)
      expect(after.k).toBeGreaterThanOrEqual(0.1)
      expect(after.k).toBeLessThanOrEqual(8)
      same(under(before, from), under(after, to))
    }),
  )
})

describe('follow', () => {
  it('moves with one finger, without scaling', () => {
    expect(follow({ x: 10, y: 20, k: 2 }, [{ x: 0, y: 0 }], [{ x: 5, y: -7 }])).toEqual({ x: 15, y: 13, k: 2 })
  })

  it('scales with two, and keeps under each what was under it', () => {
    const before = { x: 10, y: 20, k: 1 }
    const [a, b] = [
      { x: 100, y: 100 },
      { x: 200, y: 100 },
    ]
    const [c, d] = [
      { x: 50, y: 300 },
      { x: 250, y: 300 },
    ]
    const after = follow(before, [a, b], [c, d])
    expect(after.k).toBe(2)
    same(under(before, a), under(after, c))
    same(under(before, b), under(after, d))
  })

  it('survives two fingers on one spot', () => {
    const spot = { x: 1, y: 1 }
    expect(follow({ x: 0, y: 0, k: 1 }, [spot, spot], [spot, { x: 9, y: 1 }]).k).toBe(1)
  })
})

it.each([
  [{ deltaY: -100, deltaMode: 0, ctrlKey: false }, 1.15],
  [{ deltaY: 100, deltaMode: 0, ctrlKey: false }, 0.87],
  [{ deltaY: -3, deltaMode: 1, ctrlKey: false }, 1.11],
  [{ deltaY: -20, deltaMode: 0, ctrlKey: true }, 1.15],
])('wheelFactor %j', (event, factor) => {
  expect(wheelFactor(event)).toBeCloseTo(factor, 2)
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

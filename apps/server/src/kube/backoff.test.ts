import fc from 'fast-check'
import { expect, test } from 'vitest'
import { backoffMs } from './backoff.ts'

test('doubles from half a second to half a minute', () => {
  expect([1, 2, 3, 4, 7, 8, 50].map((failures) => backoffMs(failures, 1))).toEqual([
    500, 1000, 2000, 4000, 30_000, 30_000, 30_000,
  ])
})

test('chance takes away at most a half', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 1000 }), fc.double({ min: 0, max: 1, noNaN: true }), (failures, random) => {
      const [wait, most] = [backoffMs(failures, random), backoffMs(failures, 1)]
      return wait >= most / 2 && wait <= most
    }),
  )
})

import { expect, test } from 'vitest'
import { indexAfterStep, indexOfMoment, type Moment } from './timeline-of.ts'

/** The first two of a session are kept no more. */
const moments = [3, 4, 5].map((number): Moment => ({ number, at: '', observation: null, caption: null }))

test.each([
  [3, 0],
  [5, 2],
  [null, 2],
  [1, 2],
])('moment %s is at %i', (number, index) => {
  expect(indexOfMoment(moments, number)).toBe(index)
})

test.each([
  [4, -1, 0],
  [4, 1, 2],
  [3, -1, 0],
  [5, 1, 2],
  [null, -1, 1],
] as const)('a step from moment %s by %i leads to %i', (number, by, index) => {
  expect(indexAfterStep(moments, number, by)).toBe(index)
})

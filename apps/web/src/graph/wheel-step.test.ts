import { expect, it } from 'vitest'
import { scrollStep, wheelStep } from './wheel-step.ts'

const scaleOf = (event: Parameters<typeof wheelStep>[0]) => 2 ** wheelStep(event)

it('follows the fingers of a pinch: its steps multiply to its scale', () => {
  const steps = [1.02, 1.1, 1.3, 0.9].map((scale) => -100 * Math.log(scale))
  const product = steps.reduce((scale, deltaY) => scale * scaleOf({ deltaY, deltaMode: 0, ctrlKey: true }), 1)
  expect(product).toBeCloseTo(1.02 * 1.1 * 1.3 * 0.9)
})

it('scales by a wheel as much with the Control key as without it, a little for each notch', () => {
  for (const event of [
    { deltaY: -120, deltaMode: 0 },
    { deltaY: -3, deltaMode: 1 },
  ]) {
    const plain = scaleOf({ ...event, ctrlKey: false })
    expect(scaleOf({ ...event, ctrlKey: true })).toBe(plain)
    expect(plain).toBeGreaterThan(1.05)
    expect(plain).toBeLessThan(1.25)
  }
})

it.each([
  ['down, as far as asked', -100, { start: 0, end: 900 }, -100],
  ['down, to the end and no further', -1000, { start: 0, end: 900 }, -400],
  ['down, when its end is seen already', -100, { start: -500, end: 400 }, 0],
  ['up, as far as asked', 100, { start: -300, end: 600 }, 100],
  ['up, to the start and no further', 1000, { start: -300, end: 600 }, 300],
  ['not at all, what is smaller than the window', -100, { start: 50, end: 400 }, 0],
])('scrolls %s', (_, wished, { start, end }, moved) => {
  expect(scrollStep(wished, start, end, 0, 500)).toBe(moved)
})

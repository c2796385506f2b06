import { expect, it } from 'vitest'
import { wheelStep } from './wheel-step.ts'

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

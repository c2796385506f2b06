import { parsePod, summarizePod } from '@pausescope/shared'
import { buildPod, CAPTURES, loadCapture } from '@pausescope/testkit'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { podKeeper, unpackPod } from './kept-pod.ts'

test('every captured pod comes out as it went in, and pods alike share their shape', () => {
  const keep = podKeeper()
  const objects = CAPTURES.flatMap((name) => (JSON.parse(loadCapture(name).podsJson) as { items: object[] }).items)
  const kept = objects.map(keep)
  expect(kept.map(unpackPod)).toEqual(objects.map(parsePod))
  expect(kept.map(({ summary }) => summary)).toEqual(objects.map((object) => summarizePod(parsePod(object))))
  expect(new Set(kept.map(({ shape }) => shape)).size).toBeLessThan(kept.length)
})

test('whatever stands in its texts', () => {
  const text = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.constantFrom('\0', '"', '\\', '\\"', '":', 'null', '$&', '1e3'),
  )
  fc.assert(
    fc.property(text, text, (image, reason) => {
      const pod = buildPod({ name: 'p', uid: 'u', containers: [{ name: 'c' }] }) as {
        spec: { containers: { image: string }[] }
      }
      for (const container of pod.spec.containers) container.image = image
      const object = { ...pod, status: { phase: 'Running', reason } }
      expect(unpackPod(podKeeper()(object))).toEqual(parsePod(object))
    }),
  )
})

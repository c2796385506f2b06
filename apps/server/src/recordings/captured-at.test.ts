import { expect, test } from 'vitest'
import { capturedAt } from './captured-at.ts'

const pod = (more: object) => ({
  metadata: { name: 'a', creationTimestamp: '2026-11-23T10:00:00Z' },
  ...more,
})

test('is the latest time of metadata and status, in objects and lists', () => {
  const started = pod({
    status: { containerStatuses: [{ state: { running: { startedAt: '2026-11-23T10:00:09Z' } } }] },
  })
  const managed = pod({ metadata: { managedFields: [{ time: '2026-11-23T10:00:07Z' }] } })
  expect(capturedAt([{ kind: 'List', items: [started, managed] }, pod({})])).toBe('2026-11-23T10:00:09Z')
})

test('does not believe dates that users wrote, nor texts that are no time', () => {
  const user = {
    metadata: { creationTimestamp: '2026-11-23T10:00:00Z', annotations: { time: '2030-01-01T00:00:00Z' }, labels: {} },
    spec: { startTime: '2030-01-01T00:00:00Z' },
    status: { startTime: 'tomorrow', message: '2030-01-01T00:00:00Z' },
  }
  expect(capturedAt([user])).toBe('2026-11-23T10:00:00Z')
})

test('is nothing where there is no time', () => {
  expect(capturedAt([null, 3, {}, { items: [] }])).toBeNull()
})

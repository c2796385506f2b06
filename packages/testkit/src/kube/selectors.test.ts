import { expect, test } from 'vitest'
import { buildPod } from './build-pod.ts'
import { parseFieldSelector, parseLabelSelector } from './selectors.ts'
import { StatusError } from './status.ts'

const pod = buildPod({ namespace: 'ns', name: 'web', node: 'node1', labels: { app: 'web', tier: '' } })

test.each([
  ['', true],
  ['app=web', true],
  ['app==web', true],
  ['app!=web', false],
  ['other!=web', true],
  ['app', true],
  ['!app', false],
  ['!other', true],
  ['tier=', true],
  ['app in (db, web)', true],
  ['app notin (db, web)', false],
  ['other in (db)', false],
  ['other notin (db)', true],
  ['app=web,tier', true],
  ['app in (db, web),!app', false],
])('label selector %j', (text, matches) => {
  expect(parseLabelSelector(text)(pod)).toBe(matches)
})

test.each([
  ['', true],
  ['metadata.name=web', true],
  ['spec.nodeName=node1,status.phase!=Failed', true],
  ['spec.nodeName=', false],
  ['spec.nodeName!=node1', false],
  ['metadata.namespace=ns', true],
])('field selector %j', (text, matches) => {
  expect(parseFieldSelector(text)(pod)).toBe(matches)
})

test('what cannot be selected by is refused', () => {
  expect(() => parseFieldSelector('spec.image=x')).toThrow(StatusError)
  expect(() => parseLabelSelector('a b')).toThrow(StatusError)
})

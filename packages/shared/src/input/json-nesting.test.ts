import { expect, test } from 'vitest'
import { jsonNesting } from './json-nesting.ts'

test.each([
  ['', 0, false],
  ['3', 0, false],
  ['[{"a":[]}]', 3, false],
  ['[{"a":[]}', 3, true],
  ['{"a":"[[[["}', 1, false],
  ['{"a":"\\"[[', 1, true],
  ['{"a":"\\\\"}', 1, false],
  ['"abc', 0, true],
])('%s', (text, deepest, open) => {
  expect(jsonNesting(text)).toEqual({ deepest, open })
})

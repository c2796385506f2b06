import { expect, test } from 'vitest'
import { describeError } from './log.ts'

test('an error that carries a reply is named without its message', () => {
  const error = Object.assign(new Error('HTTP-Code: 401 {"authorization":"Bearer abc"}'), { body: '…', headers: {} })
  const described = describeError(error)
  expect(described.name).toBe('Error')
  expect(JSON.stringify(described)).not.toContain('Bearer')
  expect(described.at[0]).toMatch(/^at /)
})

test('other errors keep their message, what is no error its type', () => {
  expect(describeError(new TypeError('x is not a function'))).toMatchObject({
    name: 'TypeError',
    message: 'x is not a function',
  })
  expect(describeError('secret')).toEqual({ name: 'string', message: '', at: [] })
})

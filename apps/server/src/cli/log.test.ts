import { describe, expect, test } from 'vitest'
import { createLog, describeError } from './log.ts'
import type { LogFormat, LogLevel } from './log-options.ts'

function logged(format: LogFormat, level: LogLevel): string[] {
  const lines: string[] = []
  const log = createLog({ format, level }, (line) => lines.push(line))
  log.info('Open it.')
  log.debug({ path: '/api/pods', status: 200 }, 'request')
  log.error(Object.assign(new Error('secret'), { headers: {} }), 'GET /api')
  return lines
}

describe('the log', () => {
  test('as JSON: a line for each event, with level and time', () => {
    const lines = logged('json', 'debug').map((line) => JSON.parse(line))
    expect(lines).toMatchObject([
      { level: 'info', msg: 'Open it.' },
      { level: 'debug', path: '/api/pods', status: 200, msg: 'request' },
      { level: 'error', error: { name: 'Error', message: '' }, msg: 'GET /api' },
    ])
    for (const { time } of lines) expect(Date.parse(time)).toBeGreaterThan(0)
  })

  test('as text: one sentence, what else is known behind it, nothing a terminal would obey', () => {
    const [info, debug, error] = logged('text', 'debug')
    expect([info, debug]).toEqual([
      'pausescope: Open it.\n',
      'pausescope: debug: request {"path":"/api/pods","status":200}\n',
    ])
    expect(error).toMatch(/^pausescope: error: GET \/api \{"error":\{"name":"Error","message":"","at":/)
    const lines: string[] = []
    createLog({ format: 'text', level: 'info' }, (line) => lines.push(line)).info('a\u001b[31mb\nc')
    expect(lines).toEqual(['pausescope: a\ufffd[31mb\ufffdc\n'])
  })

  test.each<[LogLevel, number]>([
    ['silent', 0],
    ['error', 1],
    ['info', 2],
    ['debug', 3],
  ])('the level %s lets %i of three through', (level, count) => {
    expect(logged('json', level)).toHaveLength(count)
  })
})

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

import { told } from '@pausescope/shared'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { lineSplitter, parseWatchLine } from './watch-events.ts'

const WATCH = told('do.watch', { what: told('kube.pods') })

const pod = { metadata: { name: 'p', namespace: 'n', resourceVersion: '7' } }
const line = (type: string, object: unknown) => JSON.stringify({ type, object })

describe('parseWatchLine', () => {
  test.each([
    [line('ADDED', pod), { kind: 'changed', key: 'n/p', version: '7', object: pod }],
    [line('MODIFIED', pod), { kind: 'changed', key: 'n/p', version: '7', object: pod }],
    [line('DELETED', pod), { kind: 'deleted', key: 'n/p', version: '7' }],
    [
      line('ADDED', { metadata: { name: 'node', resourceVersion: '8' } }),
      { kind: 'changed', key: '/node', version: '8' },
    ],
    [
      line('BOOKMARK', { metadata: { resourceVersion: '9', creationTimestamp: null } }),
      { kind: 'bookmark', version: '9' },
    ],
  ])('%s', (text, event) => {
    expect(parseWatchLine(WATCH, text)).toMatchObject(event)
  })

  test('an ERROR event is the error it tells', () => {
    const status = { kind: 'Status', code: 410, reason: 'Expired', message: 'too old resource version: 1 (2)' }
    expect(() => parseWatchLine(WATCH, line('ERROR', status))).toThrow(
      expect.objectContaining({ code: 'gone', message: 'Cannot watch pods: too old resource version: 1 (2)' }),
    )
    expect(() => parseWatchLine(WATCH, line('ERROR', 'x'))).toThrow(expect.objectContaining({ code: 'server-error' }))
  })

  test.each([
    '',
    '{',
    'null',
    '[]',
    line('ADDED', null),
    line('ADDED', { metadata: {} }),
    line('NEW', pod),
    '{"type":1}',
  ])('not an event: %s', (text) => {
    expect(() => parseWatchLine(WATCH, text)).toThrow(expect.objectContaining({ code: 'server-error' }))
  })
})

describe('lineSplitter', () => {
  test('gives the same lines however the bytes are cut', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'grapheme' })), fc.integer({ min: 1, max: 7 }), (texts, size) => {
        const wanted = texts.map((text) => text.replaceAll('\n', '')).filter((text) => text.trim() !== '')
        const bytes = Buffer.from(wanted.map((text) => `${text}\n`).join(''))
        const got: string[] = []
        const split = lineSplitter(WATCH, (text) => got.push(text))
        for (let at = 0; at < bytes.length; at += size) split(bytes.subarray(at, at + size))
        expect(got).toEqual(wanted)
      }),
    )
  })

  test('a line without an end is refused before it fills the memory', () => {
    const split = lineSplitter(WATCH, () => {})
    const piece = Buffer.alloc(1024 * 1024, 'x')
    expect(() => {
      for (let count = 0; count < 17; count++) split(piece)
    }).toThrow(expect.objectContaining({ code: 'server-error' }))
  })
})

import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseExecFrame } from './exec-channels.ts'
import { ExecError } from './exec-error.ts'

const V5 = 'v5.channel.k8s.io'
const V4 = 'v4.channel.k8s.io'

test.each([
  [1, 'stdout'],
  [2, 'stderr'],
  [3, 'status'],
] as const)('channel %d is %s', (channel, kind) => {
  expect(parseExecFrame(Buffer.of(channel, 65, 0, 255), true, V5)).toEqual({ kind, bytes: Buffer.of(65, 0, 255) })
  expect(parseExecFrame(Buffer.of(channel), true, V4)).toEqual({ kind, bytes: Buffer.alloc(0) })
})

test('v5 may say that a channel is closed, v4 may not', () => {
  expect(parseExecFrame(Buffer.of(255, 1), true, V5)).toEqual({ kind: 'closed' })
  expect(() => parseExecFrame(Buffer.of(255, 1), true, V4)).toThrow('channel 255')
})

test.each([
  ['text', Buffer.from('\u0001hello'), false],
  ['nothing', Buffer.alloc(0), true],
  ['stdin from the server', Buffer.of(0, 65), true],
  ['a channel nobody knows', Buffer.of(7, 65), true],
])('%s is refused', (_, message, binary) => {
  expect(() => parseExecFrame(message, binary, V5)).toThrow(expect.objectContaining({ code: 'protocol' }))
})

test('any message is a frame or an ExecError', () => {
  fc.assert(
    fc.property(fc.uint8Array(), fc.boolean(), fc.constantFrom(V4, V5, ''), (bytes, binary, protocol) => {
      try {
        const frame = parseExecFrame(Buffer.from(bytes), binary, protocol)
        return frame.kind === 'closed' || frame.bytes.length === bytes.length - 1
      } catch (cause) {
        return cause instanceof ExecError
      }
    }),
  )
})

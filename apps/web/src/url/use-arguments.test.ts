import { expect, test } from 'vitest'
import { isLoopback } from './use-arguments.ts'

test.each(['localhost', 'pausescope.localhost', '127.0.0.1', '127.1.2.3', '[::1]'])('%s is this machine', (host) => {
  expect(isLoopback(host)).toBe(true)
})

test.each(['', 'localhost.example.org', '127.0.0.1.example.org', '10.127.0.1', 'example.org', '[::2]', '0.0.0.0'])(
  '%j may be seen by others',
  (host) => {
    expect(isLoopback(host)).toBe(false)
  },
)

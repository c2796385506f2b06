import { expect, test } from 'vitest'
import { isLoopback, pageUrl } from './hosts.ts'

test.each([
  ['127.0.0.1', true],
  ['127.8.0.1', true],
  ['::1', true],
  ['localhost', true],
  ['0.0.0.0', false],
  ['::', false],
  ['127.0.0.1.example', false],
  ['192.168.1.5', false],
])('%s: loopback %s', (host, loopback) => {
  expect(isLoopback(host)).toBe(loopback)
})

test.each([
  ['127.0.0.1', [], 'http://127.0.0.1:7777'],
  ['::1', [], 'http://[::1]:7777'],
  ['0.0.0.0', ['lab.example'], 'http://lab.example:7777'],
  ['0.0.0.0', ['lab.example:80'], 'http://lab.example:80'],
  ['0.0.0.0', ['[2001:db8::1]'], 'http://[2001:db8::1]:7777'],
])('the page on %s with %j is %s', (host, allowed, url) => {
  expect(pageUrl(host, 7777, allowed)).toBe(url)
})

import fc from 'fast-check'
import { expect, test } from 'vitest'
import { visibleText } from './visible-text.ts'

test.each([
  ['plain: 한국어, é, 😀', 'plain: 한국어, é, 😀'],
  ['\u001b[31mred\u0007', '␛[31mred␇'],
  ['a\nb\tc\u0000', 'a␊b␉c␀'],
  ['\u202egpj.exe', '\ufffdgpj.exe'],
  ['\u2066x\u2069', '\ufffdx\ufffd'],
  ['zero\u200bwidth', 'zero\ufffdwidth'],
  ['\ud800lone', '\ufffdlone'],
  ['\uffff\ufffe', '\ufffd\ufffd'],
  ['\u007f\u009b', '␡\ufffd'],
  ['a\u0301\u0301\u0301\u0301\u0301b', 'a\u0301\u0301\u0301\ufffdb'],
])('%j becomes %j', (text, shown) => {
  expect(visibleText(text)).toBe(shown)
})

// The Char production of XML 1.0.
const XML = /^[\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]*$/u

test('every character of the categories it names is made visible', () => {
  for (let code = 0; code <= 0x10ffff; code++) {
    const char = String.fromCodePoint(code)
    if (/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u.test(char)) expect(visibleText(char), code.toString(16)).not.toBe(char)
  }
})

test('property: legal in XML, nothing invisible, the same when done twice', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: fc.integer({ min: 0, max: 0xffff }).map((code) => String.fromCharCode(code)) }),
      (text) => {
        const shown = visibleText(text)
        expect(shown).toMatch(XML)
        expect(shown).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u)
        expect(visibleText(shown)).toBe(shown)
      },
    ),
    { numRuns: 500 },
  )
})

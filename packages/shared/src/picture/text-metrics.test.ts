import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { fitText, type TextStyle, textWidth, wrapText } from './text-metrics.ts'

const SANS: TextStyle = { size: 10, weight: 400, family: 'sans' }
const BOLD: TextStyle = { ...SANS, weight: 650 }
/** Every UTF-16 code unit, lone surrogates too. */
const anyText = fc.string({
  unit: fc.integer({ min: 0, max: 0xffff }).map((code) => String.fromCharCode(code)),
  maxLength: 80,
})
const MONO: TextStyle = { ...SANS, family: 'mono' }

describe('textWidth', () => {
  // Measured by Chromium's canvas with DejaVu Sans, DejaVu Sans Bold, DejaVu Sans Mono and Noto Sans CJK.
  test.each([
    ['held by pause, PID 701', SANS, 115.71],
    ['Shared by the pod', BOLD, 103.93],
    ['myweb2-netshoot · native sidecar @ WWW', BOLD, 242.09],
    ['4026533353', MONO, 60.2],
    ['한국어 이름', SANS, 49.17],
    ['한국어 이름', MONO, 52.02],
    ['日本語テスト', BOLD, 59.99],
  ])('%s is not wider than told', (text, style, measured) => {
    const told = textWidth(text, style)
    expect(told).toBeGreaterThanOrEqual(measured)
    expect(told).toBeLessThan(measured * 1.15)
  })

  test('marks on letters have no width, emoji and sentence ligatures have much', () => {
    expect(textWidth('e\u0301', SANS)).toBe(textWidth('e', SANS))
    expect(textWidth('😀', SANS)).toBeGreaterThanOrEqual(13)
    expect(textWidth('\ufdfd', SANS)).toBeGreaterThan(100)
  })
})

describe('fitText', () => {
  test('leaves what fits, shortens the rest in the middle and keeps the whole', () => {
    expect(fitText('myweb2', 100, SANS)).toEqual({ text: 'myweb2' })
    expect(fitText('/run/netns/cni-17b23d53-7dc0', 90, SANS)).toEqual({
      text: '/run/ne…53-7dc0',
      full: '/run/netns/cni-17b23d53-7dc0',
    })
  })

  test('never tears a mark from its letter', () => {
    const { text } = fitText('e\u0301'.repeat(40), 60, SANS)
    expect(text).toMatch(/^(e\u0301)+…(e\u0301)+$/)
  })

  test('property: fits, or is only the ellipsis', () => {
    fc.assert(
      fc.property(anyText, fc.integer({ min: 5, max: 300 }), (text, width) => {
        const fitted = fitText(text, width, BOLD)
        expect(fitted.text === '…' || textWidth(fitted.text, BOLD) <= width).toBe(true)
        expect(fitted.full === undefined).toBe(!fitted.text.includes('…') || fitted.text === text)
      }),
    )
  })
})

describe('wrapText', () => {
  test('breaks at spaces, keeps a number with its word', () => {
    const lines = wrapText('held by myweb2-nginx, PID 1544', 125, SANS).map(({ text }) => text)
    expect(lines).toEqual(['held by myweb2-nginx,', 'PID 1544'])
  })

  test('breaks after a dot between facts, never before it', () => {
    const facts = 'native sidecar · PID 1750 · busybox:1.36 · 2 restarts'
    for (let width = 90; width <= 320; width++) {
      const lines = wrapText(facts, width, SANS).map(({ text }) => text)
      expect(lines.filter((line) => line.startsWith('·'))).toEqual([])
    }
    expect(wrapText(facts, 100, SANS).map(({ text }) => text)).toContain('PID 1750 ·')
  })

  test('breaks long words after a separator', () => {
    const lines = wrapText('fd00:1234:5678:9abc:def0:1234:5678:9abc', 130, SANS).map(({ text }) => text)
    expect(lines).toEqual(['fd00:1234:5678:9abc:', 'def0:1234:5678:9abc'])
  })

  test('keeps a date and a time whole and with their zone, at every width that has room for them', () => {
    const text = '110 pods · containerd 2.1.9 · cgroup v2 · 6.12.0-amd64 · 2026-11-24 20:05:09 UTC'
    const needs = Math.ceil(textWidth('2026-11-24 20:05:09 UTC', SANS))
    for (let width = needs; width <= 460; width++) {
      const lines = wrapText(text, width, SANS).map(({ text }) => text)
      expect(lines.some((line) => line.includes('2026-11-24 20:05:09 UTC'))).toBe(true)
    }
    const [torn] = wrapText('20:05:09', 26, SANS)
    expect(torn?.text).toBe('20:0')
  })

  test('shortens the last allowed line only', () => {
    const lines = wrapText('one two three four five six seven', 50, SANS, 2)
    expect(lines.map(({ text }) => text)).toEqual(['one two', 'thre…ven'])
    expect(lines.map(({ full }) => full)).toEqual([undefined, 'one two three four five six seven'])
  })

  test('property: every line fits and no letter is lost', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 120 }), fc.integer({ min: 40, max: 300 }), (text, width) => {
        const lines = wrapText(text, width, SANS).map((fitted) => fitted.text)
        for (const each of lines) expect(textWidth(each, SANS)).toBeLessThanOrEqual(width)
        expect(lines.join('').replaceAll(' ', '')).toBe(text.replaceAll(' ', ''))
      }),
    )
  })
})

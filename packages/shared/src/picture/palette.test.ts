import { describe, expect, test } from 'vitest'
import { NAMESPACE_TYPES } from '../model/namespace-type.ts'
import { THEMES } from '../model/theme.ts'
import { blend, contrast, PALETTES, TAG_OPACITY } from './palette.ts'

test('the theme of high contrast has 7:1 for text and 4.5:1 for lines', () => {
  const { background, cardLine, ink, ink2, ink3, nodeLine, panelLine, surface, tint, types } = PALETTES.contrast
  for (const ground of [background, surface, tint]) {
    for (const text of [ink, ink2, ink3, ...Object.values(types).map(({ text }) => text)]) {
      expect(contrast(text, ground)).toBeGreaterThan(7)
    }
    for (const line of [cardLine, nodeLine, panelLine, ...Object.values(types).map(({ line }) => line)]) {
      expect(contrast(line, ground)).toBeGreaterThan(4.5)
    }
  }
})

test('contrast is that of WCAG', () => {
  expect(contrast('#000000', '#ffffff')).toBeCloseTo(21)
  expect(contrast('#777777', '#ffffff')).toBeCloseTo(4.48, 2)
})

describe.each(THEMES)('%s', (theme) => {
  const palette = PALETTES[theme]
  const { background, surface, tint, quiet } = palette

  test('text has 4.5:1 on every ground it stands on', () => {
    for (const ground of [background, surface, tint, quiet]) {
      for (const ink of [palette.ink, palette.ink2, palette.ink3]) expect(contrast(ink, ground)).toBeGreaterThan(4.5)
    }
    for (const { ground, text } of [palette.warn, palette.note]) {
      expect(contrast(text, ground)).toBeGreaterThan(4.5)
      expect(contrast(text, background)).toBeGreaterThan(4.5)
    }
    expect(contrast(palette.ink, palette.warn.ground)).toBeGreaterThan(4.5)
    expect(contrast(palette.ink2, palette.warn.ground)).toBeGreaterThan(4.5)
    expect(contrast(palette.bad, background)).toBeGreaterThan(4.5)
    expect(contrast(palette.ink2, blend(palette.nodeLine, quiet, TAG_OPACITY))).toBeGreaterThan(4.5)
  })

  test.each(NAMESPACE_TYPES)('%s: name 4.5:1, line 3:1', (type) => {
    const { line, text } = palette.types[type]
    for (const ground of [surface, tint, blend(line, surface, TAG_OPACITY)]) {
      expect(contrast(text, ground)).toBeGreaterThan(4.5)
    }
    // The filled mark of the drawing of boxes.
    expect(contrast(surface, text)).toBeGreaterThan(4.5)
    for (const ground of [background, surface, tint]) expect(contrast(line, ground)).toBeGreaterThan(3)
  })

  test('lines that carry meaning have 3:1', () => {
    for (const ground of [background, quiet, surface]) expect(contrast(palette.nodeLine, ground)).toBeGreaterThan(3)
    expect(contrast(palette.sandboxLine, background)).toBeGreaterThan(3)
    // The boxes: of containers on the ground, on the pod's panel and beside it, of the panel on the node's.
    for (const ground of [background, surface, tint]) expect(contrast(palette.cardLine, ground)).toBeGreaterThan(3)
    for (const ground of [background, quiet, tint]) expect(contrast(palette.panelLine, ground)).toBeGreaterThan(3)
    for (const { line, ground } of [palette.warn, palette.note]) expect(contrast(line, ground)).toBeGreaterThan(3)
  })

  // Two lines that run beside each other must not look alike: the distance is that of two clearly different shades.
  test.each(Object.entries(BLINDNESS))('the types a pod shares stay apart with %s', (_name, matrix) => {
    const shared = ['net', 'uts', 'ipc', 'pid', 'user'] as const
    for (const [index, one] of shared.entries()) {
      for (const other of shared.slice(index + 1)) {
        const [a, b] = [seen(palette.types[one].line, matrix), seen(palette.types[other].line, matrix)]
        expect(distance(a, b), `${one} and ${other}`).toBeGreaterThan(10)
      }
    }
  })
})

/** Full dichromacy in linear RGB after Machado, Oliveira and Fernandes (2009). */
const BLINDNESS = {
  protanopia: [0.152286, 1.052583, -0.204868, 0.114503, 0.786281, 0.099216, -0.003882, -0.048116, 1.051998],
  deuteranopia: [0.367322, 0.860646, -0.227968, 0.280085, 0.672501, 0.047413, -0.01182, 0.04294, 0.968881],
  tritanopia: [1.255528, -0.076749, -0.178779, -0.078411, 0.930809, 0.147602, 0.004733, 0.691367, 0.3039],
}

/** CIE L*a*b* of a colour as seen through a matrix. */
function seen(colour: string, matrix: readonly number[]): number[] {
  const linear = [1, 3, 5].map((at) => {
    const part = Number.parseInt(colour.slice(at, at + 2), 16) / 255
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
  })
  const times = (m: readonly number[], v: readonly number[]) =>
    [0, 3, 6].map((row) => v.reduce((sum, part, column) => sum + part * (m[row + column] as number), 0))
  const shown = times(matrix, linear).map((part) => Math.min(1, Math.max(0, part)))
  const xyz = times([0.4124, 0.3576, 0.1805, 0.2126, 0.7152, 0.0722, 0.0193, 0.1192, 0.9505], shown)
  const white = [0.9505, 1, 1.089]
  const [x, y, z] = xyz.map((part, index) => {
    const ratio = part / (white[index] as number)
    return ratio > 0.008856 ? Math.cbrt(ratio) : 7.787 * ratio + 16 / 116
  }) as [number, number, number]
  return [116 * y - 16, 500 * (x - y), 200 * (y - z)]
}

function distance(a: readonly number[], b: readonly number[]): number {
  return Math.hypot(...a.map((part, index) => part - (b[index] as number)))
}

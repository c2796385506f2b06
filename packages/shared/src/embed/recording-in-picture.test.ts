import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Recording } from '../model/recording.ts'
import { recordingOf } from '../model/recording-of.ts'
import { buildScene } from '../picture/build-scene.ts'
import { paintSvg } from '../picture/paint-svg.ts'
import { sketchOf } from '../test/graph-sketches.ts'
import { wellFormed } from '../test/well-formed.ts'
import { crc32 } from './crc32.ts'
import { embedInPng, recordingFromPng } from './recording-in-png.ts'
import { recordingFromSvg } from './recording-in-svg.ts'

const graph = sketchOf('seed')
const recording = recordingOf(graph.observation, '1.2.3')
const titled = (title: string): Recording => ({ ...recording, title })
const svgOf = (carried: Recording | null) => paintSvg(buildScene(graph), carried)

/** Any text, also what no XML may hold and what would end an element or an attribute. */
const texts = fc.oneof(
  fc.string({ unit: fc.integer({ min: 0, max: 0xffff }).map((code) => String.fromCharCode(code)) }),
  fc.constantFrom(
    '</recording></metadata><script>',
    ']]>',
    '&quot;',
    '&#34;',
    'urn:pausescope:recording">',
    '\u0000\u202e',
    '컨테이너',
  ),
)

/** One white pixel, as libpng writes it. */
const PIXEL = Uint8Array.from(
  atob16(
    '89504e470d0a1a0a0000000d49484452000000010000000108000000003a7e9b550000000a49444154789c63f80f00010101005a4d6bf10000000049454e44ae426082',
  ),
)

function atob16(hex: string): number[] {
  return (hex.match(/../g) ?? []).map((byte) => Number.parseInt(byte, 16))
}

test('the checksum is that of PNG', () => {
  expect(crc32(Uint8Array.from('123456789', (char) => char.charCodeAt(0)))).toBe(0xcbf43926)
})

describe('in an SVG', () => {
  test('property: what is put in comes out, and the SVG stays well-formed', () => {
    fc.assert(
      fc.property(texts, (text) => {
        const svg = svgOf(titled(text))
        expect(wellFormed(svg)).toBe(true)
        expect(recordingFromSvg(svg)).toEqual(titled(text))
        expect(svg.replace(/<metadata>.*<\/metadata>\n/, '')).toBe(svgOf(null))
      }),
      { numRuns: 50 },
    )
  })

  test('the same bytes, whatever the order of the keys', () => {
    const turned = Object.fromEntries(Object.entries(recording).reverse()) as Recording
    expect(svgOf(turned)).toBe(svgOf(recording))
  })

  test('a program that writes the SVG anew may change prefix and quotes', () => {
    const svg = svgOf(titled('a "b"'))
    const again = svg
      .replace(
        '<recording xmlns="urn:pausescope:recording">',
        "<ns0:recording\n xmlns:ns0='urn:pausescope:recording' >",
      )
      .replace(/(urn:pausescope:recording' >)([^<]*)/, (_, head, json) => head + json.replaceAll('"', '&quot;'))
    expect(again).not.toBe(svg)
    expect(recordingFromSvg(again)).toEqual(titled('a "b"'))
  })

  test('a picture without a recording has none; a name does not make one', () => {
    expect(recordingFromSvg(svgOf(null))).toBeNull()
    expect(recordingFromSvg('<svg><recording xmlns="urn:pausescope:recording"/></svg>')).toBeNull()
    const { pod } = graph.observation
    const named = {
      ...graph,
      observation: { ...graph.observation, pod: { ...pod, name: '="urn:pausescope:recording">{}' } },
    }
    expect(recordingFromSvg(paintSvg(buildScene(named), recording))).toEqual(recording)
  })

  test('a damaged one is told', () => {
    const svg = svgOf(recording)
    expect(() => recordingFromSvg(svg.slice(0, 900))).toThrow('cut off')
    expect(() => recordingFromSvg(svg.replace('"version":1', '"version":9'))).toThrow('format version 9')
    expect(() => recordingFromSvg(svg.replace('"observations":[', '"observations":[7,'))).toThrow('damaged')
  })
})

describe('in a PNG', () => {
  const png = embedInPng(PIXEL, recording)
  const code = (bytes: Uint8Array) => {
    try {
      return recordingFromPng(bytes)
    } catch (error) {
      return (error as { code?: string }).code
    }
  }

  test('property: what is put in comes out, once, and the picture is the same', () => {
    fc.assert(
      fc.property(texts, (text) => {
        const carrying = embedInPng(PIXEL, titled(text))
        expect(recordingFromPng(carrying)).toEqual(titled(text))
        expect(embedInPng(carrying, recording)).toEqual(png)
      }),
      { numRuns: 30 },
    )
    expect(png.subarray(0, 33)).toEqual(PIXEL.subarray(0, 33))
    expect(png.subarray(png.length - (PIXEL.length - 33))).toEqual(PIXEL.subarray(33))
  })

  test('a PNG without a recording has none', () => {
    expect(recordingFromPng(PIXEL)).toBeNull()
  })

  test('property: cut anywhere, or with a byte changed, it says so or gives the same recording', () => {
    fc.assert(
      fc.property(fc.nat(png.length - 1), fc.integer({ min: 1, max: 255 }), (at, change) => {
        expect(['cut', 'other-kind']).toContain(code(png.subarray(0, at)))
        const changed = png.slice()
        changed[at] = (changed[at] as number) ^ change
        const found = code(changed)
        if (typeof found === 'object' && found !== null) expect(found).toEqual(recording)
      }),
    )
  })

  test('a wrong checksum is told', () => {
    const changed = png.slice()
    changed[100] = (changed[100] as number) ^ 1
    expect(code(changed)).toBe('invalid')
  })

  test('a length beyond the file, a compressed text and what is no PNG are refused', () => {
    const long = png.slice()
    long.set([0x7f, 0xff, 0xff, 0xff], 33)
    expect(code(long)).toBe('cut')
    const packed = png.slice()
    packed[33 + 8 + 'pausescope-recording'.length + 1] = 1
    expect(code(packed)).toBeNull()
    expect(code(new Uint8Array(0))).toBe('other-kind')
    expect(() => embedInPng(Uint8Array.from([0xff, 0xd8, 0xff]), recording)).toThrow('not a PNG')
  })

  test('one over the limit is refused before it is read', () => {
    const body = new Uint8Array(4 + 33 * 1024 * 1024)
    body.set(png.subarray(37, 37 + 4 + 25))
    const giant = new Uint8Array(33 + 8 + body.length + 12)
    giant.set(PIXEL.subarray(0, 33))
    new DataView(giant.buffer).setUint32(33, body.length - 4)
    giant.set(body, 37)
    giant.set(PIXEL.subarray(PIXEL.length - 12), giant.length - 12)
    expect(code(giant)).toBe('too-large')
  })
})

import { describe, expect, test } from 'vitest'
import { LANGUAGES } from '../model/language.ts'
import { SKETCH_NAMES, sketchOf } from '../test/graph-sketches.ts'
import { faultsOf } from '../test/scene-faults.ts'
import { buildScene } from './build-scene.ts'
import { paintSvg } from './paint-svg.ts'
import { DRAWINGS, type PictureOptions } from './picture-options.ts'
import { PICTURE_WORDS } from './words/picture-words.ts'

const OPTIONS: readonly Partial<PictureOptions>[] = [
  { title: false },
  { caption: false },
  { title: false, caption: false, legend: false },
  { transparent: true },
  { width: 900, title: false },
]

describe.each(DRAWINGS)('%s', (drawing) => {
  test.each(OPTIONS)('no fault with %j', (options) => {
    for (const name of SKETCH_NAMES) expect(faultsOf(buildScene(sketchOf(name), { drawing, ...options }))).toEqual([])
  })

  test('no fault in Korean', () => {
    for (const name of SKETCH_NAMES) {
      for (const width of [900, 1240]) {
        expect(faultsOf(buildScene(sketchOf(name), { drawing, width }, PICTURE_WORDS.ko))).toEqual([])
      }
    }
  })

  test('without title and caption nothing of them is left, and findings stay', () => {
    const graph = sketchOf('beyond')
    const bare = paintSvg(buildScene(graph, { drawing, title: false, caption: false, legend: false }))
    const shown = bare.replace(/<(title|desc)>[^<]*<\/\1>/g, '')
    expect(shown).not.toMatch(/containerd 2\.1\.9|10:11:12 UTC|Measured on the node/)
    expect(shown).toContain('the spec predicts')
    expect(bare).toContain('<title>Linux namespaces of pod default/myweb2</title>')
  })

  test('a caption without a title names the pod', () => {
    const texts = paintSvg(buildScene(sketchOf('seed'), { drawing, title: false }))
    expect(texts).toContain('>default/myweb2 · Running · cluster kind · node node3')
  })

  test('a transparent picture has no ground, and no strip of its colour', () => {
    const scene = buildScene(sketchOf('seed'), { drawing, transparent: true })
    expect(scene.background).toBeNull()
    expect(paintSvg(scene)).not.toContain('#fbfcfd')
  })
})

/** The texts of a catalogue that are there as they are, not made of names. */
function textsOf(words: object): string[] {
  return Object.values(words).flatMap((value) =>
    typeof value === 'string' ? [value] : typeof value === 'object' && value !== null ? textsOf(value) : [],
  )
}

describe('Korean', () => {
  test('has a text of its own for each', () => {
    expect(Object.keys(PICTURE_WORDS)).toEqual([...LANGUAGES])
    expect(textsOf(PICTURE_WORDS.ko)).toHaveLength(textsOf(PICTURE_WORDS.en).length)
    for (const text of textsOf(PICTURE_WORDS.ko)) expect(text).toMatch(/[가-힣]/)
  })

  test.each(SKETCH_NAMES)('%s has no English word of the picture', (name) => {
    const { findings: _, gaps: __, ...graph } = sketchOf(name)
    const svg = paintSvg(buildScene({ ...graph, findings: [], gaps: [] }, {}, PICTURE_WORDS.ko))
    expect(svg).not.toMatch(/held by|shared by|pinned by|the node’s|alone|restart|exit code|running|waiting/)
    expect(svg).toMatch(/<title>파드 default\/.*의 Linux 네임스페이스</)
  })
})

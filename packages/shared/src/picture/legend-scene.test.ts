import { expect, test } from 'vitest'
import { LANGUAGES } from '../model/language.ts'
import { faultsOf } from '../test/scene-faults.ts'
import { legendScene } from './legend-scene.ts'
import { DRAWINGS } from './picture-options.ts'
import { PICTURE_WORDS } from './words/picture-words.ts'

test.each(LANGUAGES.flatMap((language) => DRAWINGS.map((drawing) => [language, drawing] as const)))(
  'the legend by itself, %s, %s: nothing overlaps or stands outside, and all of it is told',
  (language, drawing) => {
    const words = PICTURE_WORDS[language]
    const scene = legendScene(drawing, 'contrast', words)
    expect(faultsOf(scene)).toEqual([])
    expect(scene.title).toContain(words.legend.dotted)
    expect(scene.title).toContain(words.legend.measured)
  },
)

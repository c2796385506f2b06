import type { Theme } from '../model/theme.ts'
import { PALETTES } from './palette.ts'
import { type Drawing, PICTURE_DEFAULTS } from './picture-options.ts'
import type { Scene } from './scene.ts'
import { legend } from './scene-legend.ts'
import { visibleText } from './visible-text.ts'
import { type PictureWords, pictureWords } from './words/en.ts'

/** All samples of a drawing beside each other, and their sentence below. */
const WIDTH = 840

/** The legend of a drawing by itself, with all that a picture may have in it. */
export function legendScene(drawing: Drawing, theme: Theme, words: PictureWords = pictureWords): Scene {
  const palette = PALETTES[theme]
  const { solid, dashed, dotted, fresh, equal, measured } = words.legend
  const { nested } = words
  const told =
    drawing === 'columns'
      ? [solid, dotted, dashed, fresh, equal, measured]
      : [nested.legend.filled, nested.legend.outlined, dotted, dashed, fresh, nested.legend.equal, measured]
  const block = legend({ foreign: true, fresh: true }, WIDTH, {
    options: { ...PICTURE_DEFAULTS, drawing, theme },
    palette,
    words,
  })
  return {
    width: WIDTH,
    height: block.height,
    background: null,
    title: visibleText(told.join(' ')),
    description: '',
    children: block.paint(0, 0),
  }
}

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { LANGUAGES } from '../model/language.ts'
import { THEMES } from '../model/theme.ts'
import { EXPORT_DEFAULTS, type ExportOptions } from './export-svg.ts'
import { DRAWINGS } from './picture-options.ts'
import { parseNodePictureQuery, parsePictureQuery, pictureQuery } from './picture-query.ts'

const options: fc.Arbitrary<ExportOptions> = fc.record({
  drawing: fc.constantFrom(...DRAWINGS),
  theme: fc.constantFrom(...THEMES),
  language: fc.constantFrom(...LANGUAGES),
  width: fc.integer({ min: 900, max: 1400 }),
  title: fc.boolean(),
  caption: fc.boolean(),
  legend: fc.boolean(),
  files: fc.boolean(),
  transparent: fc.boolean(),
  redact: fc.boolean(),
  embed: fc.boolean(),
})

test('property: what is written is read', () => {
  fc.assert(
    fc.property(options, (wished) => {
      const query = Object.fromEntries(
        pictureQuery(wished)
          .split('&')
          .filter((part) => part !== '')
          .map((part) => part.split('=')),
      )
      expect(parsePictureQuery(query)).toEqual(wished)
    }),
  )
})

test('a whole node has no drawings and is not redacted', () => {
  expect(parseNodePictureQuery({ theme: 'dark', title: 'off', embed: '1' })).toMatchObject({
    theme: 'dark',
    title: false,
    embed: true,
  })
  for (const key of ['drawing', 'files', 'redact']) {
    expect(parseNodePictureQuery({ [key]: '1' })).toEqual({
      error: `This picture has no option "${key}"; it has theme, language, width, title, caption, legend, transparent, embed.`,
    })
  }
})

test('the usual picture has no query, and no query is the usual picture', () => {
  expect(pictureQuery({})).toBe('')
  expect(pictureQuery(EXPORT_DEFAULTS)).toBe('')
  expect(parsePictureQuery({})).toEqual(EXPORT_DEFAULTS)
})

test('on and off are said in several ways', () => {
  expect(parsePictureQuery({ title: 'no', legend: 'off', caption: '0', transparent: 'true' })).toEqual({
    ...EXPORT_DEFAULTS,
    title: false,
    legend: false,
    caption: false,
    transparent: true,
  })
})

describe('what is wrong is said with what would be right', () => {
  test.each([
    [{ theme: 'purple' }, 'The option theme is one of light, dark, contrast, not "purple".'],
    [{ width: '12' }, 'The option width is a whole number from 900 to 1400, not "12".'],
    [{ width: '1e3' }, 'The option width is a whole number from 900 to 1400, not "1e3".'],
    [{ width: ['900', '1000'] }, 'The option width is a whole number from 900 to 1400, not "900,1000".'],
    [{ title: 'perhaps' }, 'The option title is one of on, off, not "perhaps".'],
    [
      { colour: 'x' },
      'This picture has no option "colour"; it has drawing, theme, language, width, title, caption, legend, files, transparent, redact, embed.',
    ],
  ])('%j', (query, error) => {
    expect(parsePictureQuery(query)).toEqual({ error })
  })
})

import { describe, expect, test } from 'vitest'
import type { Told } from '../model/told.ts'
import { english, sentences } from './sentences.ts'
import { sentencesKo } from './sentences-ko.ts'
import { mapTold, tell } from './tell.ts'
import { told } from './told.ts'

const keys = Object.keys(sentences) as (keyof typeof sentences)[]
const namesIn = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name as string).sort()
/** What is no word of a language: fields, commands, capabilities, names of programs and paths. */
const TERMS = /`[^`]*`|--[a-z-]+|\/[\w/.-]+|\b[A-Za-z]*[A-Z_/.=][\w./=-]*\b/g

describe('each sentence', () => {
  test.each(keys)('%s', (key) => {
    const [en, ko] = [sentences[key], sentencesKo[key]]
    expect([...new Set(namesIn(ko))]).toEqual([...new Set(namesIn(en))])
    const values = Object.fromEntries(namesIn(en).map((name) => [name, '7']))
    const shown = tell(sentencesKo, { key, values }, '')
    // Only what joins others has no words of its own.
    if (!/[a-z]/.test(en.replaceAll(/\{\w+\}/g, ''))) return
    expect(shown).toMatch(/[가-힣]/)
    // Three English words in a row are a sentence that was forgotten.
    expect(shown.replaceAll(TERMS, '')).not.toMatch(/\b[a-z']+ [a-z']+ [a-z']+\b/)
    expect(tell(sentences, { key, values }, '')).not.toMatch(/[가-힣{}]/)
  })
})

describe('a sentence in a language', () => {
  const live = told('source.live', { context: 'a', server: 'b' })
  const inside: Told = { key: 'both', values: { first: live, second: told('source.recording', { file: 'f' }) } }

  test('holds others, and lists', () => {
    expect(tell(sentencesKo, inside, '')).toBe(
      '컨텍스트 "a"의 클러스터(b)에서 실시간으로 봅니다. 기록 파일 f의 내용입니다. 클러스터에는 묻지 않습니다.',
    )
    expect(tell({ one: '{names}' }, { key: 'one', values: { names: ['a', 'b'] } }, '')).toBe('a, b')
  })

  test.each<[string, Told | undefined]>([
    ['none', undefined],
    ['a key of another version', { key: 'of tomorrow' }],
    ['no key of the catalogue', { key: 'constructor' }],
    ['a value missing', { key: 'source.recording' }],
    ['a value missing inside', { key: 'both', values: { first: 'x', second: { key: 'source.recording' } } }],
    ['no value of its own', { key: 'source.recording', values: Object.create({ file: 'x' }) }],
  ])('%s: the English one is shown', (_, it) => {
    expect(tell(sentencesKo, it, 'In English.')).toBe('In English.')
  })

  test('a value is quoted, whatever stands in it', () => {
    expect(english(told('source.recording', { file: '{file} {context}' }))).toContain('recording {file} {context};')
  })

  test('each text in it can be changed', () => {
    const changed = mapTold(inside, (text) => `<${text}>`)
    expect(english(changed)).toBe(
      'Live from the cluster of context "<a>" at <b>. Showing the recording <f>; no cluster is asked.',
    )
  })
})

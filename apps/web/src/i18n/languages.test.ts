import { english, told } from '@pausescope/shared'
import { expect, test } from 'vitest'
import { inside as insideEn } from './en/inside.ts'
import { inside as insideKo } from './ko/inside.ts'
import { LANGUAGE_NAMES, LANGUAGES, languageOf, loadCatalogue } from './languages.ts'

test.each([
  [['ko-KR', 'en-US'], 'ko'],
  [['KO'], 'ko'],
  [['de-AT', 'ko', 'en'], 'ko'],
  [['de', 'en-GB', 'ko'], 'en'],
  [['de', 'fr'], 'en'],
  [[], 'en'],
])('who reads %j gets %s', (preferred, language) => {
  expect(languageOf(preferred)).toBe(language)
})

test.each(LANGUAGES)('the catalogue of %s says which it is', async (language) => {
  expect((await loadCatalogue(language)).language).toBe(language)
  expect(LANGUAGE_NAMES[language]).not.toBe('')
})

/** Names and spellings that are the same in every language. */
const SAME = ['Pausescope', 'inode', 'cgroup 1', 'pause, PID 1']

/** What only passes on a name or the server's words, and commands. */
const PASSED_ON = /^(tell|details\.heldBy\.process|types\.\w+\.see|keys\.in\w+\.\d\.0)$/

test('every text is Korean in Korean', async () => {
  const [en, ko] = await Promise.all([loadCatalogue('en'), loadCatalogue('ko')])
  const english = texts({ ...en, ...insideEn, graph: null, drawn: null })
  const korean = texts({ ...ko, ...insideKo, graph: null, drawn: null })
  expect([...korean.keys()]).toEqual([...english.keys()])
  expect(english.size).toBeGreaterThan(200)
  const foreign = [...korean].filter(
    ([key, text]) => key !== 'language' && !/[가-힣]/.test(text) && !SAME.includes(text),
  )
  expect(foreign.map(([key]) => key).filter((key) => !PASSED_ON.test(key))).toEqual([])
})

/** Texts that take lists. */
const LISTS = /forbidden|^compare\.alike|^network\.(one|nodes)|^files\.together/

/** All texts by their path; what takes values is called with ones. */
function texts(value: unknown, path = ''): Map<string, string> {
  if (typeof value === 'function') {
    const args = Array.from({ length: value.length }, () => (LISTS.test(path) ? ['1'] : '1'))
    return new Map([[path, String(value(...args))]])
  }
  if (value === null) return new Map()
  if (typeof value === 'string') return new Map([[path, value]])
  const entries = Object.entries(value as object)
  return new Map(entries.flatMap(([key, part]) => [...texts(part, path ? `${path}.${key}` : key)]))
}

test('what the server says is told in Korean, and as it came where it has no key', async () => {
  const { tell } = await loadCatalogue('ko')
  const missing = told('node.none', { node: 'n1' })
  expect(tell(missing, english(missing))).toBe('클러스터에 노드 n1 항목이 없습니다.')
  expect(tell(undefined, 'As the server said.')).toBe('As the server said.')
})

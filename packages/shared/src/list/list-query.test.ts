import fc from 'fast-check'
import { expect, test } from 'vitest'
import { LIST_LINES, listQuery, parseListQuery } from './list-query.ts'

/** As Express reads an address. */
function read(query: string) {
  const all: Record<string, unknown> = {}
  for (const part of query.replace('?', '').split('&').filter(Boolean)) {
    const [key = '', value = ''] = part.split('=').map(decodeURIComponent)
    all[key] = key in all ? [all[key], value].flat() : value
  }
  return parseListQuery(all)
}

test('property: what is written is read', () => {
  const query = fc.record({
    search: fc.string({ unit: 'grapheme', maxLength: 40 }),
    limit: fc.integer({ min: 1, max: LIST_LINES.most }),
    closed: fc.array(fc.stringMatching(/^[a-z]{1,8}$/), { maxLength: 5 }),
  })
  fc.assert(
    fc.property(query, (wished) => {
      expect(read(listQuery(wished))).toEqual(wished)
    }),
  )
})

test('half a character, and more than a search may have, do not break the address', () => {
  expect(read(listQuery({ search: `${'a'.repeat(299)}\u{1f600}` }))).toMatchObject({
    search: `${'a'.repeat(299)}\ufffd`,
  })
})

test('nothing asks for the first lines of everything', () => {
  expect(listQuery({})).toBe('')
  expect(read('')).toEqual({ search: '', limit: LIST_LINES.first, closed: [] })
})

test.each([
  ['limit=0', /limit .* from 1 to/],
  ['limit=1e3', /limit .* from 1 to/],
  [`limit=${LIST_LINES.most + 1}`, /limit .* from 1 to/],
  ['search=a&search=b', /A search is one text/],
  [`search=${'x'.repeat(301)}`, /A search is one text/],
  [Array.from({ length: 1001 }, (_, at) => `closed=n${at}`).join('&'), /At most 1000 namespaces/],
])('%s is refused', (query, sentence) => {
  expect(read(query)).toEqual({ error: expect.stringMatching(sentence) })
})

import { expect, it } from 'vitest'
import { readCorpus } from './corpus.ts'
import { fuzz, orderOf } from './fuzz.ts'
import { makeCase } from './make-case.ts'

const SEED = 20261124
const CASES = 300

it(`${CASES} cases from probe output to picture: no crash, no wrong link, no stranger in a container`, {
  timeout: 300_000,
}, async () => {
  const corpus = await readCorpus()
  expect(makeCase(corpus, SEED, 7)).toEqual(makeCase(corpus, SEED, 7))
  const { cases, refused, failure } = await fuzz(orderOf(corpus, SEED, { cases: CASES }))
  expect(failure, `node apps/server/fuzz/main.ts --seed ${SEED} shows more`).toBeNull()
  expect(cases).toBe(CASES)
  // Most of the damage must be of the kind that gets to the picture.
  expect(refused).toBeLessThan(CASES / 2)
})

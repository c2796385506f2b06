import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compareGraphs } from '../graph/compare-graphs.ts'
import { buildGraph } from '../graph/graph.ts'
import { observe, pods, runtimes, scans } from '../test/arbitrary-scans.ts'
import { freshKeys } from './change.ts'
import { changeTexts } from './change-texts.ts'
import { changeWords } from './change-words.ts'
import { changeWordsKo } from './change-words-ko.ts'
import { describeChanges } from './describe-changes.ts'

describe('for every two scans of a pod', { timeout: 60_000 }, () => {
  it('nothing changed from a moment to itself', () => {
    fc.assert(
      fc.property(pods, scans, runtimes, (of, seen, runtime) => {
        const graph = buildGraph(observe(of, seen, runtime))
        expect(describeChanges(graph, graph)).toEqual([])
      }),
    )
  })

  it('every namespace that is new is named, and nothing that was there is called new', () => {
    fc.assert(
      fc.property(pods, scans, scans, runtimes, (of, before, after, runtime) => {
        const [a, b] = [buildGraph(observe(of, before, runtime)), buildGraph(observe(of, after, runtime))]
        const fresh = freshKeys(describeChanges(a, b))
        const { lives } = compareGraphs(a, b)
        const unread = new Set(a.containers.flatMap(({ unreadable }) => unreadable.map(({ type }) => type)))
        const there = new Set(a.namespaces.map(({ key }) => key))
        for (const { key, id } of b.namespaces) {
          if (!there.has(key) && !unread.has(id.type)) expect([...fresh]).toContain(key)
          if (lives.has(key)) expect([...fresh]).not.toContain(key)
        }
        const known = new Set([...b.containers, ...b.namespaces].map(({ key }) => key))
        for (const key of fresh) expect([...known]).toContain(key)
      }),
    )
  })

  it('each change has one line in each language', () => {
    fc.assert(
      fc.property(pods, scans, scans, runtimes, (of, before, after, runtime) => {
        const [a, b] = [buildGraph(observe(of, before, runtime)), buildGraph(observe(of, after, runtime))]
        const changes = describeChanges(a, b)
        for (const words of [changeWords, changeWordsKo]) {
          const texts = changeTexts(changes, words)
          expect(texts).toHaveLength(Math.max(1, changes.length))
          for (const text of texts) expect(text).toMatch(/^[^\n]+$/)
        }
      }),
    )
  })
})

/** Choices that a seed decides: the same ones on every machine. */
export type Random = {
  /** An integer from 0 to below `limit`. */
  below: (limit: number) => number
  /** True once in `count` times. */
  once: (count: number) => boolean
  /** One of a list, which must not be empty. */
  pick: <Item>(items: readonly Item[]) => Item
  /** Some of a list, in its order: at most `most`. */
  some: <Item>(items: readonly Item[], most: number) => Item[]
}

/** Mulberry32: small, and good enough to choose damage with. */
export function createRandom(seed: number): Random {
  let state = seed >>> 0
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return (mixed ^ (mixed >>> 14)) >>> 0
  }
  const below = (limit: number) => next() % limit
  return {
    below,
    once: (count) => below(count) === 0,
    pick: <Item>(items: readonly Item[]) => items[below(items.length)] as Item,
    some: <Item>(items: readonly Item[], most: number) => {
      const kept = new Set(Array.from({ length: most }, () => below(Math.max(1, items.length))))
      return items.filter((_, at) => kept.has(at))
    },
  }
}

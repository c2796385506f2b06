/** Gives each thing a name of its own, and the same thing the same name; remembers all, so that texts can be searched. */
export type Placeholders = {
  (real: string): string
  /** From now on `real` is the same thing as `other`. */
  alias: (real: string, other: string) => void
  known: ReadonlyMap<string, string>
}

/** @param name the nth placeholder, from 1. */
export function placeholders(name: (index: number, real: string) => string): Placeholders {
  const known = new Map<string, string>()
  let count = 0
  const give = (real: string): string => {
    const given = known.get(real) ?? name(++count, real)
    known.set(real, given)
    return given
  }
  const alias = (real: string, other: string) => void known.set(real, give(other))
  return Object.assign(give, { alias, known })
}

import type { Told, ToldValue } from '../model/told.ts'

/** Sentences of one language by their keys; `{name}` stands for the value of that name. */
export type Telling = Readonly<Record<string, string>>

/**
 * A sentence in a language.
 * @param english what came with it: it is shown where there is no `told`, as in recordings of before, or where the catalogue does not
 * know it, or lacks one of its values, as in what a newer Pausescope or a stranger wrote.
 */
export function tell(telling: Telling, told: Told | undefined | null, english: string): string {
  return (told && sentence(telling, told)) ?? english
}

function sentence(telling: Telling, { key, values = {} }: Told): string | null {
  const text = Object.hasOwn(telling, key) ? telling[key] : undefined
  if (text === undefined) return null
  const parts = text.split(/\{(\w+)\}/).map((part, index) => {
    if (index % 2 === 0) return part
    const value = Object.hasOwn(values, part) ? values[part] : undefined
    return value === undefined ? null : spell(telling, value)
  })
  return parts.includes(null) ? null : parts.join('')
}

function spell(telling: Telling, value: ToldValue): string | null {
  if (Array.isArray(value)) return value.join(', ')
  return typeof value === 'object' ? sentence(telling, value) : String(value)
}

/** The same with other values: `change` is done to each text that stands in it. */
export function mapTold({ key, values }: Told, change: (text: string) => string): Told {
  if (values === undefined) return { key }
  const changed = Object.entries(values).map(([name, value]) => [name, mapValue(value, change)] as const)
  return { key, values: Object.fromEntries(changed) }
}

function mapValue(value: ToldValue, change: (text: string) => string): ToldValue {
  if (Array.isArray(value)) return value.map(change)
  if (typeof value === 'object') return mapTold(value, change)
  return typeof value === 'string' ? change(value) : value
}

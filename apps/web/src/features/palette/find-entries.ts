/** Something that can be chosen in the palette. */
export type Entry = { text: string }

/**
 * Those whose text holds every word that was typed, whatever its case; texts that begin with what was typed go first, else the
 * order stays.
 */
export function findEntries<E extends Entry>(entries: readonly E[], typed: string): E[] {
  const whole = typed.trim().toLowerCase()
  const words = whole.split(/\s+/).filter(Boolean)
  const found = entries.filter(({ text }) => {
    const lower = text.toLowerCase()
    return words.every((word) => lower.includes(word))
  })
  if (whole === '') return found
  // A pod is begun by its name as well as by its namespace.
  const begins = ({ text }: E) => text.toLowerCase().startsWith(whole) || text.toLowerCase().includes(`/${whole}`)
  return [...found.filter(begins), ...found.filter((entry) => !begins(entry))]
}

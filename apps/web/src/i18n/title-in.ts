import type { Language, Recording } from '@pausescope/shared'

/** A recording's title in the language, where the recording has it; else as it was written. */
export function titleIn({ title, titleIn }: Pick<Recording, 'title' | 'titleIn'>, language: Language): string {
  return titleIn?.[language] ?? title
}

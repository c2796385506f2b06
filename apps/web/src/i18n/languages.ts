import { LANGUAGES, type Language } from '@pausescope/shared'
import { type Catalogue, en } from './en.ts'

export { LANGUAGES, type Language }

/** Each language in its own words. */
export const LANGUAGE_NAMES: Record<Language, string> = { en: 'English', ko: '한국어' }

/** The first of the reader's languages, best first as BCP 47 tags, that there is a catalogue for; else English. */
export function languageOf(preferred: readonly string[]): Language {
  const bases = preferred.map((tag) => tag.toLowerCase().split('-')[0])
  return bases.flatMap((base) => LANGUAGES.filter((language) => language === base))[0] ?? 'en'
}

/** English is in the page; others are loaded when they are asked for. Rejects when that fails. */
export async function loadCatalogue(language: Language): Promise<Catalogue> {
  switch (language) {
    case 'en':
      return en
    case 'ko':
      return (await import('./ko.ts')).ko
  }
}

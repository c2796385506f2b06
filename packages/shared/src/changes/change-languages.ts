import type { Language } from '../model/language.ts'
import { type ChangeWords, changeWords } from './change-words.ts'
import { changeWordsKo } from './change-words-ko.ts'

/** The sentences about what changed in each language. */
export const CHANGE_WORDS: Record<Language, ChangeWords> = { en: changeWords, ko: changeWordsKo }

import type { Language } from '../../model/language.ts'
import { en, type PictureWords } from './en.ts'
import { ko } from './ko.ts'

/** The words of a pod's picture in each language. */
export const PICTURE_WORDS: Record<Language, PictureWords> = { en, ko }

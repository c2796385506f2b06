import type { Language } from '../../model/language.ts'
import { type PictureWords, pictureWords } from './en.ts'
import { pictureWordsKo } from './ko.ts'

/** The words of a pod's picture in each language. */
export const PICTURE_WORDS: Record<Language, PictureWords> = { en: pictureWords, ko: pictureWordsKo }

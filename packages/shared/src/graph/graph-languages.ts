import type { Language } from '../model/language.ts'
import { type GraphWords, graphWords } from './graph-words.ts'
import { graphWordsKo } from './graph-words-ko.ts'

/** The graph's sentences in each language. */
export const GRAPH_WORDS: Record<Language, GraphWords> = { en: graphWords, ko: graphWordsKo }

import type { Language } from '../../model/language.ts'
import { type NodeWords, nodeWords } from './node-en.ts'
import { nodeWordsKo } from './node-ko.ts'

/** The words of a node's picture in each language. */
export const NODE_WORDS: Record<Language, NodeWords> = { en: nodeWords, ko: nodeWordsKo }

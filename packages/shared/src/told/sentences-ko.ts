import { evidenceSentencesKo } from './ko/evidence.ts'
import { frameSentencesKo } from './ko/frame.ts'
import { scanSentencesKo } from './ko/scan.ts'
import { sourceSentencesKo } from './ko/source.ts'
import type { Sentences } from './sentences.ts'

/**
 * Every sentence of server and scans in Korean. Names stand before a noun, in parentheses or after a colon, so that no particle has
 * to agree with them.
 */
export const sentencesKo: Record<keyof Sentences, string> = {
  ...sourceSentencesKo,
  ...scanSentencesKo,
  ...evidenceSentencesKo,
  ...frameSentencesKo,
}

import { evidenceSentencesKo } from './ko/evidence.ts'
import { execSentencesKo } from './ko/exec.ts'
import { fileSentencesKo } from './ko/file.ts'
import { frameSentencesKo } from './ko/frame.ts'
import { httpSentencesKo } from './ko/http.ts'
import { kubeSentencesKo } from './ko/kube.ts'
import { problemSentencesKo } from './ko/problem.ts'
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
  ...kubeSentencesKo,
  ...execSentencesKo,
  ...problemSentencesKo,
  ...httpSentencesKo,
  ...frameSentencesKo,
  ...fileSentencesKo,
}

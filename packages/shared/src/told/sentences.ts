import type { Told } from '../model/told.ts'
import { evidenceSentences } from './en/evidence.ts'
import { execSentences } from './en/exec.ts'
import { fileSentences } from './en/file.ts'
import { frameSentences } from './en/frame.ts'
import { httpSentences } from './en/http.ts'
import { kubeSentences } from './en/kube.ts'
import { problemSentences } from './en/problem.ts'
import { scanSentences } from './en/scan.ts'
import { sourceSentences } from './en/source.ts'
import { tell } from './tell.ts'

/**
 * Every sentence that server and scans make, in English: the API has it, the command line prints it, and the English page shows it.
 * They are texts and no functions, for their values come over the wire and out of files. In other languages they are in a
 * catalogue of the same keys, which has what the API says in English as well, so that the two cannot disagree.
 */
export const sentences = {
  ...sourceSentences,
  ...scanSentences,
  ...evidenceSentences,
  ...kubeSentences,
  ...execSentences,
  ...problemSentences,
  ...httpSentences,
  ...frameSentences,
  ...fileSentences,
} as const

export type Sentences = typeof sentences

/** In English. */
export function english(told: Told): string {
  return tell(sentences, told, told.key)
}

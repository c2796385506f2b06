import type { Catalogue } from './en.ts'
import { details } from './ko/details.ts'
import { frame } from './ko/frame.ts'
import { lists } from './ko/lists.ts'
import { live } from './ko/live.ts'
import { picture } from './ko/picture.ts'
import { problems } from './ko/problems.ts'
import { tables } from './ko/tables.ts'

/**
 * Every text of the page in Korean. Kernel and Kubernetes field names stay; the words are those of the Korean Kubernetes
 * documentation. Names come before a noun or a colon, so that no particle has to agree with them.
 */
export const ko: Catalogue = {
  language: 'ko',
  ...frame,
  ...lists,
  ...live,
  ...picture,
  ...tables,
  ...details,
  ...problems,
}

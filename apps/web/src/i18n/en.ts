import type { Language } from '@pausescope/shared'
import { details } from './en/details.ts'
import { frame } from './en/frame.ts'
import { lists } from './en/lists.ts'
import { live } from './en/live.ts'
import { picture } from './en/picture.ts'
import { problems } from './en/problems.ts'
import { tables } from './en/tables.ts'

/** Every text of the page in English; the shape is the catalogue's type, other languages must match it. */
export const en = {
  /** BCP 47 */
  language: 'en' as Language,
  ...frame,
  ...lists,
  ...live,
  ...picture,
  ...tables,
  ...details,
  ...problems,
}

export type Catalogue = typeof en

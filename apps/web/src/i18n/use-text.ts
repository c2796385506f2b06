import { use } from 'react'
import type { Catalogue } from './en.ts'
import { TextContext } from './text-context.ts'

/** The texts of the page in the reader's language. */
export function useText(): Catalogue {
  return use(TextContext)
}

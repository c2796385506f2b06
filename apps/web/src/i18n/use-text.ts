import { createContext, use } from 'react'
import { type Catalogue, en } from './en.ts'

/** The language of the page. */
const TextContext = createContext<Catalogue>(en)

/** The texts of the page in the reader's language. */
export function useText(): Catalogue {
  return use(TextContext)
}

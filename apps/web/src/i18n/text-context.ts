import { createContext } from 'react'
import { type Catalogue, en } from './en.ts'

/** The texts of the page in the reader's language. */
export const TextContext = createContext<Catalogue>(en)

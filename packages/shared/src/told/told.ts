import type { Told, ToldValue } from '../model/told.ts'
import type { Sentences } from './sentences.ts'

export type SentenceKey = keyof Sentences

/** The names in braces of a sentence. */
type Names<Text extends string> = Text extends `${string}{${infer Name}}${infer Rest}` ? Name | Names<Rest> : never

type Values<Key extends SentenceKey> = { [Name in Names<Sentences[Key]>]: ToldValue }

/** A sentence of the catalogues, with all that its text asks for. */
export function told<Key extends SentenceKey>(
  key: Key,
  ...[values]: Names<Sentences[Key]> extends never ? [] : [Values<Key>]
): Told {
  return values ? { key, values } : { key }
}

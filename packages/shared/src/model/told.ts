import { z } from 'zod/mini'

/** What is put into a sentence: a name, a number, names of one kind, or words that are translated themselves. */
export type ToldValue = string | number | string[] | Told

/**
 * A sentence without its language: its key in the catalogues (`told/`), and what stands in it. What others said (the API server, a
 * node's tools) is a value, and so quoted as it is in every language.
 */
export type Told = { key: string; values?: Record<string, ToldValue> | undefined }

export const toldSchema: z.ZodMiniType<Told> = z.object({
  key: z.string(),
  get values() {
    return z.optional(z.record(z.string(), z.union([z.string(), z.number(), z.array(z.string()), toldSchema])))
  },
})

/** A problem's sentences without their language, beside those in English. */
export const toldProblemSchema = z.object({ message: toldSchema, next: z.nullable(toldSchema) })
export type ToldProblem = z.infer<typeof toldProblemSchema>

import { z } from 'zod/mini'
import { LANGUAGES } from './language.ts'
import { nodeObservationSchema } from './node-observation.ts'
import { observationSchema } from './observation.ts'
import { podEvidenceSchema } from './pod-evidence.ts'

export const RECORDING_FORMAT = 'pausescope-recording'
export const RECORDING_VERSION = 1
/** Largest recording file that is read, in bytes. */
export const RECORDING_MAX_BYTES = 32 * 1024 * 1024

/** What is said in other languages, by language; who writes a recording need not know them. */
const otherLanguages = z.optional(z.partialRecord(z.enum(LANGUAGES), z.string()))

/** One moment of a recording: what was observed then, and what to say about it. */
export const frameSchema = z.object({
  at: z.string(),
  caption: z.nullable(z.string()),
  /** The caption in languages other than its own. */
  captionIn: otherLanguages,
  observations: z.array(observationSchema).check(z.maxLength(2000)),
  /** Whole nodes at that moment; recordings of single pods have none. */
  nodes: z.optional(z.array(nodeObservationSchema).check(z.maxLength(100))),
  /** What was seen inside the namespaces of pods of `observations`, at most once for each. */
  evidence: z.optional(z.array(podEvidenceSchema).check(z.maxLength(2000))),
})
export type Frame = z.infer<typeof frameSchema>

/** A file of observations in time, with captions. */
export const recordingSchema = z.object({
  format: z.literal(RECORDING_FORMAT),
  version: z.literal(RECORDING_VERSION),
  title: z.string(),
  /** The title in languages other than its own. */
  titleIn: otherLanguages,
  /** The Pausescope version that wrote it. */
  writtenBy: z.string(),
  frames: z.array(frameSchema).check(z.minLength(1), z.maxLength(1000)),
})
export type Recording = z.infer<typeof recordingSchema>

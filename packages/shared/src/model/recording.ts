import { z } from 'zod'
import { nodeObservationSchema } from './node-observation.ts'
import { observationSchema } from './observation.ts'

export const RECORDING_FORMAT = 'pausescope-recording'
export const RECORDING_VERSION = 1
/** Largest recording file that is read, in bytes. */
export const RECORDING_MAX_BYTES = 32 * 1024 * 1024

/** One moment of a recording: what was observed then, and what to say about it. */
export const frameSchema = z.object({
  at: z.string(),
  caption: z.string().nullable(),
  observations: z.array(observationSchema).max(2000),
  /** Whole nodes at that moment; recordings of single pods have none. */
  nodes: z.array(nodeObservationSchema).max(100).optional(),
})
export type Frame = z.infer<typeof frameSchema>

/** A file of observations in time, with captions. */
export const recordingSchema = z.object({
  format: z.literal(RECORDING_FORMAT),
  version: z.literal(RECORDING_VERSION),
  title: z.string(),
  /** The Pausescope version that wrote it. */
  writtenBy: z.string(),
  frames: z.array(frameSchema).min(1).max(1000),
})
export type Recording = z.infer<typeof recordingSchema>

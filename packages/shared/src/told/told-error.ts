import type { Told, ToldProblem } from '../model/told.ts'
import { english } from './sentences.ts'

/** A foreseen failure: what failed, on what and why, and what to do; in English, and without a language. */
export class ToldError extends Error {
  readonly told: ToldProblem
  /** What to do, in English. */
  readonly next: string | null

  constructor(message: Told, next: Told | null) {
    super(english(message))
    this.told = { message, next }
    this.next = next && english(next)
  }
}

import { type Told, ToldError } from '@pausescope/shared'

const STATUS = {
  'pod-not-found': 404,
  forbidden: 403,
  'node-not-found': 404,
  'context-not-found': 404,
  'not-live': 409,
  unavailable: 503,
} as const

export type SourceErrorCode = keyof typeof STATUS

/** A source cannot answer: what failed, on what and why; `next` says what to do, `status` is the HTTP status that fits. */
export class SourceError extends ToldError {
  readonly code: SourceErrorCode
  readonly status: number

  constructor(code: SourceErrorCode, message: Told, next: Told | null = null) {
    super(message, next)
    this.name = 'SourceError'
    this.code = code
    this.status = STATUS[code]
  }
}

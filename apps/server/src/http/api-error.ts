import type { ApiErrorBody } from '@pausescope/shared'
import type { ErrorRequestHandler, RequestHandler } from 'express'
import { SourceError } from '../observe/source-error.ts'

/** A refusal of the HTTP layer, answered as `apiErrorSchema` with this status. */
export class HttpError extends Error {
  readonly status: number
  readonly code: string
  readonly next: string | null

  constructor(status: number, code: string, message: string, next: string | null = null) {
    super(message)
    this.name = 'HttpError'
    this.status = status
    this.code = code
    this.next = next
  }
}

/** For the last `all` of a route: the path exists, the method does not. */
export function allowOnly(...methods: string[]): RequestHandler {
  return (request, response) => {
    response.set('Allow', methods.join(', '))
    throw new HttpError(
      405,
      'method-not-allowed',
      `${request.method} is not possible here; use ${methods.join(' or ')}.`,
    )
  }
}

export const notFound: RequestHandler = (request) => {
  throw new HttpError(404, 'not-found', `There is nothing at ${request.path}.`)
}

/**
 * Answers every error in one shape. What is not expected is told to `report` and answered without a detail, so that no
 * stack, header or token leaves the server.
 */
export function answerErrors(report: (error: unknown, what: string) => void): ErrorRequestHandler {
  return (error, request, response, _next) => {
    if (response.destroyed) return
    const known = explain(error)
    if (!known) report(error, `${request.method} ${request.path}`)
    // The answer has begun: all that can be said is that it is not whole.
    if (response.headersSent) {
      response.destroy()
      return
    }
    const { status, code, message, next: step } = known ?? UNEXPECTED
    const body: ApiErrorBody = { error: { code, message, next: step } }
    response.status(status).set('Cache-Control', 'no-store').json(body)
  }
}

const UNEXPECTED = {
  status: 500,
  code: 'internal',
  message: 'The server failed at this request.',
  next: 'Look at what the server printed, and report it if it happens again.',
}

type Explained = { status: number; code: string; message: string; next: string | null }

function explain(error: unknown): Explained | null {
  if (error instanceof HttpError || error instanceof SourceError) return error
  // What express and its body reader refuse has a status and a type, or is a URIError.
  const { status, type } = error as { status?: unknown; type?: unknown }
  if (type === 'entity.too.large') {
    return { status: 413, code: 'too-large', message: 'The body of this request is too large.', next: 'Send none.' }
  }
  if (typeof status === 'number' && status >= 400 && status < 500) {
    return { status, code: 'bad-request', message: 'This request cannot be read.', next: null }
  }
  return null
}

import { type ApiErrorBody, type Told, ToldError, told } from '@pausescope/shared'
import type { ErrorRequestHandler, RequestHandler } from 'express'
import { SourceError } from '../observe/source-error.ts'

/** A refusal of the HTTP layer, answered as `apiErrorSchema` with this status. */
export class HttpError extends ToldError {
  readonly status: number
  readonly code: string

  constructor(status: number, code: string, message: Told, next: Told | null = null) {
    super(message, next)
    this.name = 'HttpError'
    this.status = status
    this.code = code
  }
}

/** For the last `all` of a route: the path exists, the method does not. */
export function allowOnly(...methods: string[]): RequestHandler {
  return (request, response) => {
    response.set('Allow', methods.join(', '))
    throw new HttpError(405, 'method-not-allowed', told('http.method', { method: request.method, methods }))
  }
}

export const notFound: RequestHandler = (request) => {
  throw new HttpError(404, 'not-found', told('http.nothing', { path: request.path }))
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
    const { status, code, message, next: step, told } = known ?? UNEXPECTED
    const body: ApiErrorBody = { error: { code, message, next: step, told } }
    response.status(status).set('Cache-Control', 'no-store').json(body)
  }
}

const UNEXPECTED = new HttpError(500, 'internal', told('http.failed'), told('http.failed-next'))

function explain(error: unknown): HttpError | SourceError | null {
  if (error instanceof HttpError || error instanceof SourceError) return error
  // What express and its body reader refuse has a status and a type, or is a URIError.
  const { status, type } = error as { status?: unknown; type?: unknown }
  if (type === 'entity.too.large') {
    return new HttpError(413, 'too-large', told('http.body'), told('http.body-next'))
  }
  if (typeof status === 'number' && status >= 400 && status < 500) {
    return new HttpError(status, 'bad-request', told('http.unreadable'))
  }
  return null
}

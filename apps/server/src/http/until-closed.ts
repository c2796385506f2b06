import type { Request, Response } from 'express'

/** Aborts what is done for a request when its client goes away. */
export function untilClosed(request: Request, response: Response): AbortSignal {
  const gone = new AbortController()
  response.on('close', () => {
    if (!response.writableFinished)
      gone.abort(new DOMException(`The client of ${request.path} went away.`, 'AbortError'))
  })
  return gone.signal
}

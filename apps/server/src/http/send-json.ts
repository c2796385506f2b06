import { promisify } from 'node:util'
import { gzip } from 'node:zlib'
import type { Request, Response } from 'express'

const compress = promisify(gzip)
/** Smaller answers fit one packet anyway. */
const SMALL = 1400

/**
 * Answers with JSON, compressed when it is large and the client allows it. Express adds the ETag, and answers 304 to a client
 * that has it.
 * @param cache `ask`: the browser may keep the answer if it asks each time whether it is still right; `never`: it may not.
 */
export async function sendJson(
  request: Request,
  response: Response,
  value: unknown,
  cache: 'ask' | 'never' = 'never',
): Promise<void> {
  await sendText(request, response, JSON.stringify(value), 'json', cache)
}

/** The same with any text. */
export async function sendText(
  request: Request,
  response: Response,
  text: string,
  type: string,
  cache: 'ask' | 'never',
): Promise<void> {
  response.set('Cache-Control', cache === 'ask' ? 'private, no-cache' : 'no-store')
  response.vary('Accept-Encoding').type(type)
  const body = Buffer.from(text)
  if (body.length <= SMALL || request.acceptsEncodings('gzip', 'identity') !== 'gzip') {
    response.send(body)
    return
  }
  response.set('Content-Encoding', 'gzip').send(await compress(body, { level: 1 }))
}

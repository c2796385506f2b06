import { type IncomingMessage, ServerResponse } from 'node:http'
import type { Duplex } from 'node:stream'
import type { Status } from './status.ts'

export function sendJson(response: ServerResponse, code: number, body: unknown): void {
  const text = `${JSON.stringify(body)}\n`
  response.writeHead(code, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) })
  response.end(text)
}

export function sendStatus(response: ServerResponse, status: Status): void {
  const retryAfter = status.details?.retryAfterSeconds
  if (retryAfter !== undefined) response.setHeader('retry-after', retryAfter)
  sendJson(response, status.code ?? 500, status)
}

export function sendText(
  response: ServerResponse,
  code: number,
  text: string,
  type = 'text/plain; charset=utf-8',
): void {
  response.writeHead(code, { 'content-type': type, 'content-length': Buffer.byteLength(text) })
  response.end(text)
}

/** An ordinary answer on a connection that asked for an upgrade and does not get it. */
export function responseOn(socket: Duplex, request: IncomingMessage): ServerResponse {
  const response = new ServerResponse(request)
  response.shouldKeepAlive = false
  response.assignSocket(socket as Parameters<ServerResponse['assignSocket']>[0])
  response.on('finish', () => socket.end())
  return response
}

/** Largest request body that is read, in bytes; the API server has 3 MiB. */
const BODY_MAX_BYTES = 3 * 1024 * 1024

export async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  let bytes = 0
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length
    if (bytes > BODY_MAX_BYTES) throw new Error('the request body is too large')
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}

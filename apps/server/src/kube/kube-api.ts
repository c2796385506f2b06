import http from 'node:http'
import https from 'node:https'
import { type Told, type ToldValue, told } from '@pausescope/shared'
import type { ApiAccess } from './api-access.ts'
import { errorFromConnection } from './connection-error.ts'
import { KubeError } from './kube-error.ts'
import { raceAbort } from './race-abort.ts'
import { errorFromStatus } from './status-error.ts'

export type KubeCall = {
  /** What is asked, for error texts: "list pods". */
  what: Told
  method?: 'GET' | 'POST' | 'DELETE'
  /** Path below the server's address, its parts already encoded. */
  path: string
  query?: Record<string, string | number | boolean>
  body?: unknown
  signal?: AbortSignal
  /** Longest time for the whole answer, in milliseconds. */
  deadlineMs?: number
}

export type KubeApiOptions = {
  /** Asked before each call: tokens expire. */
  access: () => Promise<ApiAccess>
  deadlineMs?: number
}

const DEADLINE_MS = 30_000
/** Largest answer that is read, in bytes: a page of 500 large pods stays far below. */
const ANSWER_MAX_BYTES = 128 * 1024 * 1024
/** So that a connection whose other end is gone is noticed. */
const TCP_KEEP_ALIVE_MS = 15_000

/** Raw REST calls to one API server. Every failure is a KubeError, or the caller's abort reason. */
export class KubeApi {
  readonly #options: KubeApiOptions

  constructor(options: KubeApiOptions) {
    this.#options = options
  }

  /** Address and credentials for calls that are not HTTP: exec sessions. */
  access(): Promise<ApiAccess> {
    return this.#options.access()
  }

  /** One call; gives the parsed JSON of a 2xx answer. */
  async request(call: KubeCall): Promise<unknown> {
    const chunks: Buffer[] = []
    let size = 0
    await this.#exchange(call, (chunk) => {
      size += chunk.length
      if (size > ANSWER_MAX_BYTES) {
        throw new KubeError(
          'server-error',
          told('cannot', { what: call.what, why: told('kube.too-large', { bytes: ANSWER_MAX_BYTES }) }),
        )
      }
      chunks.push(chunk)
    })
    try {
      return JSON.parse(Buffer.concat(chunks).toString('utf8'))
    } catch {
      throw new KubeError('server-error', told('cannot', { what: call.what, why: told('kube.no-json') }))
    }
  }

  /** A call whose 2xx answer is read as it comes. Resolves at its end; `onOpen` is told when the answer began. */
  async stream(call: KubeCall, onChunk: (chunk: Buffer) => void, onOpen: () => void): Promise<void> {
    await this.#exchange(call, onChunk, onOpen)
  }

  async #exchange(call: KubeCall, onChunk: (chunk: Buffer) => void, onOpen = () => {}): Promise<void> {
    const deadlineMs = call.deadlineMs ?? this.#options.deadlineMs ?? DEADLINE_MS
    const deadline = AbortSignal.timeout(deadlineMs)
    const signal = call.signal ? AbortSignal.any([call.signal, deadline]) : deadline
    let server: ToldValue = told('kube.server')
    try {
      // An exec plugin cannot be stopped from here; the wait for it can.
      const access = await raceAbort(this.access(), signal)
      server = access.server
      const response = await send(access, call, signal)
      const status = response.statusCode ?? 0
      if (status >= 200 && status < 300) {
        onOpen()
        for await (const chunk of response) onChunk(chunk as Buffer)
        return
      }
      throw errorFromStatus(call.what, status, await readShort(response), response.headers['retry-after'])
    } catch (cause) {
      call.signal?.throwIfAborted()
      if (cause instanceof KubeError) throw cause
      if (deadline.aborted) {
        throw new KubeError(
          'timeout',
          told('cannot', { what: call.what, why: told('kube.late', { server, seconds: deadlineMs / 1000 }) }),
        )
      }
      throw errorFromConnection(call.what, server, cause)
    }
  }
}

function send(access: ApiAccess, call: KubeCall, signal: AbortSignal): Promise<http.IncomingMessage> {
  const url = new URL(`${access.server}${call.path}`)
  for (const [name, value] of Object.entries(call.query ?? {})) url.searchParams.set(name, String(value))
  const body = call.body === undefined ? undefined : JSON.stringify(call.body)
  const { request } = url.protocol === 'http:' ? http : https
  return new Promise((resolve, reject) => {
    const sent = request(url, {
      method: call.method ?? 'GET',
      headers: {
        Accept: 'application/json',
        'User-Agent': 'pausescope',
        ...(body === undefined
          ? {}
          : { 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(body) }),
        ...access.headers,
      },
      signal,
      ...access.tls,
      ...(access.agent ? { agent: access.agent } : {}),
    })
    sent.on('socket', (socket) => socket.setKeepAlive(true, TCP_KEEP_ALIVE_MS))
    sent.on('response', resolve)
    sent.on('error', (cause: NodeJS.ErrnoException) => {
      // The server closed a kept connection while we took it: nothing was read of this call, so it is sent anew.
      if (sent.reusedSocket && cause.code === 'ECONNRESET') send(access, call, signal).then(resolve, reject)
      else reject(cause)
    })
    sent.end(body)
  })
}

/** The start of an error's body: enough for a Status. */
async function readShort(response: http.IncomingMessage): Promise<string> {
  let text = ''
  response.setEncoding('utf8')
  for await (const chunk of response) {
    text += chunk as string
    if (text.length > 65_536) break
  }
  return text
}

import type { IncomingMessage } from 'node:http'
import type { Agent, RequestOptions } from 'node:https'
import { type Told, told } from '@pausescope/shared'
import WebSocket from 'ws'
import { EXEC_PROTOCOLS, parseExecFrame, STDIN } from './exec-channels.ts'
import { ExecError } from './exec-error.ts'
import { errorFromExecStatus, errorFromRefusal } from './exec-status.ts'

/** Address and credentials of the API server, as plain data. */
type ExecAccess = {
  server: string
  headers: Record<string, string>
  tls: Pick<RequestOptions, 'ca' | 'cert' | 'key' | 'passphrase' | 'rejectUnauthorized' | 'servername'>
  agent: Agent | undefined
}

export type ExecConnectionOptions = {
  access: ExecAccess
  namespace: string
  pod: string
  container: string
  command: readonly string[]
  /** What is done, for error texts: "scan the node worker-1". */
  what: Told
  /** How often the connection is pinged, and how long an answer may take, in milliseconds. */
  pingMs?: number
}

type Listener = {
  /** What it throws ends the connection. */
  stdout: (bytes: Buffer) => void
  /** Told once, last; null: the command succeeded and all its output was told. */
  ended: (cause: unknown) => void
}

/** Longest message, in bytes; what is read of a command in all has its own limit. */
const PAYLOAD_MAX_BYTES = 64 * 1024 * 1024
const STDERR_MAX_BYTES = 16 * 1024
const REFUSAL_MAX_BYTES = 64 * 1024
/** Below the 60 s after which common load balancers cut idle connections. */
const PING_MS = 10_000
/** How long the server may take to close after the status. */
const DRAIN_MS = 5_000

let open = 0

/** How many exec sessions are open now, of all clusters. */
export function openSessions(): number {
  return open
}

/** A command in a container: one WebSocket with all its timers. It ends once, with success or a cause. */
export class ExecConnection {
  readonly #options: ExecConnectionOptions
  readonly #listener: Listener
  readonly #socket: WebSocket
  readonly #timers: NodeJS.Timeout[] = []
  readonly #stderr: Buffer[] = []
  /** Input from before the connection stood. */
  #unsent: Buffer[] = []
  #stderrBytes = 0
  #status: Buffer | null = null
  #heard = true
  #ended = false

  /** @param stdin whether the command reads what `write` sends */
  constructor(options: ExecConnectionOptions, stdin: boolean, listener: Listener) {
    open++
    this.#options = options
    this.#listener = listener
    const { access } = options
    this.#socket = new WebSocket(execUrl(options, stdin), EXEC_PROTOCOLS, {
      ...access.tls,
      headers: { ...access.headers, 'User-Agent': 'pausescope' },
      perMessageDeflate: false,
      followRedirects: false,
      maxPayload: PAYLOAD_MAX_BYTES,
      ...(access.agent ? { agent: access.agent } : {}),
    })
    this.#listen()
    this.#timers.push(setInterval(() => this.#ping(), options.pingMs ?? PING_MS))
  }

  /** Sends to the command's stdin. */
  write(text: string): void {
    const message = Buffer.concat([Buffer.of(STDIN), Buffer.from(text)])
    if (this.#socket.readyState === WebSocket.CONNECTING) this.#unsent.push(message)
    else if (!this.#ended) this.#socket.send(message)
  }

  /** Ends it from this side. The command is not ended by that. Only the first end counts. */
  end(cause: unknown): void {
    if (this.#ended) return
    this.#ended = true
    open--
    for (const timer of this.#timers) clearTimeout(timer)
    this.#socket.terminate()
    this.#listener.ended(cause)
  }

  error(code: ConstructorParameters<typeof ExecError>[0], why: Told): ExecError {
    return new ExecError(code, told('cannot', { what: this.#options.what, why }))
  }

  /** What the command complained of, for the error of a part of its work. */
  stderr(): string {
    return Buffer.concat(this.#stderr).toString('utf8')
  }

  #listen(): void {
    const heard = () => {
      this.#heard = true
    }
    this.#socket
      .on('open', () => {
        for (const message of this.#unsent.splice(0)) this.#socket.send(message)
      })
      .on('unexpected-response', (_request, response) => void this.#refused(response))
      .on('error', (cause: NodeJS.ErrnoException) => this.#failed(cause))
      .on('pong', heard)
      .on('message', (message, binary) => {
        heard()
        this.#received(message as Buffer, binary)
      })
      .on('close', (code) => this.#closed(code))
  }

  #received(message: Buffer, binary: boolean): void {
    if (this.#ended) return
    try {
      const frame = parseExecFrame(message, binary, this.#socket.protocol)
      if (frame.kind === 'stdout') this.#listener.stdout(frame.bytes)
      else if (frame.kind === 'stderr') this.#keepComplaint(frame.bytes)
      else if (frame.kind === 'status') this.#keepStatus(frame.bytes)
    } catch (cause) {
      this.end(cause)
    }
  }

  #keepComplaint(bytes: Buffer): void {
    if (this.#stderrBytes >= STDERR_MAX_BYTES) return
    this.#stderrBytes += bytes.length
    this.#stderr.push(bytes)
  }

  /** Output may still come after it: the server's streams race. The close ends the session, or the time for it. */
  #keepStatus(bytes: Buffer): void {
    if (this.#status) throw this.error('protocol', told('exec.status-twice'))
    this.#status = bytes
    this.#timers.push(setTimeout(() => this.#closed(1000), DRAIN_MS))
  }

  #closed(code: number): void {
    if (!this.#status) {
      this.end(this.error('no-status', told('exec.closed', { code })))
      return
    }
    this.end(errorFromExecStatus(this.#options.what, this.#status.toString('utf8'), this.stderr()))
  }

  async #refused(response: IncomingMessage): Promise<void> {
    let body = ''
    response.setEncoding('utf8')
    try {
      for await (const chunk of response) {
        body += chunk as string
        if (body.length > REFUSAL_MAX_BYTES) break
      }
    } catch {
      // What came of it is judged all the same.
    }
    this.end(errorFromRefusal(this.#options.what, response.statusCode ?? 0, body))
  }

  #failed(cause: NodeJS.ErrnoException): void {
    if (cause.code?.startsWith('WS_ERR')) {
      const tooLarge = cause.code === 'WS_ERR_UNSUPPORTED_MESSAGE_LENGTH'
      this.end(this.error(tooLarge ? 'too-large' : 'protocol', told('exec.broken', { cause: cause.message })))
    } else if (this.#socket.readyState === WebSocket.CONNECTING && !cause.code) {
      this.end(this.error('protocol', told('exec.broken', { cause: cause.message })))
    } else this.end(this.error('no-server', told('exec.failed', { code: cause.code ?? told('kube.connection-cut') })))
  }

  /** A connection that stayed silent for a whole interval, our ping included, is dead. */
  #ping(): void {
    if (this.#socket.readyState !== WebSocket.OPEN) return
    if (!this.#heard) this.end(this.error('no-status', told('exec.dead')))
    else {
      this.#heard = false
      this.#socket.ping()
    }
  }
}

function execUrl({ access, namespace, pod, container, command }: ExecConnectionOptions, stdin: boolean): URL {
  const path = `/api/v1/namespaces/${encodeURIComponent(namespace)}/pods/${encodeURIComponent(pod)}/exec`
  const url = new URL(`${access.server}${path}`)
  url.protocol = url.protocol === 'http:' ? 'ws:' : 'wss:'
  for (const word of command) url.searchParams.append('command', word)
  for (const [name, value] of Object.entries({
    container,
    stdin: String(stdin),
    stdout: 'true',
    stderr: 'true',
    tty: 'false',
  })) {
    url.searchParams.set(name, value)
  }
  return url
}

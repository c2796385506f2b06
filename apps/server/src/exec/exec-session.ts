import type { IncomingMessage } from 'node:http'
import type { Agent, RequestOptions } from 'node:https'
import WebSocket from 'ws'
import { EXEC_PROTOCOLS, parseExecFrame } from './exec-channels.ts'
import { ExecError } from './exec-error.ts'
import { errorFromExecStatus, errorFromRefusal } from './exec-status.ts'

/** Address and credentials of the API server, as plain data. */
type ExecAccess = {
  server: string
  headers: Record<string, string>
  tls: Pick<RequestOptions, 'ca' | 'cert' | 'key' | 'passphrase' | 'rejectUnauthorized' | 'servername'>
  agent: Agent | undefined
}

export type ExecOptions<T> = {
  access: ExecAccess
  namespace: string
  pod: string
  container: string
  command: readonly string[]
  /** What is done, for error texts: "scan the node worker-1". */
  what: string
  /**
   * Reads the drained output and throws when it is not whole. Success reported by the server does not prove that all
   * output came (kubernetes #124571), so the command must end its output with a marker and this must check it.
   */
  read: (stdout: Buffer) => T
  signal: AbortSignal
  /** Longest time for all, in milliseconds. The remote command must have its own limit: it outlives the socket. */
  deadlineMs?: number
  /** Most bytes of stdout. */
  maxBytes?: number
  /** How often the connection is pinged, and how long an answer may take, in milliseconds. */
  pingMs?: number
}

const DEADLINE_MS = 60_000
const MAX_BYTES = 64 * 1024 * 1024
const STDERR_MAX_BYTES = 16 * 1024
const REFUSAL_MAX_BYTES = 64 * 1024
/** Below the 60 s after which common load balancers cut idle connections. */
const PING_MS = 10_000
/** How long the server may take to close after the status. */
const DRAIN_MS = 5_000

let open = 0

/** How many sessions are open now, of all clusters. */
export function openSessions(): number {
  return open
}

/**
 * Runs a command in a container and gives what `read` makes of its output. Success needs the status frame, the drained
 * connection and `read`'s consent.
 * @throws ExecError, what `read` throws, or the signal's reason.
 */
export async function execSession<T>(options: ExecOptions<T>): Promise<T> {
  options.signal.throwIfAborted()
  return options.read(await new Session(options).output)
}

/** One connection with all its timers. It ends once: with the output, or with an error. */
class Session {
  readonly output: Promise<Buffer>
  readonly #options: ExecOptions<unknown>
  readonly #socket: WebSocket
  readonly #timers: NodeJS.Timeout[] = []
  readonly #stdout: Buffer[] = []
  readonly #stderr: Buffer[] = []
  #stdoutBytes = 0
  #stderrBytes = 0
  #status: Buffer | null = null
  #heard = true
  #ended = false
  #settle!: { resolve: (output: Buffer) => void; reject: (cause: unknown) => void }

  constructor(options: ExecOptions<unknown>) {
    open++
    this.#options = options
    this.output = new Promise((resolve, reject) => {
      this.#settle = { resolve, reject }
    })
    const { access, signal } = options
    this.#socket = new WebSocket(execUrl(options), EXEC_PROTOCOLS, {
      ...access.tls,
      headers: { ...access.headers, 'User-Agent': 'pausescope' },
      perMessageDeflate: false,
      followRedirects: false,
      maxPayload: options.maxBytes ?? MAX_BYTES,
      ...(access.agent ? { agent: access.agent } : {}),
    })
    this.#listen()
    const abort = () => this.#end(signal.reason)
    signal.addEventListener('abort', abort, { once: true })
    this.output.catch(() => {}).finally(() => signal.removeEventListener('abort', abort))
    const deadlineMs = options.deadlineMs ?? DEADLINE_MS
    const late = () => this.#end(this.#error('timeout', `no end within ${deadlineMs / 1000} s.`))
    this.#timers.push(
      setTimeout(late, deadlineMs),
      setInterval(() => this.#ping(), options.pingMs ?? PING_MS),
    )
  }

  #listen(): void {
    const heard = () => {
      this.#heard = true
    }
    this.#socket
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
      if (frame.kind === 'stdout') this.#keepOutput(frame.bytes)
      else if (frame.kind === 'stderr') this.#keepComplaint(frame.bytes)
      else if (frame.kind === 'status') this.#keepStatus(frame.bytes)
    } catch (cause) {
      this.#end(cause)
    }
  }

  #keepOutput(bytes: Buffer): void {
    const maxBytes = this.#options.maxBytes ?? MAX_BYTES
    this.#stdoutBytes += bytes.length
    if (this.#stdoutBytes > maxBytes) throw this.#error('too-large', `its output is larger than ${maxBytes} bytes.`)
    this.#stdout.push(bytes)
  }

  #keepComplaint(bytes: Buffer): void {
    if (this.#stderrBytes >= STDERR_MAX_BYTES) return
    this.#stderrBytes += bytes.length
    this.#stderr.push(bytes)
  }

  /** Output may still come after it: the server's streams race. The close ends the session, or the time for it. */
  #keepStatus(bytes: Buffer): void {
    if (this.#status) throw this.#error('protocol', 'the exec told its status twice.')
    this.#status = bytes
    this.#timers.push(setTimeout(() => this.#closed(1000), DRAIN_MS))
  }

  #closed(code: number): void {
    if (!this.#status) {
      this.#end(this.#error('no-status', `the connection ended (code ${code}) before the command's status came.`))
      return
    }
    const stderr = Buffer.concat(this.#stderr).toString('utf8')
    this.#end(errorFromExecStatus(this.#options.what, this.#status.toString('utf8'), stderr))
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
    this.#end(errorFromRefusal(this.#options.what, response.statusCode ?? 0, body))
  }

  #failed(cause: NodeJS.ErrnoException): void {
    if (cause.code?.startsWith('WS_ERR')) {
      const tooLarge = cause.code === 'WS_ERR_UNSUPPORTED_MESSAGE_LENGTH'
      this.#end(this.#error(tooLarge ? 'too-large' : 'protocol', `${cause.message}.`))
    } else if (this.#socket.readyState === WebSocket.CONNECTING && !cause.code) {
      this.#end(this.#error('protocol', `${cause.message}.`))
    } else this.#end(this.#error('no-server', `the connection to the API server failed (${cause.code ?? 'cut'}).`))
  }

  /** A connection that stayed silent for a whole interval, our ping included, is dead. */
  #ping(): void {
    if (this.#socket.readyState !== WebSocket.OPEN) return
    if (!this.#heard) this.#end(this.#error('no-status', 'the connection is dead: a ping had no answer.'))
    else {
      this.#heard = false
      this.#socket.ping()
    }
  }

  /** Null is success. Only the first end counts. */
  #end(cause: unknown): void {
    if (this.#ended) return
    this.#ended = true
    open--
    for (const timer of this.#timers) clearTimeout(timer)
    if (cause === null) this.#settle.resolve(Buffer.concat(this.#stdout))
    else this.#settle.reject(cause)
    this.#socket.terminate()
  }

  #error(code: ConstructorParameters<typeof ExecError>[0], why: string): ExecError {
    return new ExecError(code, `Cannot ${this.#options.what}: ${why}`)
  }
}

function execUrl({ access, namespace, pod, container, command }: ExecOptions<unknown>): URL {
  const path = `/api/v1/namespaces/${encodeURIComponent(namespace)}/pods/${encodeURIComponent(pod)}/exec`
  const url = new URL(`${access.server}${path}`)
  url.protocol = url.protocol === 'http:' ? 'ws:' : 'wss:'
  for (const word of command) url.searchParams.append('command', word)
  for (const [name, value] of Object.entries({
    container,
    stdin: 'false',
    stdout: 'true',
    stderr: 'true',
    tty: 'false',
  })) {
    url.searchParams.set(name, value)
  }
  return url
}

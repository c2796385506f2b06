import { type Told, told } from '@pausescope/shared'
import { ExecConnection, type ExecConnectionOptions } from './exec-connection.ts'
import type { ExecError } from './exec-error.ts'
import { OUTPUT_MAX_BYTES } from './exec-session.ts'
import { errorFromExitCode } from './exec-status.ts'

export type Turn<T> = {
  /** What is written to the command's stdin: a line. */
  request: string
  /**
   * Matches the end of what the command answers; its first group is an exit code. It must hold something that nobody on the
   * node can know before.
   */
  until: RegExp
  /** Reads the answer without its end; throws when it is not whole. */
  read: (stdout: Buffer) => T
  signal: AbortSignal
  /** Longest time, in milliseconds, that of connecting included. The remote side must have its own limit. */
  deadlineMs: number
  /** Most bytes of the answer. */
  maxBytes?: number
}

/** Bytes from the end of an answer within which its end is looked for. */
const END_MAX_BYTES = 128
/** How long the command may take to end when it is told to, in milliseconds. */
const CLOSE_MS = 1_000

/**
 * A command that is held open and asked again and again: it reads a line, answers, and waits for the next one. An answer
 * counts when its end came, with nothing behind it, the exit code in it is 0 and `read` agrees. Whatever else happens in a turn ends the connection, as
 * nobody knows what would still come.
 */
export class ExecLoop {
  readonly #connection: ExecConnection
  readonly #what: Told
  readonly #closed: Promise<void>
  #chunks: Buffer[] = []
  #bytes = 0
  #turn: { until: RegExp; maxBytes: number; settle: (answer: Buffer) => void; fail: (cause: unknown) => void } | null =
    null
  #ended: { cause: unknown } | null = null

  constructor(options: ExecConnectionOptions) {
    this.#what = options.what
    const closed = Promise.withResolvers<void>()
    this.#closed = closed.promise
    this.#connection = new ExecConnection(options, true, {
      stdout: (bytes) => this.#received(bytes),
      ended: (cause) => {
        this.#ended = { cause: cause ?? this.#connection.error('not-running', told('exec.ended')) }
        this.#turn?.fail(this.#ended.cause)
        closed.resolve()
      },
    })
  }

  /** False: it has ended, and another one must be opened. */
  get isOpen(): boolean {
    return this.#ended === null
  }

  /**
   * One turn; there may be only one at a time.
   * @throws ExecError, what `read` throws, or the signal's reason.
   */
  async turn<T>({ request, until, read, signal, deadlineMs, maxBytes = OUTPUT_MAX_BYTES }: Turn<T>): Promise<T> {
    signal.throwIfAborted()
    if (this.#ended) throw this.#ended.cause
    const answer = Promise.withResolvers<Buffer>()
    this.#turn = { until, maxBytes, settle: answer.resolve, fail: answer.reject }
    const abort = () => this.#connection.end(signal.reason)
    const late = () => this.#connection.end(this.#error('timeout', told('exec.late', { seconds: deadlineMs / 1000 })))
    const timer = setTimeout(late, deadlineMs)
    signal.addEventListener('abort', abort, { once: true })
    try {
      this.#connection.write(request)
      return read(this.#judge(await answer.promise, until))
    } finally {
      clearTimeout(timer)
      signal.removeEventListener('abort', abort)
      this.#turn = null
    }
  }

  /** Tells the command to end, and cuts the connection when it does not soon. Never rejects. */
  async close(farewell: string): Promise<void> {
    if (this.#ended) return
    this.#connection.write(farewell)
    const timer = setTimeout(() => this.#connection.end(this.#error('timeout', told('exec.not-ended'))), CLOSE_MS)
    await this.#closed
    clearTimeout(timer)
  }

  #received(bytes: Buffer): void {
    if (bytes.length === 0) return
    const turn = this.#turn
    if (!turn) throw this.#error('protocol', told('exec.unasked'))
    this.#bytes += bytes.length
    if (this.#bytes > turn.maxBytes) throw this.#error('too-large', told('exec.too-large', { bytes: turn.maxBytes }))
    this.#chunks.push(bytes)
    if (!turn.until.test(this.#tail())) return
    const answer = Buffer.concat(this.#chunks)
    this.#chunks = []
    this.#bytes = 0
    this.#turn = null
    turn.settle(answer)
  }

  /** The last characters of what came, one a byte. */
  #tail(): string {
    let tail = ''
    for (let at = this.#chunks.length - 1; at >= 0 && tail.length < END_MAX_BYTES; at--) {
      const chunk = this.#chunks[at] as Buffer
      tail = chunk.toString('latin1', Math.max(0, chunk.length - (END_MAX_BYTES - tail.length))) + tail
    }
    return tail
  }

  #judge(answer: Buffer, until: RegExp): Buffer {
    const [end = '', code = ''] =
      until.exec(answer.toString('latin1', Math.max(0, answer.length - END_MAX_BYTES))) ?? []
    const failure = errorFromExitCode(this.#what, code, this.#connection.stderr())
    if (failure) throw failure
    return answer.subarray(0, answer.length - end.length)
  }

  #error(...args: Parameters<ExecConnection['error']>): ExecError {
    return this.#connection.error(...args)
  }
}

import { told } from '@pausescope/shared'
import { ExecConnection, type ExecConnectionOptions } from './exec-connection.ts'

export type ExecOptions<T> = ExecConnectionOptions & {
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
}

const DEADLINE_MS = 60_000
/** Most bytes of stdout that are kept. */
export const OUTPUT_MAX_BYTES = 64 * 1024 * 1024

/**
 * Runs a command in a container and gives what `read` makes of its output. Success needs the status frame, the drained
 * connection and `read`'s consent.
 * @throws ExecError, what `read` throws, or the signal's reason.
 */
export async function execSession<T>(options: ExecOptions<T>): Promise<T> {
  options.signal.throwIfAborted()
  return options.read(await output(options))
}

function output(options: ExecOptions<unknown>): Promise<Buffer> {
  const { signal, deadlineMs = DEADLINE_MS, maxBytes = OUTPUT_MAX_BYTES } = options
  return new Promise((resolve, reject) => {
    const stdout: Buffer[] = []
    let bytes = 0
    const connection = new ExecConnection(options, false, {
      stdout(chunk) {
        bytes += chunk.length
        if (bytes > maxBytes) throw connection.error('too-large', told('exec.too-large', { bytes: maxBytes }))
        stdout.push(chunk)
      },
      ended(cause) {
        clearTimeout(timer)
        signal.removeEventListener('abort', abort)
        if (cause === null) resolve(Buffer.concat(stdout))
        else reject(cause)
      },
    })
    const abort = () => connection.end(signal.reason)
    signal.addEventListener('abort', abort, { once: true })
    const late = () => connection.end(connection.error('timeout', told('exec.late', { seconds: deadlineMs / 1000 })))
    const timer = setTimeout(late, deadlineMs)
  })
}

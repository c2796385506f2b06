import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'

const NEXT = {
  'port-taken': 'Stop what uses it, or give another --port.',
  'port-denied': 'Give a --port above 1023.',
  'bad-address': 'Give --host an address of this machine.',
} as const

/** The server cannot listen where it should. */
class ListenError extends Error {
  readonly code: keyof typeof NEXT
  readonly next: string

  constructor(code: keyof typeof NEXT, message: string) {
    super(message)
    this.name = 'ListenError'
    this.code = code
    this.next = NEXT[code]
  }
}

export type Listening = {
  port: number
  /** True when the wished port was taken and a free one is used. */
  moved: boolean
  /** Answers what is under way for at most `graceMs`, then cuts. */
  close(graceMs: number): Promise<void>
}

/**
 * Serves on `host`:`port`.
 * @param orAnother when the port is taken: take a free one instead of failing.
 * @throws ListenError
 */
export async function listen(
  handler: RequestListener,
  { host, port, orAnother }: { host: string; port: number; orAnother: boolean },
): Promise<Listening> {
  const server = createServer(handler)
  const tryPort = (number: number) =>
    new Promise<void>((resolve, reject) => {
      server.once('error', reject)
      server.listen(number, host, () => {
        server.off('error', reject)
        resolve()
      })
    })

  let moved = false
  await tryPort(port)
    .catch(async (cause: NodeJS.ErrnoException) => {
      if (cause.code !== 'EADDRINUSE' || !orAnother) throw cause
      moved = true
      await tryPort(0)
    })
    .catch((cause: NodeJS.ErrnoException) => {
      throw explain(cause, host, port)
    })

  return {
    port: (server.address() as AddressInfo).port,
    moved,
    async close(graceMs) {
      const cut = setTimeout(() => server.closeAllConnections(), graceMs)
      await new Promise((resolve) => server.close(resolve))
      clearTimeout(cut)
    },
  }
}

function explain(cause: NodeJS.ErrnoException, host: string, port: number): unknown {
  if (cause.code === 'EADDRINUSE') return new ListenError('port-taken', `Port ${port} on ${host} is taken.`)
  if (cause.code === 'EACCES') return new ListenError('port-denied', `This user may not listen on port ${port}.`)
  if (cause.syscall === 'listen' || cause.syscall === 'getaddrinfo') {
    return new ListenError('bad-address', `Cannot listen on ${host}: it is no address of this machine (${cause.code}).`)
  }
  return cause
}

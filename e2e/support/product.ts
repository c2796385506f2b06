import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { join } from 'node:path'

const ROOT = join(import.meta.dirname, '../..')

/** The product as a user runs it: its own process, serving the built page. */
export type Product = {
  url: string
  /** What it said so far, on standard error. */
  said: () => string
  /** Asks it to stop as Ctrl-C does and waits. Gives the exit code. */
  stop: () => Promise<number | null>
}

/** Starts `pausescope serve` on a free port and waits for its address. No kubeconfig is found but one that is given; the page needs no token. */
export async function startProduct(args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<Product> {
  const port = await freePort()
  const main = join(ROOT, 'apps/server/src/main.ts')
  const child = spawn(process.execPath, [main, 'serve', '--no-open', '--port', String(port), ...args], {
    stdio: ['ignore', 'ignore', 'pipe'],
    env: {
      ...process.env,
      HOME: join(ROOT, 'no-home'),
      KUBECONFIG: '',
      KUBERNETES_SERVICE_HOST: '',
      PAUSESCOPE_NO_TOKEN: '1',
      ...env,
    },
  })
  let said = ''
  let exited = false
  const exit = once(child, 'exit').then(([code]) => {
    exited = true
    return code as number | null
  })
  await new Promise<void>((resolve, reject) => {
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      said += text
      if (said.includes('Open http')) resolve()
    })
    exit.then(() => reject(new Error(`The product ended before it served:\n${said}`)), reject)
  })
  return {
    url: `http://127.0.0.1:${port}`,
    said: () => said,
    stop: async () => {
      if (!exited) child.kill('SIGINT')
      return exit
    },
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  await once(server, 'close')
  if (address === null || typeof address === 'string') throw new Error('No free port on 127.0.0.1.')
  return address.port
}

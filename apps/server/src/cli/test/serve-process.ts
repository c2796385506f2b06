import type { ChildProcess } from 'node:child_process'
import { startCli } from './run-cli.ts'

/** A server in a process of its own. */
export type ServeProcess = {
  child: ChildProcess
  /** The address that it printed, with the token where there is one. */
  url: string
  /** All that it wrote so far. */
  said: () => string
  ended: Promise<number | null>
}

/** Starts the server and waits for the address it prints. Its owner kills it. */
export function startServe(
  args: readonly string[],
  env: NodeJS.ProcessEnv,
  onStart: (child: ChildProcess) => void,
): Promise<ServeProcess> {
  const child = startCli(args, env)
  onStart(child)
  let text = ''
  const ended = new Promise<number | null>((resolve) => child.on('close', resolve))
  return new Promise((resolve, reject) => {
    void ended.then(() => reject(new Error(`It ended before it served: ${text}`)))
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding('utf8').on('data', (chunk) => {
        text += chunk
        const url = /Open (http:\S+) /.exec(text)?.[1]
        if (url) resolve({ child, url, said: () => text, ended })
      })
    }
  })
}

import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { createApp } from '../http/app.ts'
import { type Listening, listen } from '../http/listen.ts'
import type { ObservationSource } from '../observe/source.ts'
import { CliError } from './cli-error.ts'
import { isLoopback, pageUrl } from './hosts.ts'
import { createReport } from './log.ts'
import { hasScreen, openBrowser } from './open-browser.ts'
import { openSource } from './open-source.ts'
import type { Given, ServeOptions } from './options.ts'
import { say } from './say.ts'
import { stopSignal, whenAborted } from './stop-signal.ts'

const WEB_ROOT = join(import.meta.dirname, '../../../web/dist')
/** How long requests under way may take when the server stops. */
const GRACE_MS = 1_000
/** How long stopping may take in all; helpers are deleted in this time. */
const STOP_MS = 10_000

/** Serves the page until the process is asked to stop. */
export async function serve(options: ServeOptions, given: Given): Promise<void> {
  const { host, port, allowedHost } = options
  if (!isLoopback(host) && allowedHost.length === 0) {
    const next = 'Say with --allowed-host by which name browsers will come.'
    throw new CliError('usage', `--host ${host} lets other machines in.`, next)
  }
  const stop = stopSignal()
  const opened = await openSource(options, given, stop).catch((error: unknown) => {
    if (stop.aborted) return null
    throw error
  })
  if (!opened) return
  const { source, library } = opened
  const report = createReport(process.env.PAUSESCOPE_LOG_LEVEL ?? 'error')
  const app = createApp({ source, library, webRoot: WEB_ROOT, allowedHosts: allowedHost, report })
  let server: Listening
  try {
    server = await listen(app, { host, port, orAnother: !given('port') })
  } catch (error) {
    await source.close()
    throw error
  }

  const url = pageUrl(host, server.port, allowedHost)
  say(source.describe().message)
  if (server.moved) say(`Port ${port} is taken; the page has another one.`)
  if (!isLoopback(host)) {
    say(
      `Whoever reaches ${host}:${server.port} sees what you may see in the cluster: there is no login and no encryption.`,
    )
  }
  if (!existsSync(join(WEB_ROOT, 'index.html'))) say('The page is not built; npm start builds it.')
  say(`Open ${url} (Ctrl-C stops).`)
  if (options.open ?? hasScreen(process.env)) openBrowser(url)

  await whenAborted(stop)
  await close(server, source)
}

/** Whatever does not end in time is left behind: helpers end by themselves at their deadline. */
async function close(server: Listening, source: ObservationSource): Promise<void> {
  say('Stopping; once more stops at once.')
  const closed = Promise.all([server.close(GRACE_MS), source.close()]).then(() => true)
  if (!(await Promise.race([closed, wait(STOP_MS, false, { ref: false })]))) {
    say('Not everything stopped in time; helpers end by themselves.')
  }
  setTimeout(() => process.exit(), GRACE_MS).unref()
}

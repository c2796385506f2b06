import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { createApp } from '../http/app.ts'
import { type Listening, listen } from '../http/listen.ts'
import { createMetrics } from '../http/metrics.ts'
import type { ObservationSource } from '../observe/source.ts'
import { accessSecrets } from './access-secrets.ts'
import { CliError } from './cli-error.ts'
import { isLoopback, pageUrl } from './hosts.ts'
import { createLog } from './log.ts'
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
  const { host, port, allowedHost, logFormat } = options
  if (!isLoopback(host) && allowedHost.length === 0) {
    const next = 'Say with --allowed-host by which name browsers will come.'
    throw new CliError('usage', `--host ${host} lets other machines in.`, next)
  }
  if (logFormat === 'json' && options.token && !process.env.PAUSESCOPE_TOKEN) {
    const next = 'Give one in PAUSESCOPE_TOKEN, or --no-token.'
    throw new CliError('usage', 'A log in JSON never holds the token of the page, so nobody would know it.', next)
  }
  const log = createLog({ format: logFormat, level: options.logLevel })
  const tell = logFormat === 'json' ? log.info : say
  const metrics = createMetrics()
  const stop = stopSignal()
  const opening = { options, given, stop, meter: metrics.meter, tell }
  const opened = await openSource(opening).catch((error: unknown) => {
    if (stop.aborted) return null
    throw error
  })
  if (!opened) return
  const { source, isPublic } = opened
  const secrets = options.token && !isPublic ? accessSecrets(process.env.PAUSESCOPE_TOKEN) : null
  const app = createApp({
    ...opened,
    webRoot: WEB_ROOT,
    allowedHosts: allowedHost,
    secrets,
    metrics,
    onRequest: ({ method, path, status, seconds }) => log.debug({ method, path, status, seconds }, 'request'),
    report: log.error,
  })
  let server: Listening
  try {
    server = await listen(app, { host, port, orAnother: !given('port') })
  } catch (error) {
    await source.close()
    throw error
  }

  const url = pageUrl(host, server.port, allowedHost)
  tell(source.describe().message)
  if (server.moved) tell(`Port ${port} is taken; the page has another one.`)
  if (!isLoopback(host)) tell(warnOfHost(`${host}:${server.port}`, secrets !== null))
  if (!existsSync(join(WEB_ROOT, 'index.html'))) tell('The page is not built; npm start builds it.')
  tell(`Open ${withToken(url, logFormat === 'json' ? null : (secrets?.token ?? null))} (Ctrl-C stops).`)
  if (options.open ?? hasScreen(process.env)) openBrowser(withToken(url, secrets?.once ?? null))

  await whenAborted(stop)
  await close(server, source, tell)
}

function withToken(url: string, token: string | null): string {
  return token === null ? url : `${url}/?token=${token}`
}

function warnOfHost(address: string, hasToken: boolean): string {
  const who = hasToken ? `Whoever reaches ${address} and knows the token` : `Whoever reaches ${address}`
  return `${who} sees what you may see in the cluster: there is no ${hasToken ? '' : 'login and no '}encryption.`
}

/** Whatever does not end in time is left behind: helpers end by themselves at their deadline. */
async function close(server: Listening, source: ObservationSource, tell: (line: string) => void): Promise<void> {
  tell('Stopping; once more stops at once.')
  const closed = Promise.all([server.close(GRACE_MS), source.close()]).then(() => true)
  if (!(await Promise.race([closed, wait(STOP_MS, false, { ref: false })]))) {
    tell('Not everything stopped in time; helpers end by themselves.')
  }
  setTimeout(() => process.exit(), GRACE_MS).unref()
}

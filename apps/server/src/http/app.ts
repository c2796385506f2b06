import express, { type Express } from 'express'
import helmet from 'helmet'
import type { ObservationSource } from '../observe/source.ts'
import type { ContextSwitch } from '../observe/switching-source.ts'
import type { Library } from '../recordings/library.ts'
import { type AccessSecrets, accessGate } from './access.ts'
import { answerErrors, notFound } from './api-error.ts'
import { apiRoutes } from './api-routes.ts'
import { allowHosts, allowOwnPage } from './guard.ts'
import { health } from './health.ts'
import { type Metrics, metricsRoute, onRequestEnd, type RequestEnd } from './metrics.ts'
import { webFiles } from './web-files.ts'

export type AppOptions = {
  source: ObservationSource
  library: Library
  /** The clusters that a viewer may choose from; null: none but the one that is shown. */
  contexts: ContextSwitch | null
  /** Folder of the built page. */
  webRoot: string
  /** Hosts this server answers to besides the loopback names with its port; with a port, or for every port. */
  allowedHosts: readonly string[]
  /** Who has one of them may use the API; null: everyone who reaches the server. */
  secrets: AccessSecrets | null
  metrics: Metrics
  /** Is told of every request when it ends. */
  onRequest: (end: RequestEnd) => void
  /** Is told every error that nobody expected, and during what it came. */
  report: (error: unknown, what: string) => void
}

/** The HTTP server's application: the API below `/api`, the built page for the rest. */
export function createApp({
  source,
  library,
  contexts,
  webRoot,
  allowedHosts,
  secrets,
  metrics,
  onRequest,
  report,
}: AppOptions): Express {
  const app = express()
  const gate = accessGate(secrets)
  app.disable('x-powered-by')
  app.set('query parser', 'simple')
  app.use(
    onRequestEnd((end) => {
      metrics.request(end)
      onRequest(end)
    }),
  )
  app.use(securityHeaders)
  app.use(health(source))
  app.use(metricsRoute(metrics, source, gate.demand))
  app.use(allowHosts(allowedHosts))
  app.use(gate.exchange)
  app.use('/api', allowOwnPage, gate.demand)
  app.use(apiRoutes(source, library, contexts))
  app.use(webFiles(webRoot))
  app.use(notFound)
  app.use(answerErrors(report))
  return app
}

/** Everything from this server, nothing inline, no frame around it. Plain HTTP on loopback: nothing to upgrade to. */
const securityHeaders = helmet({
  contentSecurityPolicy: {
    useDefaults: false,
    directives: {
      defaultSrc: ["'none'"],
      scriptSrc: ["'self'"],
      styleSrc: ["'self'"],
      imgSrc: ["'self'", 'data:', 'blob:'],
      fontSrc: ["'self'"],
      connectSrc: ["'self'"],
      manifestSrc: ["'self'"],
      baseUri: ["'none'"],
      formAction: ["'none'"],
      frameAncestors: ["'none'"],
    },
  },
  strictTransportSecurity: false,
  xFrameOptions: { action: 'deny' },
})

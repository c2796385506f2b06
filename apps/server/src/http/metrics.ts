import { type RequestHandler, Router } from 'express'
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import type { Meter, SourceCounts } from '../observe/meter.ts'
import type { ObservationSource } from '../observe/source.ts'

/** A request that ended. `route` is as in `/api/nodes/:node/helper`, `page` for files, or `none`: no name is in it. */
export type RequestEnd = { method: string; path: string; route: string; status: number; seconds: number }

export type Metrics = {
  meter: Meter
  request: (end: RequestEnd) => void
  /** The text that Prometheus reads, with what the source holds now. */
  text: (counts: SourceCounts) => Promise<string>
  contentType: string
}

const SECONDS = [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30]

/**
 * Counts what the server does. No label holds a name of a pod, node or context: what may be read here tells nothing of the cluster
 * but how much there is of it.
 */
export function createMetrics(): Metrics {
  const registry = new Registry()
  const registers = [registry]
  collectDefaultMetrics({ register: registry })

  const requests = new Histogram({
    name: 'pausescope_http_request_seconds',
    help: 'Requests and how long they took, by method, route and status.',
    labelNames: ['method', 'route', 'status'],
    buckets: SECONDS,
    registers,
  })
  const scans = new Histogram({
    name: 'pausescope_scan_seconds',
    help: 'Scans of nodes and how long they took, by outcome.',
    labelNames: ['outcome'],
    buckets: SECONDS,
    registers,
  })
  const failures = new Counter({
    name: 'pausescope_watch_restarts_total',
    help: 'Watches of the API server that failed and began again.',
    registers,
  })
  const sessions = new Gauge({ name: 'pausescope_exec_sessions', help: 'Exec sessions that are open.', registers })
  const pods = new Gauge({ name: 'pausescope_pods', help: 'Pods that are known.', registers })
  const nodes = new Gauge({ name: 'pausescope_nodes', help: 'Nodes that are known.', registers })
  const helpers = new Gauge({
    name: 'pausescope_helpers',
    help: 'Helpers of this server, by state.',
    labelNames: ['state'],
    registers,
  })

  return {
    meter: {
      scanned: (outcome, seconds) => scans.observe({ outcome }, seconds),
      watchFailed: () => failures.inc(),
    },
    request: ({ method, route, status, seconds }) => requests.observe({ method, route, status }, seconds),
    text: (counts) => {
      sessions.set(counts.sessions)
      pods.set(counts.pods)
      nodes.set(counts.nodes)
      for (const [state, count] of Object.entries(counts.helpers)) helpers.set({ state }, count)
      return registry.metrics()
    },
    contentType: registry.contentType,
  }
}

/** `/metrics` for Prometheus, which asks by address: whatever host it names. */
export function metricsRoute(
  { text, contentType }: Metrics,
  source: Pick<ObservationSource, 'counts'>,
  demand: RequestHandler,
): Router {
  const routes = Router({ caseSensitive: true, strict: true })
  routes.get('/metrics', demand, async (_request, response) => {
    response
      .set('Cache-Control', 'no-store')
      .set('Content-Type', contentType)
      .send(await text(source.counts()))
  })
  return routes
}

/** Tells of each request when it ends, answered or not. */
export function onRequestEnd(tell: (end: RequestEnd) => void): RequestHandler {
  return (request, response, next) => {
    const begun = performance.now()
    const { path } = request
    response.on('close', () => {
      const route: unknown = request.route?.path
      tell({
        method: request.method,
        path,
        route: typeof route === 'string' ? route : response.statusCode === 404 ? 'none' : 'page',
        // A client that went away before the answer was whole has none: 499, as nginx has it.
        status: response.writableFinished ? response.statusCode : 499,
        seconds: (performance.now() - begun) / 1000,
      })
    })
    next()
  }
}

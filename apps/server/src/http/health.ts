import { type Response, Router } from 'express'
import type { ObservationSource } from '../observe/source.ts'

/**
 * `/livez`: the process answers. `/readyz`: it has something to show; 503 with the cause as long as the first list of pods has not
 * come. Answered whatever host was asked for, as a kubelet asks by address: they tell nothing of the cluster.
 */
export function health(source: ObservationSource): Router {
  const routes = Router({ caseSensitive: true, strict: true })
  routes.get('/livez', (_request, response) => say(response, 200, 'ok'))
  routes.get('/readyz', (_request, response) => {
    const ready = source.describe().watch !== 'starting'
    say(response, ready ? 200 : 503, ready ? 'ok' : 'The first list of pods has not come yet.')
  })
  return routes
}

function say(response: Response, status: number, text: string): void {
  response.status(status).set('Cache-Control', 'no-store').type('text/plain').send(`${text}\n`)
}

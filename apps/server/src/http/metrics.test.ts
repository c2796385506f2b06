import { request } from 'node:http'
import { API } from '@pausescope/shared'
import { expect, test } from 'vitest'
import { createMetrics, type RequestEnd } from './metrics.ts'
import { serveApp } from './test/serve-app.ts'

test('counts requests by route, never by name, and what the source holds', async () => {
  const ended: RequestEnd[] = []
  const metrics = createMetrics()
  const served = await serveApp({ metrics, onRequest: (end) => ended.push(end) })
  metrics.meter.scanned('done', 0.3)
  metrics.meter.scanned('failed', 3)
  metrics.meter.watchFailed()
  await served.ask(API.observation('lab-v2', 'myweb2'))
  await served.ask(API.observation('lab-v2', 'nobody'))
  await served.ask('/?pod=lab-v2/myweb2')
  await served.ask('/lab-v2/myweb2')
  // As a Prometheus does, by address.
  const { status, headers, body } = await served.ask('/metrics', { Host: '10.1.2.3:7777' })
  expect([status, headers['content-type'], headers['cache-control']]).toEqual([
    200,
    'text/plain; version=0.0.4; charset=utf-8',
    'no-store',
  ])
  const lines = body.toString().split('\n')
  const route = '/api/pods/:namespace/:name/observation'
  for (const line of [
    `pausescope_http_request_seconds_count{method="GET",route="${route}",status="200"} 1`,
    `pausescope_http_request_seconds_count{method="GET",route="${route}",status="404"} 1`,
    'pausescope_http_request_seconds_count{method="GET",route="/",status="200"} 1',
    'pausescope_http_request_seconds_count{method="GET",route="none",status="404"} 1',
    'pausescope_scan_seconds_count{outcome="done"} 1',
    'pausescope_scan_seconds_sum{outcome="failed"} 3',
    'pausescope_watch_restarts_total 1',
    'pausescope_exec_sessions 0',
    'pausescope_helpers{state="ready"} 0',
    `pausescope_pods ${served.recorded.pods().length}`,
    'pausescope_nodes 1',
  ]) {
    expect(lines).toContain(line)
  }
  expect(lines.some((line) => line.startsWith('process_cpu_seconds_total'))).toBe(true)
  expect(body.toString()).not.toMatch(/lab-v2|myweb2|nobody|node3/)
  expect(ended.map((end) => end.path)).toContain('/api/pods/lab-v2/nobody/observation')
  await served.close()
})

test('a client that goes away before its answer counts as 499', async () => {
  const ended: RequestEnd[] = []
  const served = await serveApp({ onRequest: (end) => ended.push(end) })
  const client = request({ host: '127.0.0.1', port: served.port, path: API.observation('lab-v2', 'myweb2') })
  client.on('error', () => {})
  served.source = {
    ...served.recorded,
    observation: (_namespace, _name, { signal }) =>
      new Promise((_resolve, reject) => {
        signal.addEventListener('abort', () => reject(signal.reason))
        client.destroy()
      }),
  }
  client.end()
  await expect.poll(() => ended.map(({ status }) => status)).toEqual([499])
  await served.close()
})

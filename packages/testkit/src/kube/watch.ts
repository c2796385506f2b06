import type { ServerResponse } from 'node:http'
import type { ClusterState, OpenWatch } from './cluster-state.ts'
import type { Fault, WatchFault } from './faults.ts'
import { RESOURCES, type ResourceName } from './kube-object.ts'
import type { RequestInfo } from './request-info.ts'
import { parseSelectors, type Selector } from './selectors.ts'
import { expired, internalError } from './status.ts'
import type { StoreEvent } from './store.ts'
import { Timers } from './timers.ts'

/** The API server ends a watch at some moment between 30 and 60 minutes when the client sets no limit. */
const DEFAULT_TIMEOUT_SECONDS = 1800

/** Answers a watch with one JSON event a line, until its time is over or the client leaves. */
export function serveWatch(
  state: ClusterState,
  resource: ResourceName,
  info: RequestInfo,
  response: ServerResponse,
  fault: Fault | undefined,
): void {
  const { store } = state
  const matches = within(info, resource, parseSelectors(info.query))
  const bookmarks = info.query.get('allowWatchBookmarks') === 'true'
  const timers = new Timers()
  let silent = false
  let sent = 0
  let strikesAfter = fault ? (fault.after ?? 0) : Number.POSITIVE_INFINITY

  response.writeHead(200, { 'content-type': 'application/json', 'cache-control': 'no-cache, private' })
  response.flushHeaders()

  const send = (type: string, object: object) => {
    if (!silent && !response.writableEnded) response.write(`${JSON.stringify({ type, object })}\n`)
  }
  const strikeWhenDue = () => {
    if (sent < strikesAfter) return
    strikesAfter = Number.POSITIVE_INFINITY
    watch.strike(fault?.kind as WatchFault)
  }
  const relay = (event: StoreEvent) => {
    const type = event.resource === resource ? typeFor(event, matches) : null
    if (type === null) return
    send(type, event.object)
    sent++
    strikeWhenDue()
  }
  const bookmark = (annotations?: Record<string, string>) => {
    const metadata = {
      resourceVersion: String(store.version),
      creationTimestamp: null,
      ...(annotations ? { annotations } : {}),
    }
    if (bookmarks) send('BOOKMARK', { kind: RESOURCES[resource].kind, apiVersion: 'v1', metadata })
  }
  const watch: OpenWatch = {
    resource,
    bookmark: () => bookmark(),
    strike: (kind) => {
      if (kind === 'silent') silent = true
      else if (kind === 'drop') response.destroy()
      else if (kind === 'end') response.end()
      else if (kind === 'cut-line') response.write('{"type":"MODIFIED","object":{"kind":"Po', () => response.destroy())
      else {
        send(
          'ERROR',
          kind === 'error-410' ? expired(tooOld(0, store.version)) : internalError('etcdserver: leader changed'),
        )
        response.end()
      }
    },
  }

  const unsubscribe = store.subscribe(relay)
  state.watches.add(watch)
  response.on('close', () => {
    unsubscribe()
    timers.close()
    state.watches.delete(watch)
  })
  timers.after(Number(info.query.get('timeoutSeconds') ?? DEFAULT_TIMEOUT_SECONDS) * 1000, () => {
    bookmark()
    response.end()
  })

  strikeWhenDue()
  replay()

  /** Without a version (or with 0) a watch begins with what exists, else with what came after the version. */
  function replay(): void {
    const from = Number(info.query.get('resourceVersion') ?? 0)
    const initial = info.query.get('sendInitialEvents')
    if (initial === 'true' || (from === 0 && initial === null)) {
      for (const object of store.list(resource)) {
        relay({ version: store.version, resource, type: 'ADDED', object, previous: null })
      }
      if (initial === 'true') bookmark({ 'k8s.io/initial-events-end': 'true' })
      return
    }
    const missed = from === 0 ? [] : store.since(from)
    if (missed === 'expired') {
      send('ERROR', expired(tooOld(from, store.version)))
      response.end()
      return
    }
    for (const event of missed) relay(event)
  }
}

function tooOld(asked: number, now: number): string {
  return `too old resource version: ${asked} (${now})`
}

function within({ namespace, name }: RequestInfo, resource: ResourceName, selector: Selector): Selector {
  const chosen = RESOURCES[resource].namespaced ? namespace : null
  return (object) =>
    (chosen === null || object.metadata.namespace === chosen) &&
    (name === null || object.metadata.name === name) &&
    selector(object)
}

/** An object that begins or ceases to match the selectors comes and goes for this watch. */
function typeFor({ type, object, previous }: StoreEvent, matches: Selector): StoreEvent['type'] | null {
  const before = previous !== null && matches(previous)
  const after = type !== 'DELETED' && matches(object)
  if (after) return before ? 'MODIFIED' : 'ADDED'
  return before ? 'DELETED' : null
}

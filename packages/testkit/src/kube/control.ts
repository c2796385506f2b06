import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { CaptureName } from '../capture.ts'
import type { Cluster } from './cluster.ts'
import type { BreakingFault, Fault, WatchFault } from './faults.ts'
import { readBody, sendJson, sendText } from './http-reply.ts'
import type { ObjectInput, PodStatus, ResourceName } from './kube-object.ts'
import { addCapture } from './lab-cluster.ts'
import type { Rule } from './rbac.ts'

/** Bodies of the control paths; the path says which. */
type Commands = {
  '/testkit/fault': Fault
  '/testkit/pods': ObjectInput
  '/testkit/pod-status': { namespace: string; name: string; status: PodStatus }
  '/testkit/delete-pod': { namespace: string; name: string }
  '/testkit/nodes': { node: ObjectInput; proc?: string }
  '/testkit/delete-node': { name: string }
  '/testkit/capture': { name: CaptureName }
  '/testkit/break-watches': { kind: WatchFault; resource?: ResourceName }
  '/testkit/break-execs': { kind: BreakingFault }
  '/testkit/rules': { user: string; rules: Rule[] }
  '/testkit/listening': { on: boolean }
  '/testkit/compact': object
  '/testkit/clear-faults': object
  '/testkit/clear-requests': object
}

/** Serves `/testkit/*` on a port of its own, so that a test in another process can script a cluster. */
export async function startControl(cluster: Cluster, port = 0): Promise<{ url: string; close: () => Promise<void> }> {
  const server = createServer((request, response) => void answer(cluster, request, response))
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, '127.0.0.1', resolve)
  })
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/testkit`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

async function answer(cluster: Cluster, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { pathname } = new URL(request.url ?? '/', 'http://control')
  try {
    if (request.method === 'GET') {
      const state = read(cluster, pathname)
      if (state === undefined) sendText(response, 404, `There is no ${pathname}.\n`)
      else if (typeof state === 'string') sendText(response, 200, state)
      else sendJson(response, 200, state)
      return
    }
    const text = await readBody(request)
    sendJson(response, 200, { done: await commandFor(cluster, pathname, text === '' ? {} : JSON.parse(text)) })
  } catch (cause) {
    sendText(response, 400, `${cause instanceof Error ? cause.message : cause}\n`)
  }
}

function read(cluster: Cluster, path: string): object | string | undefined {
  if (path === '/testkit/requests') return cluster.requests()
  if (path === '/testkit/running') return cluster.running()
  if (path === '/testkit/watches') return { open: cluster.openWatches() }
  if (path === '/testkit/kubeconfig') return cluster.kubeconfig()
  return undefined
}

type Handlers = { [Path in keyof Commands]: (body: Commands[Path]) => unknown }

async function commandFor(cluster: Cluster, path: string, body: unknown): Promise<unknown> {
  const handlers: Handlers = {
    '/testkit/fault': (fault) => void cluster.fault(fault),
    '/testkit/pods': (pod) => cluster.upsertPod(pod),
    '/testkit/pod-status': ({ namespace, name, status }) => cluster.setPodStatus(namespace, name, status),
    '/testkit/delete-pod': ({ namespace, name }) => cluster.deletePod(namespace, name),
    '/testkit/nodes': ({ node, proc }) => cluster.upsertNode(node, proc),
    '/testkit/delete-node': ({ name }) => cluster.deleteNode(name),
    '/testkit/capture': ({ name }) => addCapture(cluster, name),
    '/testkit/break-watches': ({ kind, resource }) => cluster.breakWatches(kind, resource),
    '/testkit/break-execs': ({ kind }) => cluster.breakExecs(kind),
    '/testkit/rules': ({ user, rules }) => cluster.setRules(user, rules),
    '/testkit/listening': ({ on }) => (on ? cluster.listenAgain() : cluster.stopListening()),
    '/testkit/compact': () => cluster.compact(),
    '/testkit/clear-faults': () => cluster.clearFaults(),
    '/testkit/clear-requests': () => cluster.clearRequests(),
  }
  if (!Object.hasOwn(handlers, path))
    throw new Error(`There is no ${path}; there are: ${Object.keys(handlers).join(' ')}`)
  return handlers[path as keyof Handlers](body as never)
}

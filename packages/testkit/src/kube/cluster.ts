import { randomUUID } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { createServer, type RequestListener } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import type { AddressInfo, Socket } from 'node:net'
import { join } from 'node:path'
import { serveApi } from './api.ts'
import { buildNamespace } from './build-pod.ts'
import { selfSigned } from './certificate.ts'
import type { ClusterState } from './cluster-state.ts'
import { faultyOutput } from './exec-faults.ts'
import { type BreakingFault, type Fault, Faults, type WatchFault } from './faults.ts'
import { responseOn } from './http-reply.ts'
import {
  type KubeObject,
  type ObjectInput,
  objectKey,
  type PodObject,
  type PodStatus,
  type ResourceName,
} from './kube-object.ts'
import { type KubeconfigOptions, kubeconfigYaml } from './kubeconfig.ts'
import { Kubelet } from './kubelet.ts'
import { ProcRoots } from './proc-roots.ts'
import { ALL_ALLOWED, type Rule, type User } from './rbac.ts'
import type { LoggedRequest } from './request-log.ts'
import { Store } from './store.ts'

export type ClusterOptions = {
  /** Default: one user `admin` who may do everything. The kubeconfig is the first one's. */
  users?: User[]
  /** Git version of the server, default `v1.36.2`. */
  version?: string
  /** Default: any free one. */
  port?: number
  /** Serves https with a certificate of its own, which the kubeconfig trusts. */
  tls?: boolean
  /** Milliseconds until a created pod runs (default 30), and until a deleted one is gone (default 30). */
  startMs?: number
  stopMs?: number
  /** What an exec runs instead of what it was asked to run; default: just that. */
  instead?: (argv: readonly string[]) => readonly string[]
}

/** A command that runs, or still runs after its client has left. */
export type RunningExec = { pid: number; argv: readonly string[]; namespace: string; pod: string; connected: boolean }

/** A fake Kubernetes API server. Everything it starts ends with `close`. */
export type Cluster = {
  /** `http://127.0.0.1:PORT`, or https. */
  readonly url: string
  kubeconfig: (options?: KubeconfigOptions) => string
  /** Writes the kubeconfig to a folder and gives the file's path. */
  writeKubeconfig: (folder: string, options?: KubeconfigOptions) => string

  upsertPod: (pod: ObjectInput) => KubeObject
  deletePod: (namespace: string, name: string) => void
  setPodStatus: (namespace: string, name: string, status: PodStatus) => void
  getPod: (namespace: string, name: string) => PodObject | undefined
  pods: () => PodObject[]
  /** `proc`: the node's /proc root, from now on, for commands that run too; without it they read this machine's /proc. */
  upsertNode: (node: ObjectInput, proc?: string) => KubeObject
  deleteNode: (name: string) => void
  node: (name: string) => KubeObject | undefined
  upsertNamespace: (name: string) => void

  /** Sets a fault; the returned function takes it back. */
  fault: (fault: Fault) => () => void
  clearFaults: () => void
  /** Strikes the open watches now. Says how many. */
  breakWatches: (kind: WatchFault, resource?: ResourceName) => number
  /** Strikes the open execs now, in the midst of what they do. Says how many. */
  breakExecs: (kind: BreakingFault) => number
  /** Forgets the history: watches from before and continue tokens get 410. */
  compact: () => void
  /** Sends a BOOKMARK to all watches that allow it. */
  bookmark: () => void
  setRules: (user: string, rules: readonly Rule[]) => void
  /** Stops as an API server does that is shut down: connections are cut, new ones refused. */
  stopListening: () => Promise<void>
  /** Listens again on the same port. */
  listenAgain: () => Promise<void>

  requests: () => readonly LoggedRequest[]
  clearRequests: () => void
  /** Commands that have not ended. */
  running: () => RunningExec[]
  openWatches: () => number
  close: () => Promise<void>
}

/** Starts a fake Kubernetes API server on 127.0.0.1, with the namespaces `default` and `kube-system`. */
export async function startCluster(options: ClusterOptions = {}): Promise<Cluster> {
  const store = new Store()
  const faults = new Faults()
  const closing = new AbortController()
  const users = options.users ?? [{ name: 'admin', token: randomUUID(), rules: ALL_ALLOWED }]
  const kubelet = new Kubelet(store, faults, { startMs: options.startMs ?? 30, stopMs: options.stopMs ?? 30 })
  const state: ClusterState = {
    version: options.version ?? 'v1.36.2',
    store,
    faults,
    kubelet,
    users,
    procRoots: new ProcRoots(),
    instead: options.instead ?? ((argv) => argv),
    log: [],
    watches: new Set(),
    execs: new Set(),
    snapshots: new Map(),
    closing: closing.signal,
  }
  for (const name of ['default', 'kube-system']) store.put('namespaces', withIdentity(buildNamespace(name)))

  store.subscribe(({ resource, object, type }) => {
    if (resource === 'pods') endCommands(state, object as PodObject, type === 'DELETED')
  })

  const certificate = options.tls ? selfSigned() : null
  const serve: RequestListener = (request, response) => void serveApi(state, request, response)
  const server = certificate ? createTlsServer(certificate, serve) : createServer(serve)
  const sockets = new Set<Socket>()
  server.on('connection', (socket) => {
    sockets.add(socket)
    socket.on('error', () => {})
    socket.on('close', () => sockets.delete(socket))
  })
  server.on('upgrade', (request, socket, head) => {
    const response = responseOn(socket, request)
    void serveApi(state, request, response, { request, response, socket, head })
  })
  const listen = (port: number) =>
    new Promise<void>((resolve, reject) => {
      server.once('error', reject)
      server.listen(port, '127.0.0.1', () => {
        server.off('error', reject)
        resolve()
      })
    })
  const stop = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve())
      for (const socket of sockets) socket.destroy()
    })
  await listen(options.port ?? 0)
  const { port } = server.address() as AddressInfo
  const url = `${certificate ? 'https' : 'http'}://127.0.0.1:${port}`
  const kubeconfig = (wanted?: KubeconfigOptions) =>
    kubeconfigYaml(url, users[0]?.token ?? '', certificate?.cert ?? null, wanted)

  return {
    url,
    kubeconfig,
    writeKubeconfig(folder, wanted) {
      const path = join(folder, 'kubeconfig')
      writeFileSync(path, kubeconfig(wanted), { mode: 0o600 })
      return path
    },

    upsertPod: (pod) => upsert(store, 'pods', 'Pod', pod),
    deletePod: (namespace, name) => void store.remove('pods', `${namespace}/${name}`),
    setPodStatus(namespace, name, status) {
      const pod = store.get('pods', `${namespace}/${name}`) as PodObject | undefined
      if (pod) store.put('pods', { ...pod, status: { ...pod.status, ...status } })
    },
    getPod: (namespace, name) => store.get('pods', `${namespace}/${name}`) as PodObject | undefined,
    pods: () => store.list('pods') as PodObject[],
    upsertNode(node, proc) {
      if (proc !== undefined) state.procRoots.set(node.metadata.name, proc)
      return upsert(store, 'nodes', 'Node', node)
    },
    node: (name) => store.get('nodes', name),
    deleteNode: (name) => void store.remove('nodes', name),
    upsertNamespace: (name) => void upsert(store, 'namespaces', 'Namespace', buildNamespace(name)),

    fault: (fault) => faults.add(fault),
    clearFaults: () => faults.clear(),
    breakWatches(kind, resource) {
      const struck = [...state.watches].filter((watch) => resource === undefined || watch.resource === resource)
      for (const watch of struck) watch.strike(kind)
      return struck.length
    },
    breakExecs(kind) {
      const struck = [...state.execs].filter(({ socket }) => socket.readyState === socket.OPEN)
      for (const session of struck) {
        session.output = faultyOutput(session.socket, kind, {}, session.command)
      }
      return struck.length
    },
    compact() {
      store.compact()
      state.snapshots.clear()
    },
    bookmark() {
      for (const watch of state.watches) watch.bookmark()
    },
    setRules(name, rules) {
      state.users = state.users.map((user) => (user.name === name ? { ...user, rules } : user))
    },
    stopListening: stop,
    listenAgain: () => listen(port),

    requests: () => [...state.log],
    clearRequests: () => void state.log.splice(0),
    running: () =>
      [...state.execs].flatMap(({ command, namespace, pod, socket }) =>
        command?.running()
          ? [{ pid: command.pid, argv: command.argv, namespace, pod, connected: socket.readyState === socket.OPEN }]
          : [],
      ),
    openWatches: () => state.watches.size,
    async close() {
      closing.abort()
      kubelet.close()
      const commands = [...state.execs].flatMap(({ command }) => (command ? [command] : []))
      for (const { socket } of state.execs) socket.terminate()
      for (const command of commands) command.kill()
      await Promise.all(commands.map(({ ended }) => ended))
      state.procRoots.close()
      if (server.listening) await stop()
    },
  }
}

/** When a container ends, the commands in it are killed. */
function endCommands(state: ClusterState, { metadata, status }: PodObject, deleted: boolean): void {
  if (!deleted && status.phase !== 'Failed' && status.phase !== 'Succeeded') return
  for (const { command, namespace, pod } of state.execs) {
    if (namespace === metadata.namespace && pod === metadata.name) command?.kill()
  }
}

function upsert(store: Store, resource: ResourceName, kind: string, input: ObjectInput): KubeObject {
  const previous = store.get(resource, objectKey(input))
  const object: KubeObject = { ...input, apiVersion: 'v1', kind }
  return store.put(resource, withIdentity(object, previous))
}

/** What the API server gives every object once. */
function withIdentity(object: KubeObject, previous?: KubeObject): KubeObject {
  const { uid, creationTimestamp } = previous?.metadata ?? {}
  const metadata = {
    ...object.metadata,
    uid: object.metadata.uid ?? uid ?? randomUUID(),
    creationTimestamp:
      object.metadata.creationTimestamp ?? creationTimestamp ?? `${new Date().toISOString().slice(0, 19)}Z`,
  }
  return { ...object, metadata }
}

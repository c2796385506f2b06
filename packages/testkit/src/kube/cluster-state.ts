import type { WebSocket } from 'ws'
import type { ExecOutput } from './exec-channels.ts'
import type { ExecCommand } from './exec-command.ts'
import type { Faults, WatchFault } from './faults.ts'
import type { KubeObject, ResourceName } from './kube-object.ts'
import type { Kubelet } from './kubelet.ts'
import type { ProcRoots } from './proc-roots.ts'
import type { User } from './rbac.ts'
import type { LoggedRequest } from './request-log.ts'
import type { Store } from './store.ts'

/** A running exec: the command, and the socket while the client is there. */
export type ExecSession = {
  socket: WebSocket
  command: ExecCommand | null
  /** How the command's output is sent from now on. */
  output: ExecOutput
  namespace: string
  pod: string
  node: string
}

/** An open watch, as tests and faults get at it. */
export type OpenWatch = {
  resource: ResourceName
  strike: (kind: WatchFault) => void
  /** Sends a BOOKMARK, when the client allows them. */
  bookmark: () => void
}

/** What the parts of the fake API server share. */
export type ClusterState = {
  /** `v1.36.2` */
  version: string
  store: Store
  faults: Faults
  kubelet: Kubelet
  users: User[]
  procRoots: ProcRoots
  /** What an exec runs instead of what it was asked to run. */
  instead: (argv: readonly string[]) => readonly string[]
  log: LoggedRequest[]
  watches: Set<OpenWatch>
  execs: Set<ExecSession>
  /** Lists begun in pages, by moment and selection: the later pages show the same moment. */
  snapshots: Map<string, readonly KubeObject[]>
  /** Fires when the cluster is closed. */
  closing: AbortSignal
}

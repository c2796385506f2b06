import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import { type WebSocket, WebSocketServer } from 'ws'
import type { ClusterState, ExecSession } from './cluster-state.ts'
import { CHANNEL, type ExecOutput, plainOutput, sendFrame } from './exec-channels.ts'
import { type ExecEnd, startCommand } from './exec-command.ts'
import { faultyOutput } from './exec-faults.ts'
import type { Fault } from './faults.ts'
import type { PodObject } from './kube-object.ts'
import type { RequestInfo } from './request-info.ts'
import { badRequest, failure, internalError, kubeletUnreachable, notFound, type Status, StatusError } from './status.ts'

const PROTOCOLS = ['v5.channel.k8s.io', 'v4.channel.k8s.io']

export type ExecUpgrade = { request: IncomingMessage; socket: Duplex; head: Buffer }

/**
 * Answers an exec that asked for a WebSocket: runs the command for real and speaks the channels.
 * @throws StatusError before the upgrade, as the API server refuses.
 */
export function serveExec(
  state: ClusterState,
  info: RequestInfo,
  upgrade: ExecUpgrade,
  fault: Fault | undefined,
): void {
  const pod = execPod(state, info)
  const container = execContainer(pod, info.query.get('container'))
  const argv = info.query.getAll('command')
  if (argv.length === 0) throw new StatusError(badRequest('you must specify at least one command for the container'))
  const address = pod.status.hostIP as string
  if (fault?.kind === 'kubelet-down') throw new StatusError(kubeletUnreachable(address))
  const protocol = agree(upgrade.request, fault)

  const server = new WebSocketServer({ noServer: true, handleProtocols: () => protocol })
  server.handleUpgrade(upgrade.request, upgrade.socket, upgrade.head, (socket) => {
    const session: ExecSession = {
      socket,
      command: null,
      namespace: pod.metadata.namespace ?? '',
      pod: pod.metadata.name,
      node: pod.spec.nodeName ?? '',
    }
    state.execs.add(session)
    socket.on('error', () => {})
    socket.on('close', () => {
      if (!session.command?.running()) state.execs.delete(session)
    })
    void greet(socket, info.query)
    if (fault?.kind === 'hang') return
    if (fault?.kind === 'kubelet-down-status') {
      const why = `error sending request: Post "https://${address}:10250/exec/": dial tcp ${address}:10250: connect: connection refused`
      void plainOutput(socket).end(internalError(why))
    } else if (fault?.kind === 'huge') void flood(socket, fault.bytes ?? 64 * 1024 * 1024)
    else if (!containerRuns(pod, container)) {
      void plainOutput(socket).end(internalError(`unable to upgrade connection: container not found ("${container}")`))
    } else void run(state, session, argv, info.query, protocol, fault)
  })
}

function execPod(state: ClusterState, info: RequestInfo): PodObject {
  const pod = state.store.get('pods', `${info.namespace}/${info.name}`) as PodObject | undefined
  if (!pod) throw new StatusError(notFound('pods', info.name ?? ''))
  if (!pod.spec.nodeName) throw new StatusError(badRequest(`pod ${info.name} does not have a host assigned`))
  if (pod.status.phase === 'Succeeded' || pod.status.phase === 'Failed') {
    throw new StatusError(
      failure(
        500,
        'InternalError',
        `cannot exec into a container in a completed pod; current phase is ${pod.status.phase}`,
      ),
    )
  }
  return pod
}

function execContainer(pod: PodObject, asked: string | null): string {
  const names = [
    ...pod.spec.containers,
    ...(pod.spec.initContainers ?? []),
    ...(pod.spec.ephemeralContainers ?? []),
  ].map(({ name }) => name)
  const only = pod.spec.containers.length === 1 ? pod.spec.containers[0]?.name : undefined
  const name = asked ?? only
  if (name === undefined) {
    const choice = pod.spec.containers.map((container) => container.name).join(' ')
    const message = `a container name must be specified for pod ${pod.metadata.name}, choose one of: [${choice}]`
    throw new StatusError(badRequest(message))
  }
  if (!names.includes(name)) {
    throw new StatusError(badRequest(`container ${name} is not valid for pod ${pod.metadata.name}`))
  }
  return name
}

function containerRuns(pod: PodObject, name: string): boolean {
  const lists = [pod.status.containerStatuses, pod.status.initContainerStatuses, pod.status.ephemeralContainerStatuses]
  const statuses = lists.flat() as ({ name: string; state?: { running?: object } } | undefined)[]
  return statuses.some((status) => status?.name === name && status.state?.running !== undefined)
}

function agree(request: IncomingMessage, fault: Fault | undefined): string {
  const offered = (request.headers['sec-websocket-protocol'] ?? '').split(',').map((protocol) => protocol.trim())
  const spoken = fault?.kind === 'v4-only' ? PROTOCOLS.slice(1) : PROTOCOLS
  const protocol = spoken.find((one) => offered.includes(one))
  if (protocol !== undefined) return protocol
  const message = `unable to upgrade: unable to negotiate protocol: client supports [${offered.join(' ')}], server accepts [${spoken.join(' ')}]`
  throw new StatusError(failure(403, 'Forbidden', message))
}

/** An empty frame on the first channel tells the client that the connection stands (apiserver websocket.go). */
async function greet(socket: WebSocket, query: URLSearchParams): Promise<void> {
  const first = (['stdout', 'stderr'] as const).find((stream) => query.get(stream) === 'true')
  await sendFrame(socket, first ? CHANNEL[first] : CHANNEL.status, Buffer.alloc(0))
}

async function run(
  state: ClusterState,
  session: ExecSession,
  argv: string[],
  query: URLSearchParams,
  protocol: string,
  fault: Fault | undefined,
): Promise<void> {
  const { socket } = session
  const command = startCommand(argv, state.procRoots.get(session.node) ?? '/proc')
  session.command = command
  const output = fault ? faultyOutput(socket, fault, command) : plainOutput(socket)
  if (fault?.kind === 'close-frame') await sendFrame(socket, CHANNEL.close, Buffer.of(CHANNEL.stdout))
  if (query.get('stdin') === 'true') forwardInput(socket, command.child.stdin, protocol)
  else command.child.stdin.end()
  await Promise.all([
    pump(command.child.stdout, query.get('stdout') === 'true' ? CHANNEL.stdout : null, output),
    pump(command.child.stderr, query.get('stderr') === 'true' ? CHANNEL.stderr : null, output),
  ])
  const end = await command.ended
  await output.end(statusOf(end, argv))
  if (socket.readyState !== socket.OPEN) state.execs.delete(session)
}

/** When the client leaves, the command goes on: only its stdin ends (as with containerd). */
function forwardInput(socket: WebSocket, stdin: NodeJS.WritableStream, protocol: string): void {
  socket.on('message', (message: Buffer, binary) => {
    if (!binary || message.length === 0) return
    const payload = message.subarray(1)
    if (message[0] === CHANNEL.stdin && payload.length > 0) stdin.write(payload)
    if (message[0] === CHANNEL.close && payload[0] === CHANNEL.stdin && protocol === PROTOCOLS[0]) stdin.end()
  })
  socket.on('close', () => stdin.end())
}

/** Reads a stream to its end, also when nobody wants it. */
async function pump(stream: AsyncIterable<Buffer>, channel: number | null, output: ExecOutput): Promise<void> {
  try {
    for await (const chunk of stream) if (channel !== null) await output.data(channel, chunk)
  } catch {
    // The command could not be started: it has no streams, and its end says why.
  }
}

function statusOf(end: ExecEnd, argv: string[]): Status {
  if ('error' in end) {
    const why = `exec: "${argv[0]}": executable file not found in $PATH`
    return internalError(
      `error executing command in container: failed to exec in container: OCI runtime exec failed: exec failed: unable to start container process: ${why}: unknown`,
    )
  }
  if (end.code === 0) return { metadata: {}, status: 'Success' }
  return {
    metadata: {},
    status: 'Failure',
    message: `command terminated with non-zero exit code: command terminated with exit code ${end.code}`,
    reason: 'NonZeroExitCode',
    details: { causes: [{ reason: 'ExitCode', message: String(end.code) }] },
  }
}

async function flood(socket: WebSocket, bytes: number): Promise<void> {
  const piece = Buffer.alloc(64 * 1024, 'x')
  for (let sent = 0; sent < bytes && socket.readyState === socket.OPEN; sent += piece.length) {
    await sendFrame(socket, CHANNEL.stdout, piece.subarray(0, bytes - sent))
  }
  await plainOutput(socket).end({ metadata: {}, status: 'Success' })
}

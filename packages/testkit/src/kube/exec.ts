import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import type { Duplex } from 'node:stream'
import { type WebSocket, WebSocketServer } from 'ws'
import type { ClusterState, ExecSession } from './cluster-state.ts'
import { CHANNEL, plainOutput, sendFrame } from './exec-channels.ts'
import { type ExecEnd, startCommand } from './exec-command.ts'
import { faultyOutput } from './exec-faults.ts'
import { containerRuns, execContainer, execPod } from './exec-target.ts'
import type { Fault } from './faults.ts'
import { nodeFacts } from './node-facts.ts'
import type { RequestInfo } from './request-info.ts'
import { badRequest, failure, internalError, kubeletUnreachable, type Status, StatusError } from './status.ts'

const PROTOCOLS = ['v5.channel.k8s.io', 'v4.channel.k8s.io']

/** `response` stands on the same socket, for refusals. */
export type ExecUpgrade = { request: IncomingMessage; response: ServerResponse; socket: Duplex; head: Buffer }

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
  const container = execContainer(pod, info.query.get('container') || null)
  const argv = info.query.getAll('command')
  if (argv.length === 0) throw new StatusError(badRequest('you must specify at least one command for the container'))
  const { address } = nodeFacts(state.store, pod.spec.nodeName ?? '')
  if (fault?.kind === 'kubelet-down') throw new StatusError(kubeletUnreachable(address))
  const protocol = agree(upgrade.request, fault)

  upgrade.response.detachSocket(upgrade.socket as Socket)
  const server = new WebSocketServer({ noServer: true, handleProtocols: () => protocol })
  server.handleUpgrade(upgrade.request, upgrade.socket, upgrade.head, (socket) => {
    const session: ExecSession = {
      socket,
      command: null,
      output: plainOutput(socket),
      namespace: pod.metadata.namespace ?? '',
      pod: pod.metadata.name,
      node: pod.spec.nodeName ?? '',
    }
    state.execs.add(session)
    socket.on('error', () => {})
    socket.on('close', () => {
      if (session.command === null) state.execs.delete(session)
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
  const command = startCommand(state.instead(argv), state.procRoots.get(session.node))
  session.command = command
  if (fault) session.output = faultyOutput(socket, fault.kind, fault, command)
  if (fault?.kind === 'close-frame') await sendFrame(socket, CHANNEL.close, Buffer.of(CHANNEL.stdout))
  if (query.get('stdin') === 'true') forwardInput(socket, command.child.stdin, protocol)
  else command.child.stdin.end()
  await Promise.all([
    pump(command.child.stdout, query.get('stdout') === 'true' ? CHANNEL.stdout : null, session),
    pump(command.child.stderr, query.get('stderr') === 'true' ? CHANNEL.stderr : null, session),
  ])
  const end = await command.ended
  await session.output.end(statusOf(end, argv))
  state.execs.delete(session)
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
async function pump(stream: AsyncIterable<Buffer>, channel: number | null, session: ExecSession): Promise<void> {
  try {
    for await (const chunk of stream) if (channel !== null) await session.output.data(channel, chunk)
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

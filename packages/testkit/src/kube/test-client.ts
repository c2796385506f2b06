import { WebSocket } from 'ws'
import type { Cluster } from './cluster.ts'
import type { Status } from './status.ts'

/** The token of a cluster's kubeconfig. */
export function tokenOf(cluster: Cluster): string {
  return /token: "(.*)"/.exec(cluster.kubeconfig())?.[1] ?? ''
}

/** One request with the cluster's own token, or another. */
export async function call(
  cluster: Cluster,
  path: string,
  init: RequestInit & { token?: string; json?: unknown } = {},
): Promise<Response> {
  const { token, json, ...rest } = init
  const headers = {
    authorization: `Bearer ${token ?? tokenOf(cluster)}`,
    'content-type': 'application/json',
    ...(rest.headers as Record<string, string> | undefined),
  }
  return fetch(`${cluster.url}${path}`, {
    ...rest,
    headers,
    ...(json === undefined ? {} : { body: JSON.stringify(json) }),
  })
}

/** The JSON of a response, as the caller knows it to be. */
export async function bodyOf<T>(response: Response): Promise<T> {
  return (await response.json()) as T
}

export type ExecAnswer = {
  protocol: string
  /** Frames as they came: channel and bytes; text frames have channel -1. */
  frames: { channel: number; bytes: Buffer }[]
  stdout: string
  stderr: string
  status: Status | null
  closeCode: number
}

/** The parameters of an exec, as a path. */
export function execPath(pod: string, command: readonly string[], more: Record<string, string> = {}): string {
  const [namespace, name] = pod.split('/')
  const query = new URLSearchParams({ stdout: 'true', stderr: 'true', ...more })
  for (const argument of command) query.append('command', argument)
  return `/api/v1/namespaces/${namespace}/pods/${name}/exec?${query}`
}

/** Opens an exec. Errors show as its close. */
export function openExec(
  cluster: Cluster,
  path: string,
  protocols = ['v5.channel.k8s.io', 'v4.channel.k8s.io'],
): WebSocket {
  const headers = { authorization: `Bearer ${tokenOf(cluster)}` }
  const socket = new WebSocket(`${cluster.url.replace('http', 'ws')}${path}`, protocols, { headers })
  socket.on('error', () => {})
  return socket
}

/** Gathers what an exec sends until its socket closes. */
export function gather(socket: WebSocket): Promise<ExecAnswer> {
  const frames: ExecAnswer['frames'] = []
  socket.on('message', (message: Buffer, binary) => {
    frames.push(
      binary && message.length > 0
        ? { channel: message[0] ?? -1, bytes: message.subarray(1) }
        : { channel: -1, bytes: message },
    )
  })
  const textOf = (channel: number) =>
    Buffer.concat(frames.filter((frame) => frame.channel === channel).map((frame) => frame.bytes)).toString()
  return new Promise((resolve) => {
    socket.on('close', (closeCode) => {
      let status: Status | null = null
      try {
        status = JSON.parse(textOf(3))
      } catch {
        // No status, or none that can be read: null says so.
      }
      resolve({ protocol: socket.protocol, frames, stdout: textOf(1), stderr: textOf(2), status, closeCode })
    })
  })
}

/** Runs a command to the end of its socket. */
export function exec(
  cluster: Cluster,
  pod: string,
  command: readonly string[],
  more?: Record<string, string>,
): Promise<ExecAnswer> {
  return gather(openExec(cluster, execPath(pod, command, more)))
}

/** What the server answers instead of an upgrade. */
export function refusedExec(
  cluster: Cluster,
  path: string,
  protocols?: string[],
): Promise<{ code: number; body: string }> {
  const socket = openExec(cluster, path, protocols)
  return new Promise((resolve, reject) => {
    socket.on('open', () => reject(new Error('the exec was accepted')))
    socket.on('error', reject)
    socket.on('unexpected-response', (_request, response) => {
      let body = ''
      response.on('data', (chunk) => {
        body += chunk
      })
      response.on('end', () => resolve({ code: response.statusCode ?? 0, body }))
    })
  })
}

export type WatchEvent = {
  type: string
  object: { kind: string; metadata: Record<string, unknown>; code?: number; message?: string }
}

/** A watch that is read event by event. */
export type OpenWatch = {
  code: number
  /** The next event; `end` when the answer ended properly, `cut` when its connection was lost. */
  next: () => Promise<WatchEvent | 'end' | 'cut'>
  close: () => void
}

export async function openWatch(cluster: Cluster, path: string): Promise<OpenWatch> {
  const leave = new AbortController()
  const response = await call(cluster, path, { signal: leave.signal })
  const events = readEvents(response)
  return {
    code: response.status,
    next: async () => {
      try {
        const { value, done } = await events.next()
        return done ? 'end' : value
      } catch {
        return 'cut'
      }
    },
    close: () => leave.abort(),
  }
}

async function* readEvents(response: Response): AsyncGenerator<WatchEvent, void> {
  let rest = ''
  for await (const text of (response.body ?? new ReadableStream()).pipeThrough(new TextDecoderStream())) {
    const lines = (rest + text).split('\n')
    rest = lines.pop() ?? ''
    for (const line of lines) yield JSON.parse(line)
  }
}

/** Waits until something holds; the test's own time limit ends it when it never does. */
export async function until<T>(look: () => T | undefined | false | null): Promise<T> {
  for (;;) {
    const seen = look()
    if (seen) return seen
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
}

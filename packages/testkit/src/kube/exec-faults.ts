import { setTimeout as sleep } from 'node:timers/promises'
import type { WebSocket } from 'ws'
import { CHANNEL, type ExecOutput, plainOutput, sendFrame } from './exec-channels.ts'
import type { ExecCommand } from './exec-command.ts'
import type { Fault } from './faults.ts'

/** The protocol as a broken server, or a broken way to it, speaks it. */
export function faultyOutput(
  socket: WebSocket,
  kind: Fault['kind'],
  fault: Pick<Fault, 'after' | 'bytes' | 'delayMs'>,
  command: ExecCommand | null,
): ExecOutput {
  const plain = plainOutput(socket)
  switch (kind) {
    case 'no-status':
      return { ...plain, end: async () => socket.close(1000) }
    case 'cut':
      return cutTail(plain, fault.bytes ?? 512)
    case 'drop':
      return afterBytes(socket, plain, fault.after ?? 0, () => socket.terminate())
    case 'half-open':
      return afterBytes(socket, plain, fault.after ?? 0, () => socket.pause())
    case 'hang':
      return { data: async () => {}, end: async () => {} }
    case 'noise':
      return { ...plain, data: noisyData(socket) }
    case 'bad-status':
      return { ...plain, end: badStatus(socket) }
    case 'garbage':
      return { data: noisyData(socket), end: badStatus(socket) }
    case 'slow':
      return { ...plain, data: slowData(socket, fault.bytes ?? 256, fault.delayMs ?? 10) }
    case 'killed':
      return {
        ...plain,
        data: async (channel, bytes) => {
          command?.kill()
          await plain.data(channel, bytes)
        },
      }
    default:
      return plain
  }
}

/** Keeps the last bytes of stdout back and never sends them. */
function cutTail(plain: ExecOutput, lost: number): ExecOutput {
  let kept = Buffer.alloc(0)
  return {
    data: async (channel, bytes) => {
      if (channel !== CHANNEL.stdout) return plain.data(channel, bytes)
      kept = Buffer.concat([kept, bytes])
      const due = kept.subarray(0, Math.max(0, kept.length - lost))
      kept = kept.subarray(due.length)
      if (due.length > 0) await plain.data(channel, due)
    },
    end: () => plain.end({ metadata: {}, status: 'Success' }),
  }
}

/** Sends so many bytes, then strikes and sends nothing any more. */
function afterBytes(socket: WebSocket, plain: ExecOutput, bytes: number, strike: () => void): ExecOutput {
  let left = bytes
  let struck = false
  const check = () => {
    if (left > 0 || struck) return
    struck = true
    strike()
  }
  if (socket.readyState === socket.OPEN) check()
  return {
    data: async (channel, chunk) => {
      const due = chunk.subarray(0, left)
      left -= due.length
      if (due.length > 0) await plain.data(channel, due)
      check()
    },
    end: async (status) => {
      if (!struck) await plain.end(status)
    },
  }
}

function noisyData(socket: WebSocket): ExecOutput['data'] {
  return async (channel, bytes) => {
    await sendFrame(socket, 7, Buffer.from('unknown channel'))
    await sendFrame(socket, channel, Buffer.alloc(0))
    if (socket.readyState === socket.OPEN) {
      socket.send('a text frame')
      socket.send(Buffer.alloc(0))
    }
    await sendFrame(socket, channel, bytes)
  }
}

function badStatus(socket: WebSocket): ExecOutput['end'] {
  return async () => {
    await sendFrame(socket, CHANNEL.status, Buffer.from('{"status":"Succ'))
    socket.close(1000)
  }
}

function slowData(socket: WebSocket, piece: number, delayMs: number): ExecOutput['data'] {
  return async (channel, bytes) => {
    for (let at = 0; at < bytes.length && socket.readyState === socket.OPEN; at += piece) {
      await sendFrame(socket, channel, bytes.subarray(at, at + piece))
      await sleep(delayMs, undefined, { ref: false })
    }
  }
}

import type { WebSocket } from 'ws'
import type { Status } from './status.ts'

/** First byte of every frame of an exec (k8s.io/apimachinery remotecommand). */
export const CHANNEL = { stdin: 0, stdout: 1, stderr: 2, status: 3, resize: 4, close: 255 } as const

/** What an exec sends. Both wait until the socket has taken the bytes, so that nothing piles up. */
export type ExecOutput = {
  data: (channel: number, bytes: Uint8Array) => Promise<void>
  end: (status: Status) => Promise<void>
}

/** Sends one frame; resolves too when the client has left. */
export function sendFrame(socket: WebSocket, channel: number, bytes: Uint8Array): Promise<void> {
  return new Promise((resolve) => {
    if (socket.readyState !== socket.OPEN) resolve()
    else socket.send(Buffer.concat([Buffer.of(channel), bytes]), { binary: true }, () => resolve())
  })
}

/** The protocol as the API server speaks it. */
export function plainOutput(socket: WebSocket): ExecOutput {
  return {
    data: (channel, bytes) => sendFrame(socket, channel, bytes),
    end: async (status) => {
      await sendFrame(socket, CHANNEL.status, Buffer.from(JSON.stringify(status)))
      socket.close(1000)
    },
  }
}

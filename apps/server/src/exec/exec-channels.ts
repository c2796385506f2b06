import { told } from '@pausescope/shared'
import { ExecError } from './exec-error.ts'

/** Subprotocols in the order we like them; v5 adds the close channel. */
export const EXEC_PROTOCOLS = ['v5.channel.k8s.io', 'v4.channel.k8s.io']

/** What one message of an exec holds. Source: k8s.io/apimachinery, util/remotecommand/constants.go. */
export type ExecFrame =
  | { kind: 'stdout' | 'stderr' | 'status'; bytes: Buffer }
  /** The other side will send no more on a channel; only v5 has it. */
  | { kind: 'closed' }

/** The channel on which the client speaks to the command. */
export const STDIN = 0

const KINDS = { 1: 'stdout', 2: 'stderr', 3: 'status' } as const
const CLOSE = 255

/**
 * Reads one WebSocket message: its first byte is the channel.
 * @throws ExecError `protocol` for text, for an empty message and for channels the server does not speak on.
 */
export function parseExecFrame(message: Buffer, binary: boolean, protocol: string): ExecFrame {
  const channel = message[0]
  if (!binary || channel === undefined) {
    throw new ExecError('protocol', binary ? told('exec.empty-message') : told('exec.text-message'))
  }
  if (channel === CLOSE && protocol === EXEC_PROTOCOLS[0]) return { kind: 'closed' }
  const kind = KINDS[channel as keyof typeof KINDS]
  if (!kind) throw new ExecError('protocol', told('exec.channel', { channel }))
  return { kind, bytes: message.subarray(1) }
}

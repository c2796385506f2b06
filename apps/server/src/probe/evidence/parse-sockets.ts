import { SOCKET_PROTOCOLS, type SocketEvidence, type SocketProtocol, type SocketState } from '@pausescope/shared'
import { ipv4FromHex, ipv6FromWords } from './hex-address.ts'

/** By number, include/net/tcp_states.h. */
const STATES: readonly (SocketState | null)[] = [
  null,
  'established',
  'syn-sent',
  'syn-recv',
  'fin-wait-1',
  'fin-wait-2',
  'time-wait',
  'close',
  'close-wait',
  'last-ack',
  'listen',
  'closing',
  'syn-recv',
]

const LINE =
  /^ *\d+: ([\dA-F]{8}|[\dA-F]{32}):([\dA-F]{4}) ([\dA-F]{8}|[\dA-F]{32}):([\dA-F]{4}) ([\dA-F]{2}) \S+ \S+ \S+ +(\d+) +\d+ (\d+) /

/**
 * A line of /proc/PID/net/tcp, tcp6, udp or udp6 (proc_pid_net(5)), without holders.
 * @returns null for anything else, as the heading is.
 */
export function parseSocket(protocol: SocketProtocol, line: string): SocketEvidence | null {
  const [, local, localPort, remote, remotePort, state, uid, inode] = LINE.exec(line) ?? []
  const named = STATES[Number.parseInt(state ?? '0', 16)]
  const width = protocol.endsWith('6') ? 32 : 8
  if (!named || local?.length !== width || remote?.length !== width) return null
  const address = width === 32 ? ipv6FromWords : ipv4FromHex
  return {
    protocol,
    state: protocol.startsWith('udp') && named === 'close' ? 'unconnected' : named,
    local: { address: address(local), port: Number.parseInt(localPort as string, 16) },
    remote: { address: address(remote), port: Number.parseInt(remotePort as string, 16) },
    uid: Number(uid),
    inode: Number(inode),
    holders: [],
  }
}

/** Those that take what comes first, then by protocol, port and address; connections that nobody holds last. */
export function compareSockets(a: SocketEvidence, b: SocketEvidence): number {
  return (
    rank(a) - rank(b) ||
    SOCKET_PROTOCOLS.indexOf(a.protocol) - SOCKET_PROTOCOLS.indexOf(b.protocol) ||
    a.local.port - b.local.port ||
    compare(a.local.address, b.local.address) ||
    a.remote.port - b.remote.port ||
    compare(a.remote.address, b.remote.address) ||
    a.inode - b.inode
  )
}

function rank({ state, holders, inode }: SocketEvidence): number {
  if (state === 'listen' || state === 'unconnected') return 0
  if (holders.length > 0) return 1
  return inode > 0 ? 2 : 3
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

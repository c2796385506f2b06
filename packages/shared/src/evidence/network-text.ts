import type { PodGraph } from '../graph/graph-types.ts'
import type { Endpoint, NetworkEvidence, NetworkInterface, SocketEvidence } from '../model/pod-evidence.ts'
import { visibleText } from '../picture/visible-text.ts'
import { holdersOf } from './socket-holders.ts'

/** What `ip -br addr` prints of the interfaces; a state that could not be read is `-`. */
export function ipAddrText({ interfaces }: NetworkEvidence): string {
  return interfaces
    .map((one) => {
      const addresses = one.addresses.map(({ address, prefix }) => `${address}${prefix === null ? '' : `/${prefix}`} `)
      return `${nameOf(one).padEnd(16)} ${(one.state?.toUpperCase() ?? '-').padEnd(14)} ${addresses.join('')}\n`
    })
    .join('')
}

function nameOf({ name, peer }: NetworkInterface): string {
  return visibleText(peer === null ? name : `${name}@if${peer.index}`)
}

/** The routes as `ip route` and `ip -6 route` have them, with what /proc tells of each. */
export function ipRouteText({ routes }: NetworkEvidence): string {
  return routes
    .map(({ destination, gateway, interface: device, metric, rejects }) => {
      const via = gateway === null ? '' : ` via ${gateway}`
      const start = rejects ? 'unreachable ' : ''
      return `${start}${destination}${via} dev ${visibleText(device)}${metric === 0 ? '' : ` metric ${metric}`}\n`
    })
    .join('')
}

/** `0.0.0.0:80`, `[::]:80`, `127.0.0.1:*` as ss has it. */
export function endpointText({ address, port }: Endpoint): string {
  const bare = address.includes(':') ? `[${address}]` : address
  return `${bare}:${port === 0 ? '*' : port}`
}

const SS_STATES: Readonly<Record<SocketEvidence['state'], string>> = {
  listen: 'LISTEN',
  unconnected: 'UNCONN',
  established: 'ESTAB',
  'syn-sent': 'SYN-SENT',
  'syn-recv': 'SYN-RECV',
  'fin-wait-1': 'FIN-WAIT-1',
  'fin-wait-2': 'FIN-WAIT-2',
  'time-wait': 'TIME-WAIT',
  close: 'CLOSE',
  'close-wait': 'CLOSE-WAIT',
  'last-ack': 'LAST-ACK',
  closing: 'CLOSING',
}

/** The columns of `ss -tunap` that /proc tells, as its words have them: all but the queues. */
export type SsRow = { netid: 'tcp' | 'udp'; state: string; local: string; peer: string; process: string }

/** The rows of `ss -tunap` in a network namespace, with the pod's processes. */
export function ssTable({ sockets }: NetworkEvidence, graph: PodGraph): SsRow[] {
  return sockets.map((socket) => {
    const users = holdersOf(socket, graph).flatMap(({ process, fds }) =>
      fds.map((fd) => `("${visibleText(process.comm)}",pid=${process.pid},fd=${fd})`),
    )
    return {
      netid: socket.protocol.startsWith('tcp') ? 'tcp' : 'udp',
      state: SS_STATES[socket.state],
      local: endpointText(socket.local),
      peer: endpointText(socket.remote),
      process: users.length === 0 ? '' : `users:(${users.join(',')})`,
    }
  })
}

const SS_HEAD: SsRow = {
  netid: 'Netid' as 'tcp',
  state: 'State',
  local: 'Local Address:Port',
  peer: 'Peer Address:Port',
  process: 'Process',
}

/** The same as text, in columns. */
export function ssText(network: NetworkEvidence, graph: PodGraph): string {
  const rows = [SS_HEAD, ...ssTable(network, graph)]
  const width = (column: keyof SsRow) => Math.max(...rows.map((row) => row[column].length))
  const [state, local, peer] = [width('state'), width('local'), width('peer')]
  return rows
    .map(
      (row) =>
        `${row.netid.padEnd(5)} ${row.state.padEnd(state)} ${row.local.padEnd(local)} ${row.peer.padEnd(peer)} ${row.process}`,
    )
    .map((line) => `${line.trimEnd()}\n`)
    .join('')
}

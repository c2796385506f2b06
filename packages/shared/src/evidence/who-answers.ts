import type { PodGraph } from '../graph/graph-types.ts'
import type { NetworkEvidence, PodEvidence, SocketEvidence } from '../model/pod-evidence.ts'
import { holdersOf, knowsHolders, type SocketHolder } from './socket-holders.ts'

export const ANSWER_REASONS = [
  /** A socket is bound to this very address. */
  'bound',
  /** A socket is bound to every address of the namespace. */
  'any',
  /** As `any`, an IPv6 one that takes IPv4 too, unless it was made for IPv6 only: /proc does not tell. */
  'mapped',
  /** Sockets with this port are bound to other addresses: `socket` is one of them. */
  'elsewhere',
  /** No socket has this port. */
  'none',
  /** The address is no address of this namespace: whoever answers is outside. */
  'outside',
  /** The container has no process, or its network namespace is not known. */
  'no-namespace',
  /** The sockets of its network namespace could not be read. */
  'unread',
] as const
export type AnswerReason = (typeof ANSWER_REASONS)[number]

export type Answer = {
  /** True: a socket answers. False: none does. Null: it is not known. */
  answered: boolean | null
  reason: AnswerReason
  /** The network namespace that was asked in. */
  network: NetworkEvidence | null
  /** Of several with one address (SO_REUSEPORT), which share what comes, the first. */
  socket: SocketEvidence | null
  /** The pod's processes that hold it, or one of several. */
  holders: readonly SocketHolder[]
  /** False: there may be holders that could not be looked at. Where true and nobody holds it, no process of the pod does. */
  holdersKnown: boolean
}

export type Question = {
  /** Key of a container of the graph. */
  container: string
  port: number
  /** `tcp` where missing. */
  protocol?: 'tcp' | 'udp'
  /** An address of this namespace, IPv4 or IPv6; `127.0.0.1` where missing. */
  address?: string
}

/** Who answers at an address and port when a process of a container asks: the socket the kernel would give it to. */
export function whoAnswers(evidence: PodEvidence, graph: PodGraph, question: Question): Answer {
  const { port, protocol = 'tcp', address = '127.0.0.1' } = question
  const network = networkOf(evidence, graph, question.container)
  const blank = { network, socket: null, holders: [], holdersKnown: network !== null && knowsHolders(network) }
  if (!network) return { ...blank, answered: null, reason: 'no-namespace' }
  const unread = network.gaps.some(({ part, code }) => part === 'sockets' && code !== 'cut')
  if (unread) return { ...blank, answered: null, reason: 'unread' }
  if (!isOwnAddress(network, address)) return { ...blank, answered: null, reason: 'outside' }
  const open = network.sockets.filter(
    ({ protocol: own, state, local }) =>
      local.port === port && own.startsWith(protocol) && state === (protocol === 'tcp' ? 'listen' : 'unconnected'),
  )
  for (const [reason, fits] of CHOICES) {
    const sockets = open.filter((one) => fits(one, address))
    const [socket = null] = sockets
    const holders = sockets.flatMap((one) => holdersOf(one, graph))
    if (socket) return { ...blank, answered: true, reason, socket, holders }
  }
  const [other] = open
  if (other) return { ...blank, answered: false, reason: 'elsewhere', socket: other, holders: holdersOf(other, graph) }
  const cut = network.gaps.some(({ part }) => part === 'sockets')
  return { ...blank, answered: cut ? null : false, reason: cut ? 'unread' : 'none' }
}

/** The network namespace that a container's first process is in. */
export function networkOf(evidence: PodEvidence, graph: PodGraph, container: string): NetworkEvidence | null {
  const found = graph.containers.find(({ key }) => key === container)
  const inode = found?.processes.find(({ pid }) => pid === found.pid)?.ns.net
  return evidence.networks.find(({ id }) => id.inode === inode) ?? null
}

const isV6 = (address: string) => address.includes(':')

/** The kernel prefers the socket that says more (compute_score in net/ipv4/inet_hashtables.c). */
const CHOICES: readonly (readonly [AnswerReason, (socket: SocketEvidence, address: string) => boolean])[] = [
  ['bound', ({ local }, address) => local.address === address || local.address === `::ffff:${address}`],
  ['any', ({ local }, address) => local.address === (isV6(address) ? '::' : '0.0.0.0')],
  ['mapped', ({ local }, address) => !isV6(address) && local.address === '::'],
]

/** All of 127.0.0.0/8 is the namespace's own, whatever else it has (RFC 1122). */
function isOwnAddress({ interfaces, otherAddresses = [] }: NetworkEvidence, address: string): boolean {
  if (/^127(?:\.\d{1,3}){3}$/.test(address) || address === '::1') return true
  const own = interfaces.flatMap(({ addresses }) => addresses)
  return [...own, ...otherAddresses].some((one) => one.address === address)
}

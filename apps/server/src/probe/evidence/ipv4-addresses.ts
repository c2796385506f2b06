import type { InterfaceAddress, NetworkRoute } from '@pausescope/shared'
import { ipv4Number } from './hex-address.ts'

/** What /proc/PID/net/fib_trie says of the namespace itself. */
type Trie = { own: Set<string>; broadcasts: Set<number> }

/** An own address, and the interface it is on; null where nothing tells. */
type Placed = { address: InterfaceAddress; interface: string | null }

/**
 * The IPv4 addresses of a namespace: no file of /proc lists them by interface. The routing tables have each own address as a
 * LOCAL entry, and the broadcast address of each network of one. The interface is the one that a route leads the address's
 * network to, or the only one that is not loopback.
 */
export function ipv4Addresses(
  trie: readonly string[],
  routes: readonly NetworkRoute[],
  interfaces: readonly string[],
): Placed[] {
  const { own, broadcasts } = readTrie(trie)
  const networks = routes.flatMap((route) => (route.family === 'inet' ? networkOf(route) : []))
  const others = interfaces.filter((name) => name !== 'lo')
  const only = others.length === 1 ? (others[0] as string) : null
  return [...own].map((address) => {
    const number = ipv4Number(address)
    if (address.startsWith('127.')) {
      return { address: { family: 'inet', address, prefix: 8, scope: 'host' }, interface: 'lo' }
    }
    const prefixes = PREFIXES.filter((prefix) => broadcasts.has(lastOf(number, prefix)))
    const around = networks.filter(({ base, prefix }) => prefix < 32 && baseOf(number, prefix) === base)
    // Networks of two addresses have none for broadcasts (RFC 3021).
    const routed = around.filter(({ prefix }) => prefix === 31 || prefixes.includes(prefix))
    const longest = routed.filter(({ prefix }) => prefix === Math.max(...routed.map((one) => one.prefix)))
    const devices = new Set(longest.map((one) => one.device))
    const prefix = longest[0]?.prefix ?? (prefixes.length === 0 ? 32 : prefixes.length === 1 ? prefixes[0] : null)
    return {
      address: { family: 'inet', address, prefix: prefix ?? null, scope: 'global' },
      interface: devices.size === 1 ? ([...devices][0] as string) : devices.size === 0 ? only : null,
    }
  })
}

/** Of networks that have a broadcast address. */
const PREFIXES = Array.from({ length: 30 }, (_, index) => index + 1)

/** Lines `|-- ADDRESS`, and below each `/32 host LOCAL`, `/32 link BROADCAST`, `/24 universe UNICAST`. */
function readTrie(lines: readonly string[]): Trie {
  const trie: Trie = { own: new Set(), broadcasts: new Set() }
  let address = ''
  for (const line of lines) {
    const leaf = /^ *\|-- ((?:\d{1,3}\.){3}\d{1,3})$/.exec(line)?.[1]
    if (leaf !== undefined) address = leaf
    else if (/^ *\/32 host LOCAL(?: |$)/.test(line)) trie.own.add(address)
    else if (/^ *\/32 link BROADCAST(?: |$)/.test(line) && !address.startsWith('127.'))
      trie.broadcasts.add(ipv4Number(address))
  }
  return trie
}

function networkOf({ destination, interface: device }: NetworkRoute) {
  const [address = '', prefix] = destination.split('/')
  return prefix === undefined ? [] : [{ base: ipv4Number(address), prefix: Number(prefix), device }]
}

const sizeOf = (prefix: number) => 2 ** (32 - prefix)
const baseOf = (number: number, prefix: number) => Math.floor(number / sizeOf(prefix)) * sizeOf(prefix)
const lastOf = (number: number, prefix: number) => baseOf(number, prefix) + sizeOf(prefix) - 1

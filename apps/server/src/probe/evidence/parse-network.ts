import type { InterfaceAddress, NetworkEvidence, NetworkInterface, SocketEvidence } from '@pausescope/shared'
import { decode, eachRecord, type Malformed } from '../probe-lines.ts'
import { LINES_MAX, NET_FILES } from './evidence-script.ts'
import { ipv6FromHex } from './hex-address.ts'
import { ipv4Addresses } from './ipv4-addresses.ts'
import { type Counters, interfaceOf, isSameNamespace, type LinkFacts, parseCounters } from './parse-interfaces.ts'
import { parseRoute, parseRoute6 } from './parse-routes.ts'
import { parseSocket } from './parse-sockets.ts'

type NetFile = (typeof NET_FILES)[number]

/** Lines of the files below /proc/PID/net. */
type NetLines = ReadonlyMap<NetFile, readonly string[]>

/** By PID. */
export function netLines(text: string, malformed: Malformed): Map<number, Map<NetFile, string[]>> {
  const files = NET_FILES.map((file) => `net/${file}` as const)
  const byPid = new Map<number, Map<NetFile, string[]>>()
  eachRecord(text, '\n', files, malformed, (pid, path, start, end) => {
    const lines = byPid.get(pid) ?? new Map<NetFile, string[]>()
    const file = path.slice('net/'.length) as NetFile
    const own = lines.get(file) ?? []
    own.push(text.slice(start, end))
    byPid.set(pid, lines.set(file, own))
  })
  return byPid
}

/** What is to be said of a network besides its data. */
type NetworkDoubts = { linksDoubtful: boolean; cut: boolean }

export type NetworkInput = {
  lines: NetLines
  /** net/dev once more, read after sysfs. */
  after: Counters
  /** What sysfs shows below the process's root folder; missing: nothing could be read. */
  links: ReadonlyMap<string, LinkFacts> | undefined
  node: Parameters<typeof interfaceOf>[2]
}

/** A network namespace from the lines of its files. The sockets are without holders. */
export function parseNetwork(
  { lines, after, links, node }: NetworkInput,
  malformed: Malformed,
): Pick<NetworkEvidence, 'interfaces' | 'otherAddresses' | 'routes' | 'sockets'> & NetworkDoubts {
  const of = (file: NetFile) => lines.get(file) ?? []
  const before = parseCounters(of('dev'))
  const believed = links && isSameNamespace(links, before, after) ? links : undefined
  const interfaces = [...before.keys()].map((name) => interfaceOf(name, believed?.get(name), node))
  const routes = [
    ...parseLines(of('route').slice(1), parseRoute, malformed),
    ...parseLines(of('ipv6_route'), parseRoute6, malformed),
  ].flatMap((route) => (route === 'internal' ? [] : [{ ...route, interface: decode(route.interface) }]))
  const named = new Map(interfaces.map((one) => [one.name, one]))
  const placed = ipv4Addresses(of('fib_trie'), routes, [...named.keys()])
  for (const one of placed) named.get(one.interface ?? '')?.addresses.push(one.address)
  for (const line of of('if_inet6')) addIpv6(line, named, malformed)
  const other = placed.filter((one) => !named.has(one.interface ?? '')).map(({ address }) => address)
  const sockets: SocketEvidence[] = []
  for (const protocol of ['tcp', 'tcp6', 'udp', 'udp6'] as const) {
    const rows = of(protocol).slice(1)
    sockets.push(...parseLines(rows, (line) => parseSocket(protocol, line), malformed))
  }
  return {
    interfaces: interfaces.sort(compareInterfaces),
    ...(other.length > 0 ? { otherAddresses: other } : {}),
    routes,
    sockets,
    linksDoubtful: links !== undefined && believed === undefined,
    cut: [...lines.values()].some((own) => own.length >= LINES_MAX),
  }
}

function parseLines<Item>(
  lines: readonly string[],
  parse: (line: string) => Item | null,
  malformed: Malformed,
): Item[] {
  return lines.flatMap((line) => {
    const item = parse(line)
    if (item !== null) return [item]
    malformed.lines++
    return []
  })
}

/** RFC 4291, as include/net/ipv6.h numbers them. */
const SCOPES: Readonly<Record<string, InterfaceAddress['scope']>> = {
  '00': 'global',
  '10': 'host',
  '20': 'link',
  '40': 'site',
}

/** A line of net/if_inet6: address, index, length of the prefix, scope, flags, name. */
function addIpv6(line: string, interfaces: ReadonlyMap<string, NetworkInterface>, malformed: Malformed): void {
  const [, hex, index, prefix, scope, name] =
    /^([\da-f]{32}) ([\da-f]{2,8}) ([\da-f]{2}) ([\da-f]{2}) [\da-f]{2,8} +(\S+)$/.exec(line) ?? []
  const found = interfaces.get(decode(name ?? ''))
  const known = SCOPES[scope ?? '']
  if (!hex || !index || !prefix || !found || !known) {
    malformed.lines++
    return
  }
  found.index ??= Number.parseInt(index, 16)
  found.addresses.push({
    family: 'inet6',
    address: ipv6FromHex(hex),
    prefix: Number.parseInt(prefix, 16),
    scope: known,
  })
}

function compareInterfaces(a: NetworkInterface, b: NetworkInterface): number {
  return (a.index ?? Infinity) - (b.index ?? Infinity) || (a.name < b.name ? -1 : 1)
}

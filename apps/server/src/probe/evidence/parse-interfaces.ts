import type { LinkKind, NetworkInterface } from '@pausescope/shared'
import { decode, type Malformed } from '../probe-lines.ts'
import { LINK_FILES } from './evidence-script.ts'

/** Bytes received and sent by interface, from /proc/PID/net/dev. The bytes of a name are one character each. */
export type Counters = ReadonlyMap<string, { rx: number; tx: number }>

/** The lines of net/dev, behind its two headings. */
export function parseCounters(lines: readonly string[]): Counters {
  const counters = new Map<string, { rx: number; tx: number }>()
  for (const line of lines) {
    const [, name, rx, tx] = /^ *([^\s:|]+): *(\d+)(?: +\d+){7} +(\d+) /.exec(line) ?? []
    if (name !== undefined) counters.set(name, { rx: Number(rx), tx: Number(tx) })
  }
  return counters
}

type LinkFile = (typeof LINK_FILES)[number]

/** Contents of sysfs files of one interface. `uevent`: its DEVTYPE. */
export type LinkFacts = Partial<Record<LinkFile, string>>

const LINE = /^(\d+)\/root\/sys\/class\/net\/([^/\s:]+)\/([a-z]+(?:\/[rt]x_bytes)?):(.*)$/

/** By PID, then by interface. */
export function parseLinkFiles(text: string, malformed: Malformed): Map<number, Map<string, LinkFacts>> {
  const byPid = new Map<number, Map<string, LinkFacts>>()
  for (const line of text.split('\n')) {
    const [, pidText, name, file, content = ''] = LINE.exec(line) ?? []
    if (name === undefined || !isLinkFile(file)) {
      if (line !== '') malformed.lines++
      continue
    }
    const pid = Number(pidText)
    const links = byPid.get(pid) ?? new Map<string, LinkFacts>()
    const facts = links.get(name) ?? {}
    if (file !== 'uevent') facts[file] = content
    else if (content.startsWith('DEVTYPE=')) facts.uevent = content.slice('DEVTYPE='.length)
    byPid.set(pid, links.set(name, facts))
  }
  return byPid
}

function isLinkFile(file: string | undefined): file is LinkFile {
  return (LINK_FILES as readonly (string | undefined)[]).includes(file)
}

/**
 * True when sysfs shows the namespace that net/dev shows: the same interfaces, and counters that lie between what net/dev had
 * before and after.
 */
export function isSameNamespace(links: ReadonlyMap<string, LinkFacts>, before: Counters, after: Counters): boolean {
  if (links.size !== before.size || links.size !== after.size) return false
  return [...links].every(([name, facts]) => {
    const [first, last] = [before.get(name), after.get(name)]
    const [rx, tx] = [numberOf(facts['statistics/rx_bytes']), numberOf(facts['statistics/tx_bytes'])]
    if (!first || !last || rx === null || tx === null) return false
    return first.rx <= rx && rx <= last.rx && first.tx <= tx && tx <= last.tx
  })
}

/** Kinds by DEVTYPE, which drivers set. */
const DEVICE_TYPES: Readonly<Record<string, LinkKind>> = {
  bridge: 'bridge',
  vlan: 'vlan',
  vxlan: 'vxlan',
  macvlan: 'macvlan',
}
/** Kinds by hardware type, linux/if_arp.h: loopback, tunnels of IP in IP, and GRE. */
const ETHERNET = '1'
const HARDWARE: Readonly<Record<string, LinkKind>> = {
  '772': 'loopback',
  '768': 'tunnel',
  '769': 'tunnel',
  '776': 'tunnel',
  '778': 'tunnel',
  '823': 'tunnel',
}

/**
 * An interface as sysfs has it.
 * @param node the node's interfaces by index, and what each is linked to.
 */
export function interfaceOf(
  name: string,
  facts: LinkFacts | undefined,
  node: ReadonlyMap<number, { name: string; link: number }>,
): NetworkInterface {
  const index = numberOf(facts?.ifindex)
  const link = numberOf(facts?.iflink)
  const kind = facts ? kindOf(facts) : null
  const other = kind === 'veth' && link !== null ? node.get(link) : undefined
  return {
    name: decode(name),
    index,
    state: facts?.operstate ?? null,
    mac: /^(?:[\da-f]{2}:)+[\da-f]{2}$/.test(facts?.address ?? '') ? (facts?.address ?? null) : null,
    mtu: numberOf(facts?.mtu),
    kind,
    peer:
      kind === 'veth' && link !== null
        ? { index: link, nodeName: other?.link === index ? decode(other.name) : null }
        : null,
    addresses: [],
  }
}

/** A veth has no name for its kind: it is what looks like Ethernet and is linked to another index. */
function kindOf({ type = '', uevent, ifindex, iflink }: LinkFacts): LinkKind {
  if (uevent !== undefined) return DEVICE_TYPES[uevent] ?? 'other'
  if (type !== ETHERNET) return HARDWARE[type] ?? 'other'
  return ifindex === iflink ? 'ethernet' : 'veth'
}

/**
 * The node's interfaces by index: sysfs of PID 1 and the lines of its net/dev. Where these name different interfaces, sysfs
 * shows another network than PID 1 is in, and tells nothing.
 */
export function nodeLinks(text: string, malformed: Malformed) {
  const lines = text.split('\n')
  const start = '1/net/dev:'
  const counters = parseCounters(lines.flatMap((line) => (line.startsWith(start) ? [line.slice(start.length)] : [])))
  const others = lines.filter((line) => !line.startsWith(start)).join('\n')
  const links = parseLinkFiles(others, malformed).get(1) ?? new Map<string, LinkFacts>()
  const byIndex = new Map<number, { name: string; link: number }>()
  if (links.size !== counters.size || ![...links.keys()].every((name) => counters.has(name))) return byIndex
  for (const [name, { ifindex, iflink }] of links) {
    const [index, link] = [numberOf(ifindex), numberOf(iflink)]
    if (index !== null && link !== null) byIndex.set(index, { name, link })
  }
  return byIndex
}

function numberOf(text: string | undefined): number | null {
  return text !== undefined && /^\d{1,15}$/.test(text) ? Number(text) : null
}

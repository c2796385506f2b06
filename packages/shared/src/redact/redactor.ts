import type { Observation } from '../model/observation.ts'
import { compareText } from '../observe/scan-index.ts'
import { type Placeholders, placeholders } from './placeholders.ts'

type Kind =
  | ('node' | 'host' | 'cluster' | 'pod' | 'address' | 'id' | 'pin' | 'registry')
  | ('mac' | 'interface' | 'folder' | 'reference' | 'object')

/** The placeholders of one recording, and how a text is cleared of what they stand for. */
export type Redactor = Record<Kind, Placeholders> & {
  /** A user's number on the node; those of the system (below 1000) and nobody stay. */
  user: (uid: number) => number
  /** A free text, without all that has a placeholder, and without addresses and ids that have none yet. */
  text: (text: string) => string
}

const NOBODY = 65534
const FIRST_USER = 1000
/** UUIDs as they are and as cgroup paths have them, ids of containers, hashes. */
const LONG_ID =
  /(?<![0-9a-z])(?:[0-9a-f]{8}(?:[-_][0-9a-f]{4}){3}[-_][0-9a-f]{12}|[0-9a-f]{64}|[0-9a-f]{32})(?![0-9a-z])/gi
const MAYBE_ADDRESS = /[0-9a-f:][0-9a-f:.]*[0-9a-f:]/gi
const IPV4 = /^(?:\d{1,3}\.){3}\d{1,3}$/

/**
 * Placeholders for all that the observations name. Ids of containers are numbered in their own order, because the graph
 * sorts by it the containers that only the node knows.
 */
export function createRedactor(observations: readonly Observation[]): Redactor {
  const maps: Record<Kind, Placeholders> = {
    node: placeholders((index) => `node-${index}`),
    host: placeholders((index) => `host-${index}`),
    cluster: placeholders((index) => `cluster-${index}`),
    pod: placeholders((index) => `other/pod-${index}`),
    address: placeholders(exampleAddress),
    id: placeholders((index) => `id-${String(index).padStart(5, '0')}`),
    pin: placeholders((index) => `pin-${index}`),
    registry: placeholders((index) => `registry-${index}`),
    mac: placeholders(exampleMac),
    interface: placeholders((index) => `if-${index}`),
    folder: placeholders((index) => `/folder-${index}`),
    reference: placeholders((index) => `source-${index}`),
    object: placeholders((index) => `object-${index}`),
  }
  for (const id of [...new Set(observations.flatMap(idsOf))].sort(compareText)) maps.id(id)
  for (const { cluster, node, pod } of observations) {
    if (cluster.name !== null) maps.cluster(cluster.name)
    maps.node(node.name)
    if (node.hostname !== null && !maps.node.known.has(node.hostname)) maps.node.alias(node.hostname, node.name)
    if (pod.nodeName !== null) maps.node(pod.nodeName)
    for (const address of pod.podIPs) maps.address(address)
  }
  const users = placeholders((index) => String(FIRST_USER + index))
  return {
    ...maps,
    user: (uid) => (uid < FIRST_USER || uid === NOBODY ? uid : Number(users(String(uid)))),
    text: textCleaner(maps),
  }
}

/** All ids an observation speaks of: of containers and of the pod. */
function idsOf({ pod, processes, sandboxes }: Observation): string[] {
  const named = pod.containers.flatMap(({ id, previousId }) => [id, previousId])
  const seen = [...processes.map(({ containerId }) => containerId), ...sandboxes.map(({ id }) => id)]
  return [pod.uid, ...named, ...seen].filter((id): id is string => typeof id === 'string')
}

/** From the ranges kept for documentation, which are nobody's: RFC 5737, RFC 3849; beyond them the reserved 240.0.0.0/4. */
function exampleAddress(index: number, real: string): string {
  if (real.includes(':')) return `2001:db8::${index.toString(16)}`
  return index < 255 ? `192.0.2.${index}` : `240.${[16, 8, 0].map((shift) => (index >> shift) & 255).join('.')}`
}

/** A locally administered one, which no device has from its maker. */
function exampleMac(index: number): string {
  const bytes = [0x02, 0x00, 0x5e, ...[16, 8, 0].map((shift) => (index >> shift) & 255)]
  return bytes.map((byte) => byte.toString(16).padStart(2, '0')).join(':')
}

/** Clears texts of what is known by now, the longest first; each text once, for most come again. */
function textCleaner(maps: Record<Kind, Placeholders>): (text: string) => string {
  const short = [...maps.id.known].map(([real, placeholder]) => [real.slice(0, 12), placeholder] as const)
  const known = new Map([...short, ...Object.values(maps).flatMap(({ known }) => [...known])])
  known.delete('')
  const words = [...known].sort(([a], [b]) => b.length - a.length || compareText(a, b))
  const done = new Map<string, string>()
  return (text) => {
    const before = done.get(text)
    if (before !== undefined) return before
    // Addresses and ids as a whole first: a known one may be part of another.
    const whole = text
      .replace(LONG_ID, (found) => maps.id(found))
      .replace(MAYBE_ADDRESS, (found) => (isAddress(found) ? maps.address(found) : found))
    const cleared = words
      .filter(([real]) => whole.includes(real))
      .reduce((left, [real, placeholder]) => replaceWord(left, real, placeholder), whole)
    done.set(text, cleared)
    return cleared
  }
}

/** Four numbers, or groups of hexadecimal digits, with `::` or all eight of them (RFC 4291); none of our own examples. */
function isAddress(text: string): boolean {
  if (/^(?:192\.0\.2|240\.\d+\.\d+)\.\d+$|^2001:db8::/.test(text)) return false
  if (IPV4.test(text)) return true
  const last = text.slice(text.lastIndexOf(':') + 1)
  const groups = (IPV4.test(last) ? `${text.slice(0, -last.length)}0:0` : text).split(':')
  const isGroups = groups.every((group) => /^[0-9a-f]{0,4}$/i.test(group))
  return isGroups && groups.length > 2 && (text.includes('::') || groups.length === 8)
}

/** Where the word stands by itself: no letter or digit beside it. */
function replaceWord(text: string, word: string, by: string): string {
  const [first = '', ...rest] = text.split(word)
  return rest.reduce((left, right) => {
    const isPart = /[a-z0-9]$/i.test(left) || /^[a-z0-9]/i.test(right)
    return left + (isPart ? word : by) + right
  }, first)
}

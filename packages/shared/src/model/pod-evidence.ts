import { z } from 'zod/mini'
import { namespaceIdSchema } from './namespace-id.ts'
import { uidRangeSchema } from './node-scan.ts'
import { toldSchema } from './told.ts'

const count = z.int().check(z.nonnegative())
const pid = z.int().check(z.positive())

/** Why a part of the evidence is missing, or not all of it is there. */
export const EVIDENCE_GAPS = [
  /** The reader may not read it. */
  'denied',
  /** A captured tree does not have it. */
  'not-recorded',
  /** The process it was to be read from has ended, or is another one by now. */
  'vanished',
  /** Only a process inside the namespace can see it: `command` goes there, which asks for `capability`. */
  'needs-nsenter',
  /** There was more than is read: the rest is left out. */
  'cut',
  /** It was read, but belongs to another namespace or cannot be understood: dropped, never shown. */
  'doubtful',
] as const
export type EvidenceGapCode = (typeof EVIDENCE_GAPS)[number]

/** What a gap is about. */
export const EVIDENCE_PARTS = [
  'interfaces',
  /** MAC, MTU, state, kind and peer of interfaces. */
  'links',
  'addresses',
  'routes',
  'sockets',
  /** Which processes hold the sockets. */
  'holders',
  'mounts',
  'maps',
  'hostname',
  'sysv',
  'posix',
] as const
export type EvidencePart = (typeof EVIDENCE_PARTS)[number]

/** Something that could not be told, in the place where it would have stood. */
export const evidenceGapSchema = z.object({
  code: z.enum(EVIDENCE_GAPS),
  part: z.enum(EVIDENCE_PARTS),
  /** Why, and what to do: one or two sentences, in English. */
  detail: z.string(),
  /** The same without its language; missing in what was recorded before there was one. */
  told: z.optional(toldSchema),
  /** A command for a shell on the node that shows it. */
  command: z.optional(z.string()),
  /** What the reader would need, without `CAP_`: `SYS_ADMIN`, `SYS_PTRACE`, `DAC_READ_SEARCH`. */
  capability: z.optional(z.string()),
  /** Of which processes, where not of the whole. */
  pids: z.optional(z.array(pid)),
})
export type EvidenceGap = z.infer<typeof evidenceGapSchema>

const gaps = z.array(evidenceGapSchema)

/** An address of an interface. IPv6 is spelled as RFC 5952 does; `prefix` is null where nothing tells it. */
export const interfaceAddressSchema = z.object({
  family: z.enum(['inet', 'inet6']),
  address: z.string(),
  prefix: z.nullable(count.check(z.maximum(128))),
  scope: z.enum(['host', 'link', 'site', 'global']),
})
export type InterfaceAddress = z.infer<typeof interfaceAddressSchema>

/** The other end of a veth pair. */
export const vethPeerSchema = z.object({
  /** Its index in the namespace it is in (sysfs iflink). */
  index: count,
  /** Its name on the node, where both ends name each other; null: it is elsewhere, or could not be told. */
  nodeName: z.nullable(z.string()),
})
export type VethPeer = z.infer<typeof vethPeerSchema>

export const LINK_KINDS = [
  'loopback',
  'veth',
  'ethernet',
  'bridge',
  'vlan',
  'vxlan',
  'macvlan',
  'tunnel',
  'other',
] as const
export type LinkKind = (typeof LINK_KINDS)[number]

/** A network interface. What is null could not be read: the network's gaps say why. */
export const networkInterfaceSchema = z.object({
  name: z.string(),
  index: z.nullable(count),
  /** sysfs operstate, RFC 2863: `up`, `down`, `unknown` (as loopback has it), … */
  state: z.nullable(z.string()),
  mac: z.nullable(z.string()),
  mtu: z.nullable(count),
  kind: z.nullable(z.enum(LINK_KINDS)),
  /** Of a veth. */
  peer: z.nullable(vethPeerSchema),
  addresses: z.array(interfaceAddressSchema),
})
export type NetworkInterface = z.infer<typeof networkInterfaceSchema>

/** A route of the main table (IPv4), or of any (IPv6, without the local ones). */
export const networkRouteSchema = z.object({
  family: z.enum(['inet', 'inet6']),
  /** `default`, or `10.244.3.0/24`. */
  destination: z.string(),
  gateway: z.nullable(z.string()),
  interface: z.string(),
  metric: count,
  /** Whatever it would lead to is refused. */
  rejects: z.optional(z.boolean()),
})
export type NetworkRoute = z.infer<typeof networkRouteSchema>

export const SOCKET_PROTOCOLS = ['tcp', 'tcp6', 'udp', 'udp6'] as const
export type SocketProtocol = (typeof SOCKET_PROTOCOLS)[number]

/** include/net/tcp_states.h; UDP knows `unconnected` and `established` only. */
export const SOCKET_STATES = [
  'listen',
  'unconnected',
  'established',
  'syn-sent',
  'syn-recv',
  'fin-wait-1',
  'fin-wait-2',
  'time-wait',
  'close',
  'close-wait',
  'last-ack',
  'closing',
] as const
export type SocketState = (typeof SOCKET_STATES)[number]

/** One end of a connection. The address is bare, `::` or `0.0.0.0` for any; port 0 for any. */
export const endpointSchema = z.object({ address: z.string(), port: count.check(z.maximum(65_535)) })
export type Endpoint = z.infer<typeof endpointSchema>

export const socketSchema = z.object({
  protocol: z.enum(SOCKET_PROTOCOLS),
  state: z.enum(SOCKET_STATES),
  local: endpointSchema,
  remote: endpointSchema,
  uid: count,
  /** 0: no process holds it (a closed connection in time-wait). */
  inode: count,
  /** The pod's processes with a file descriptor of it, by PID. Empty where none was found, or none may be looked at. */
  holders: z.array(z.object({ pid, fd: count })),
})
export type SocketEvidence = z.infer<typeof socketSchema>

/** A network namespace as /proc/PID/net and sysfs show it. */
export const networkEvidenceSchema = z.object({
  id: namespaceIdSchema,
  /** The process it was read from. */
  pid,
  /** By index, then name. */
  interfaces: z.array(networkInterfaceSchema),
  /** Addresses of the namespace of which nothing that was read tells the interface. */
  otherAddresses: z.optional(z.array(interfaceAddressSchema)),
  routes: z.array(networkRouteSchema),
  /** Listening ones first, then by protocol, port and address. */
  sockets: z.array(socketSchema),
  gaps,
})
export type NetworkEvidence = z.infer<typeof networkEvidenceSchema>

/** A line of proc_pid_mountinfo(5), its escapes decoded. The options of its file system are left out: they can hold secrets. */
export const mountSchema = z.object({
  id: count,
  parent: count,
  /** `MAJOR:MINOR` of the file system: two mounts with the same device and root show the same files. */
  device: z.string(),
  /** What of the file system is mounted: `/var/lib/kubelet/pods/…`. */
  root: z.string(),
  path: z.string(),
  /** The mount or its whole file system is read-only. */
  readOnly: z.boolean(),
  /** `rw,nosuid,nodev,relatime` */
  options: z.string(),
  /** Peer groups that propagate mounts: those it is in, and gets from. Neither: private. */
  shared: z.optional(count),
  master: z.optional(count),
  unbindable: z.optional(z.boolean()),
  fstype: z.string(),
  source: z.string(),
})
export type Mount = z.infer<typeof mountSchema>

/** The mounts of a mount namespace. */
export const mountsEvidenceSchema = z.object({
  id: namespaceIdSchema,
  pid,
  mounts: z.array(mountSchema),
  gaps,
})
export type MountsEvidence = z.infer<typeof mountsEvidenceSchema>

/** Who the users and groups of a user namespace are on the node. user_namespaces(7) */
export const usersEvidenceSchema = z.object({
  id: namespaceIdSchema,
  pid,
  uidMap: z.array(uidRangeSchema),
  gidMap: z.array(uidRangeSchema),
  gaps,
})
export type UsersEvidence = z.infer<typeof usersEvidenceSchema>

/** The hostname of a uts namespace. */
export const hostnameEvidenceSchema = z.object({
  id: namespaceIdSchema,
  pid,
  hostname: z.nullable(z.string()),
  /**
   * kernel: read inside the namespace · file: /etc/hostname of a container in it, which the kubelet wrote: what it asked for,
   * not what the kernel has. Null without a name.
   */
  source: z.nullable(z.enum(['kernel', 'file'])),
  gaps,
})
export type HostnameEvidence = z.infer<typeof hostnameEvidenceSchema>

/** System V objects, proc_sysvipc(5); the PIDs are as the reader numbers them. */
export const sysvSchema = z.object({
  /** `perms` in octal; `key` as shmget(2) has it, 0: private. */
  shm: z.array(
    z.object({ id: count, key: z.int(), perms: z.string(), bytes: count, attached: count, uid: count, creator: count }),
  ),
  sem: z.array(z.object({ id: count, key: z.int(), perms: z.string(), semaphores: count, uid: count })),
  msg: z.array(z.object({ id: count, key: z.int(), perms: z.string(), bytes: count, messages: count, uid: count })),
})
export type SysvObjects = z.infer<typeof sysvSchema>

/** A file in /dev/shm or /dev/mqueue: a POSIX shared memory object, semaphore or message queue. */
export const posixObjectSchema = z.object({
  kind: z.enum(['shm', 'sem', 'mqueue']),
  /** As shm_open(3), sem_open(3) and mq_open(3) have it, without the leading slash. */
  name: z.string(),
  /** Of memory. */
  bytes: z.nullable(count),
  uid: count,
  /** The process through whose root folder it was seen. */
  pid,
})
export type PosixObject = z.infer<typeof posixObjectSchema>

/** What processes of an ipc namespace share besides files. */
export const ipcEvidenceSchema = z.object({
  id: namespaceIdSchema,
  pid,
  /** Null: only a process inside the namespace can see them. */
  sysv: z.nullable(sysvSchema),
  /** Null: neither folder could be looked at. */
  posix: z.nullable(z.array(posixObjectSchema)),
  gaps,
})
export type IpcEvidence = z.infer<typeof ipcEvidenceSchema>

/**
 * What a terminal would show inside a pod's namespaces, measured on the node: one entry for each namespace that a process of
 * the pod is in, in the order of their inodes. It is read in the same scan as the pod's observation, right behind the processes,
 * and names them by its PIDs; a process that is another one by then is in a gap, never in the data. No environment is read, no file's content but
 * /etc/hostname.
 */
export const podEvidenceSchema = z.object({
  /** When it was read, ISO 8601 in UTC. */
  at: z.string(),
  /** The time of the observation of the same scan; recordings of before do not have it. */
  scannedAt: z.optional(z.string()),
  node: z.string(),
  pod: z.object({ namespace: z.string(), name: z.string(), uid: z.string() }),
  networks: z.array(networkEvidenceSchema),
  mounts: z.array(mountsEvidenceSchema),
  users: z.array(usersEvidenceSchema),
  hostnames: z.array(hostnameEvidenceSchema),
  ipcs: z.array(ipcEvidenceSchema),
  /** What concerns no single namespace. */
  gaps,
})
export type PodEvidence = z.infer<typeof podEvidenceSchema>

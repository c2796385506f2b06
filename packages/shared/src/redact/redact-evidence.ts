import type { Observation } from '../model/observation.ts'
import type { Pod, PodContainer, PodVolume } from '../model/pod.ts'
import type {
  EvidenceGap,
  InterfaceAddress,
  IpcEvidence,
  Mount,
  NetworkEvidence,
  PodEvidence,
  UsersEvidence,
} from '../model/pod-evidence.ts'
import { redactGap } from './redact-gap.ts'
import type { Redactor } from './redactor.ts'

/**
 * Evidence that may be shown outside: addresses, MACs, hostnames, names of the node's interfaces and folders, sources of mounts,
 * names of IPC objects and numbers of users are replaced, the same by the same. Ports, PIDs, devices and inodes stay: who
 * answers and what is shared stay the same.
 * @param observed the pod's observation, before and after it was redacted.
 */
export function redactEvidence(
  evidence: PodEvidence,
  observed: { before: Observation; after: Observation },
  redactor: Redactor,
): PodEvidence {
  const { before, after } = observed
  const { namespace, name, uid } = after.pod
  const hostname = (real: string) =>
    real === before.pod.hostname ? after.pod.hostname : (redactor.node.known.get(real) ?? redactor.host(real))
  const gaps = (list: readonly EvidenceGap[]) => list.map((gap) => redactGap(gap, redactor))
  return {
    at: evidence.at,
    ...(evidence.scannedAt === undefined ? {} : { scannedAt: evidence.scannedAt }),
    node: redactor.node(evidence.node),
    pod: { namespace, name, uid },
    networks: evidence.networks.map((one) => ({ ...redactNetwork(one, redactor), gaps: gaps(one.gaps) })),
    mounts: evidence.mounts.map((one) => ({
      ...one,
      mounts: one.mounts.map((mount) => redactMount(mount, redactor)),
      gaps: gaps(one.gaps),
    })),
    users: evidence.users.map((one) => ({ ...redactUsers(one, redactor), gaps: gaps(one.gaps) })),
    hostnames: evidence.hostnames.map((one) => ({
      ...one,
      hostname: one.hostname === null ? null : hostname(one.hostname),
      gaps: gaps(one.gaps),
    })),
    ipcs: evidence.ipcs.map((one) => ({ ...redactIpc(one, redactor), gaps: gaps(one.gaps) })),
    gaps: gaps(evidence.gaps),
  }
}

function redactNetwork(network: NetworkEvidence, redactor: Redactor): NetworkEvidence {
  const { interfaces, otherAddresses, routes, sockets } = network
  const own = (one: InterfaceAddress) => ({ ...one, address: redactAddress(one.address, redactor) })
  const end = (one: { address: string; port: number }) => ({ ...one, address: redactAddress(one.address, redactor) })
  return {
    ...network,
    interfaces: interfaces.map((one) => ({
      ...one,
      name: interfaceName(one.name, redactor),
      mac: one.mac === null || /^[0:]+$/.test(one.mac) ? one.mac : redactor.mac(one.mac),
      peer: one.peer && {
        ...one.peer,
        nodeName: one.peer.nodeName === null ? null : interfaceName(one.peer.nodeName, redactor),
      },
      addresses: one.addresses.map(own),
    })),
    ...(otherAddresses ? { otherAddresses: otherAddresses.map(own) } : {}),
    routes: routes.map((route) => ({
      ...route,
      destination: redactNetworkName(route.destination, redactor),
      gateway: route.gateway === null ? null : redactAddress(route.gateway, redactor),
      interface: interfaceName(route.interface, redactor),
    })),
    sockets: sockets.map((socket) => ({
      ...socket,
      local: end(socket.local),
      remote: end(socket.remote),
      uid: redactor.user(socket.uid),
    })),
  }
}

/** Names that tell nothing of a node; all others are made from ids, or by people. */
function interfaceName(name: string, redactor: Redactor): string {
  return /^(?:lo|\*|(?:eth|net)\d{1,2})$/.test(name) ? name : redactor.interface(name)
}

/** `10.244.3.0/24`, `default` */
function redactNetworkName(destination: string, redactor: Redactor): string {
  const [address = '', prefix] = destination.split('/')
  return prefix === undefined ? destination : `${redactAddress(address, redactor)}/${prefix}`
}

/** Loopback and "any" are everybody's. */
function redactAddress(address: string, redactor: Redactor): string {
  if (/^(?:127\.|0\.0\.0\.0$|::1?$|fe80::$)/.test(address)) return address
  const mapped = /^::ffff:((?:\d{1,3}\.){3}\d{1,3})$/.exec(address)?.[1]
  return mapped === undefined ? redactor.address(address) : `::ffff:${redactAddress(mapped, redactor)}`
}

/** Where kubelet and runtimes keep what they mount; ids in there are replaced one by one. */
const RUNTIME_FOLDERS = /^\/(?:var\/lib\/(?:kubelet|containerd|containers|docker)|run|var\/run)\//
/** Of the kernel and of memory: their roots are names that every machine has. */
const KERNEL_FILES = /^(?:proc|sysfs|devtmpfs|devpts|mqueue|cgroup2?|tmpfs|nsfs|securityfs|bpf|debugfs|tracefs)$/
const PLAIN_SOURCE = /^(?:[a-z][a-z0-9_-]{0,15}|\/dev\/(?:sd|vd|xvd|nvme)[a-z0-9]{1,10})$/

function redactMount(mount: Mount, redactor: Redactor): Mount {
  const { fstype, root, source } = mount
  const isKnown = root === '/' || RUNTIME_FOLDERS.test(root) || KERNEL_FILES.test(fstype)
  return {
    ...mount,
    root: isKnown ? runtimePath(root, redactor) : redactor.folder(root),
    path: redactor.text(mount.path),
    source: PLAIN_SOURCE.test(source) ? source : redactor.reference(source),
  }
}

/** In a path of a cgroup a pod's UID follows a letter. */
function runtimePath(path: string, redactor: Redactor): string {
  const parts = path.split('/').map((part) => /^(pod)?(.*)$/s.exec(part) as RegExpExecArray)
  return parts.map(([, pod = '', rest = '']) => pod + redactor.text(rest)).join('/')
}

function redactUsers(users: UsersEvidence, redactor: Redactor): UsersEvidence {
  const outside = (range: UsersEvidence['uidMap'][number]) => ({ ...range, outside: redactor.user(range.outside) })
  return { ...users, uidMap: users.uidMap.map(outside), gidMap: users.gidMap.map(outside) }
}

function redactIpc(ipc: IpcEvidence, redactor: Redactor): IpcEvidence {
  const withUser = <Item extends { uid: number }>(item: Item): Item => ({ ...item, uid: redactor.user(item.uid) })
  const { posix, sysv } = ipc
  return {
    ...ipc,
    sysv: sysv && { shm: sysv.shm.map(withUser), sem: sysv.sem.map(withUser), msg: sysv.msg.map(withUser) },
    posix: posix?.map((one) => ({ ...withUser(one), name: redactor.object(one.name) })) ?? null,
  }
}

/** What a pod's volumes are made from: claims, folders of the node, servers. Their names are the pod's own. */
export function redactVolumes(pod: Pod, redactor: Redactor): Pick<Pod, 'volumes'> {
  const redact = ({ ref, ...volume }: PodVolume): PodVolume => {
    const isPlain = ref === undefined || volume.kind === 'emptyDir' || volume.kind === 'other'
    return { ...volume, ...(ref === undefined ? {} : { ref: isPlain ? ref : redactor.reference(ref) }) }
  }
  return pod.volumes ? { volumes: pod.volumes.map(redact) } : {}
}

export function redactVolumeMounts(
  { volumeMounts }: PodContainer,
  redactor: Redactor,
): Pick<PodContainer, 'volumeMounts'> {
  if (!volumeMounts) return {}
  return {
    volumeMounts: volumeMounts.map((one) => ({
      ...one,
      path: redactor.text(one.path),
      ...(one.subPath === undefined ? {} : { subPath: redactor.folder(one.subPath) }),
    })),
  }
}

import type { NamespaceType } from '../model/namespace-type.ts'

/** Documentation pages that reasons point to. */
export const DOCUMENTATION = {
  'pod-networking': 'https://kubernetes.io/docs/concepts/workloads/pods/#pod-networking',
  'host-namespaces': 'https://kubernetes.io/docs/concepts/security/pod-security-standards/#baseline',
  'pod-hostname': 'https://kubernetes.io/docs/concepts/workloads/pods/pod-hostname/',
  'share-process-namespace': 'https://kubernetes.io/docs/tasks/configure-pod-container/share-process-namespace/',
  'ephemeral-containers': 'https://kubernetes.io/docs/concepts/workloads/pods/ephemeral-containers/',
  volumes: 'https://kubernetes.io/docs/concepts/storage/volumes/',
  privileged: 'https://kubernetes.io/docs/concepts/security/linux-kernel-security-constraints/#privileged-containers',
  cgroups: 'https://kubernetes.io/docs/concepts/architecture/cgroups/',
  'user-namespaces': 'https://kubernetes.io/docs/concepts/workloads/pods/user-namespaces/',
  'cgroup-namespaces': 'https://man7.org/linux/man-pages/man7/cgroup_namespaces.7.html',
  'mount-namespaces': 'https://man7.org/linux/man-pages/man7/mount_namespaces.7.html',
  'ipc-namespaces': 'https://man7.org/linux/man-pages/man7/ipc_namespaces.7.html',
  'time-namespaces': 'https://man7.org/linux/man-pages/man7/time_namespaces.7.html',
} as const
export type DocumentationKey = keyof typeof DOCUMENTATION

/** Where the spec puts a process: a namespace of its own, the sandbox's, the node's, or that of a container it targets. */
export type ExpectedPlace = 'own' | 'sandbox' | 'node' | 'target'

export type Reason = {
  type: NamespaceType
  place: ExpectedPlace
  /** One or two sentences for someone who learns this. */
  text: string
  /** The Kubernetes field or circumstance that decides, as a person would write it. */
  field: string
  docs: DocumentationKey
}

const HOST_NETWORK = 'spec.hostNetwork: true'
const NO_HOST_NETWORK = 'spec.hostNetwork not set'

/**
 * Why a container, or the sandbox's pause process, is in the namespace it is in: every explanation there is, one for each
 * type and circumstance. Keys ending in `-pause` speak of the sandbox's own process.
 */
export const REASONS = {
  'net-sandbox': {
    type: 'net',
    place: 'sandbox',
    text: "All containers of a pod join its sandbox's network namespace: one set of addresses, and they reach each other on localhost.",
    field: NO_HOST_NETWORK,
    docs: 'pod-networking',
  },
  'net-pause': {
    type: 'net',
    place: 'sandbox',
    text: 'The runtime (containerd, CRI-O) makes the network namespace of the pod first and keeps it alive with a file (a bind mount); then pause starts in it.',
    field: NO_HOST_NETWORK,
    docs: 'pod-networking',
  },
  'net-host': {
    type: 'net',
    place: 'node',
    text: "The pod asks for the node's network: it has the node's addresses, ports and interfaces.",
    field: HOST_NETWORK,
    docs: 'host-namespaces',
  },
  'ipc-sandbox': {
    type: 'ipc',
    place: 'sandbox',
    text: "All containers of a pod join its sandbox's IPC namespace: they can use each other's message queues, and System V semaphores and shared memory.",
    field: 'spec.hostIPC not set',
    docs: 'ipc-namespaces',
  },
  'ipc-pause': {
    type: 'ipc',
    place: 'sandbox',
    text: 'The pod gets an IPC namespace when its sandbox is made, and the sandbox keeps it alive while containers come and go.',
    field: 'spec.hostIPC not set',
    docs: 'ipc-namespaces',
  },
  'ipc-host': {
    type: 'ipc',
    place: 'node',
    text: "The pod asks for the node's IPC namespace: it can use the message queues and shared memory of the node's own processes.",
    field: 'spec.hostIPC: true',
    docs: 'host-namespaces',
  },
  'uts-sandbox': {
    type: 'uts',
    place: 'sandbox',
    text: "All containers of a pod join its sandbox's UTS namespace, which holds the hostname: in all of them, hostname prints the pod's.",
    field: NO_HOST_NETWORK,
    docs: 'pod-hostname',
  },
  'uts-pause': {
    type: 'uts',
    place: 'sandbox',
    text: "The pod gets a UTS namespace when its sandbox is made, and in it the pod's own hostname.",
    field: NO_HOST_NETWORK,
    docs: 'pod-hostname',
  },
  'uts-host': {
    type: 'uts',
    place: 'node',
    text: "No field asks for the node's hostname; containerd gives the node's UTS namespace to every pod that uses the node's network.",
    field: HOST_NETWORK,
    docs: 'host-namespaces',
  },
  'uts-host-crio': {
    type: 'uts',
    place: 'sandbox',
    text: "CRI-O makes a UTS namespace even for a pod on the node's network and copies the node's name into it: the same hostname, but another namespace.",
    field: HOST_NETWORK,
    docs: 'host-namespaces',
  },
  'pid-own': {
    type: 'pid',
    place: 'own',
    text: 'Each container gets a PID namespace of its own: it sees only its own processes, and its first one is PID 1.',
    field: 'spec.shareProcessNamespace not true',
    docs: 'share-process-namespace',
  },
  'pid-pause': {
    type: 'pid',
    place: 'own',
    text: 'Pause has a PID namespace of its own like any container, because the pod does not share one.',
    field: 'spec.shareProcessNamespace not true',
    docs: 'share-process-namespace',
  },
  'pid-shared': {
    type: 'pid',
    place: 'sandbox',
    text: "The pod shares one PID namespace, the sandbox's: the containers see each other's processes, and PID 1 is pause.",
    field: 'spec.shareProcessNamespace: true',
    docs: 'share-process-namespace',
  },
  'pid-shared-pause': {
    type: 'pid',
    place: 'sandbox',
    text: 'The pod shares one PID namespace and pause is PID 1 in it: it clears away what is left of ended processes (zombies) whose parents are gone.',
    field: 'spec.shareProcessNamespace: true',
    docs: 'share-process-namespace',
  },
  'pid-host': {
    type: 'pid',
    place: 'node',
    text: "The pod asks for the node's PID namespace: it sees every process of the node.",
    field: 'spec.hostPID: true',
    docs: 'host-namespaces',
  },
  'pid-target': {
    type: 'pid',
    place: 'target',
    text: "The ephemeral container joins the PID namespace of the container it targets, to see that container's processes. It joins nothing else of it.",
    field: 'ephemeralContainers[].targetContainerName',
    docs: 'ephemeral-containers',
  },
  'pid-ephemeral': {
    type: 'pid',
    place: 'own',
    text: 'An ephemeral container without a target gets a PID namespace of its own, like any container.',
    field: 'ephemeralContainers[].targetContainerName not set',
    docs: 'ephemeral-containers',
  },
  'mnt-own': {
    type: 'mnt',
    place: 'own',
    text: 'Each container has a mount namespace of its own: the files of its image are its root folder. Nothing in a pod shares it; a volume shares files, not the namespace.',
    field: 'always',
    docs: 'volumes',
  },
  'mnt-pause': {
    type: 'mnt',
    place: 'own',
    text: 'Pause runs from an image of its own, so it has a mount namespace of its own, as every container does.',
    field: 'always',
    docs: 'mount-namespaces',
  },
  'cgroup-own': {
    type: 'cgroup',
    place: 'own',
    text: "On cgroup v2 an unprivileged container gets a cgroup namespace of its own: in it, the container's own cgroup looks like the top one.",
    field: 'cgroup v2, securityContext.privileged not true',
    docs: 'cgroup-namespaces',
  },
  'cgroup-privileged': {
    type: 'cgroup',
    place: 'node',
    text: "A privileged container stays in the node's cgroup namespace. Of the eight types, privileged changes only this one.",
    field: 'securityContext.privileged: true',
    docs: 'privileged',
  },
  'cgroup-v1': {
    type: 'cgroup',
    place: 'node',
    text: "On cgroup v1 containers stay in the node's cgroup namespace; only on v2 do they get their own.",
    field: 'cgroup v1 on the node',
    docs: 'cgroups',
  },
  'cgroup-pause': {
    type: 'cgroup',
    place: 'node',
    text: "The runtime (containerd, CRI-O) gives pause no cgroup namespace of its own: it stays in the node's, on cgroup v2 too.",
    field: 'always',
    docs: 'cgroup-namespaces',
  },
  'user-node': {
    type: 'user',
    place: 'node',
    text: "The pod uses the node's user namespace: root in the container is root on the node, with fewer capabilities unless it is privileged.",
    field: 'spec.hostUsers not false',
    docs: 'user-namespaces',
  },
  'user-pod': {
    type: 'user',
    place: 'sandbox',
    text: 'The pod has a user namespace that all its containers share: root in it is an ordinary user on the node.',
    field: 'spec.hostUsers: false',
    docs: 'user-namespaces',
  },
  'user-pause': {
    type: 'user',
    place: 'sandbox',
    text: 'The pod gets a user namespace with its sandbox, pause included: root in it is an ordinary user on the node.',
    field: 'spec.hostUsers: false',
    docs: 'user-namespaces',
  },
  'time-node': {
    type: 'time',
    place: 'node',
    text: "Neither a pod nor what the kubelet asks of its runtime (CRI) has a field for time namespaces: every container uses the node's.",
    field: 'always',
    docs: 'time-namespaces',
  },
} as const satisfies Record<string, Reason>

export type ReasonKey = keyof typeof REASONS

/** Whether a key, which may come from a file, is one of the table. */
export function isReasonKey(key: string): key is ReasonKey {
  return Object.hasOwn(REASONS, key)
}

/** Address of the page to read on for a reason; null for an unknown key. */
export function documentationOf(key: string): string | null {
  return isReasonKey(key) ? DOCUMENTATION[REASONS[key].docs] : null
}

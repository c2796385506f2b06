import type { ContainerSpec, KubeObject, PodObject } from './kube-object.ts'

export type BuildContainer = {
  name: string
  image?: string
  /** Container id without prefix; absent: the container was not made yet. */
  id?: string
  privileged?: boolean
  [field: string]: unknown
}

export type BuildPod = {
  namespace?: string
  name: string
  uid?: string
  node?: string
  phase?: string
  ip?: string
  labels?: Record<string, string>
  runtime?: string
  containers?: BuildContainer[]
  /** More of the spec: hostNetwork, shareProcessNamespace, … */
  spec?: Record<string, unknown>
}

const STARTED = '2026-11-23T10:40:00Z'

/** A running pod as the API server tells it, from the few facts a test cares about. */
export function buildPod(wanted: BuildPod): PodObject {
  const containers = wanted.containers ?? [{ name: 'main', id: 'a'.repeat(64) }]
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      namespace: wanted.namespace ?? 'default',
      name: wanted.name,
      ...(wanted.uid ? { uid: wanted.uid } : {}),
      ...(wanted.labels ? { labels: wanted.labels } : {}),
    },
    spec: {
      ...wanted.spec,
      ...(wanted.node ? { nodeName: wanted.node } : {}),
      containers: containers.map(containerSpec),
    },
    status: {
      phase: wanted.phase ?? 'Running',
      qosClass: 'BestEffort',
      startTime: STARTED,
      ...(wanted.ip ? { podIP: wanted.ip, podIPs: [{ ip: wanted.ip }] } : {}),
      conditions: [{ type: 'Ready', status: 'True', lastTransitionTime: STARTED }],
      containerStatuses: containers.map((container) => containerStatus(container, wanted.runtime ?? 'containerd')),
    },
  }
}

function containerSpec({ id: _, privileged, ...container }: BuildContainer): ContainerSpec {
  return { image: 'busybox:1.36', ...container, ...(privileged ? { securityContext: { privileged } } : {}) }
}

function containerStatus({ name, image, id }: BuildContainer, runtime: string): object {
  const common = { name, image: image ?? 'busybox:1.36', restartCount: 0, lastState: {} }
  if (id === undefined) return { ...common, ready: false, state: { waiting: { reason: 'ContainerCreating' } } }
  return { ...common, ready: true, containerID: `${runtime}://${id}`, state: { running: { startedAt: STARTED } } }
}

/** A ready node. */
export function buildNode(name: string, runtime = 'containerd://2.1.9', address = '10.0.0.1'): KubeObject {
  return {
    apiVersion: 'v1',
    kind: 'Node',
    metadata: { name, labels: { 'kubernetes.io/hostname': name, 'kubernetes.io/os': 'linux' } },
    spec: {},
    status: {
      addresses: [{ type: 'InternalIP', address }],
      conditions: [{ type: 'Ready', status: 'True', reason: 'KubeletReady', lastTransitionTime: STARTED }],
      nodeInfo: {
        architecture: 'amd64',
        bootID: '57964b5e-d161-44bd-b03e-91cb2e46f195',
        containerRuntimeVersion: runtime,
        kernelVersion: '6.1.0-56-cloud-amd64',
        kubeletVersion: 'v1.36.2',
        operatingSystem: 'linux',
        osImage: 'Debian GNU/Linux 12 (bookworm)',
      },
    },
  }
}

/** An active namespace. */
export function buildNamespace(name: string): KubeObject {
  return {
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: { name, labels: { 'kubernetes.io/metadata.name': name } },
    spec: { finalizers: ['kubernetes'] },
    status: { phase: 'Active' },
  }
}

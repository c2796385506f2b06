import type { NamespaceType } from '../model/namespace-type.ts'
import type { NodeScan, ScannedProcess } from '../model/node-scan.ts'
import type { NodeFacts, Pod, PodContainer } from '../model/pod.ts'

/** Small real-looking values for the tests of this package. */

export const UID = '697a076d-3051-4e1a-8627-4cd5ffe8a034'

/** A container id: 64 digits that begin with the given ones. */
export function containerId(digits: string): string {
  return digits.padEnd(64, '0')
}

/** A line of /proc/PID/cgroup as the systemd driver makes it. */
export function cgroupLine(id: string, uid = UID): string {
  return `0::/kubepods.slice/kubepods-pod${uid.replaceAll('-', '_')}.slice/cri-containerd-${id}.scope`
}

export function container(name: string, more: Partial<PodContainer> = {}): PodContainer {
  return {
    name,
    kind: 'app',
    image: 'nginx:1.27',
    id: null,
    state: { kind: 'running', startedAt: null },
    ready: true,
    restartCount: 0,
    privileged: false,
    targetContainerName: null,
    ...more,
  }
}

export function pod(containers: PodContainer[], more: Partial<Pod> = {}): Pod {
  return {
    namespace: 'default',
    name: 'web',
    uid: UID,
    configHash: null,
    nodeName: 'node1',
    phase: 'Running',
    status: 'Running',
    reason: null,
    podIPs: ['10.244.1.2'],
    hostname: 'web',
    createdAt: null,
    deletedAt: null,
    hostNetwork: false,
    hostPID: false,
    hostIPC: false,
    hostUsers: null,
    shareProcessNamespace: false,
    runtimeClassName: null,
    windows: false,
    containers,
    ...more,
  }
}

/** Inodes of the node's own namespaces. */
export const NODE_NAMESPACES: Record<NamespaceType, number> = {
  cgroup: 4026531835,
  ipc: 4026531839,
  mnt: 4026531841,
  net: 4026531840,
  pid: 4026531836,
  time: 4026531834,
  user: 4026531837,
  uts: 4026531838,
}

/** A process in the node's namespaces but for those given. */
export function process(pid: number, more: Partial<ScannedProcess> = {}): ScannedProcess {
  return {
    pid,
    ppid: 1,
    starttime: pid,
    state: 'S',
    uid: 0,
    nspid: [pid],
    comm: `p${pid}`,
    argv: [`/bin/p${pid}`],
    kernelThread: false,
    cgroup: ['0::/system.slice/x.service'],
    ...more,
    ns: { ...NODE_NAMESPACES, ...more.ns },
  }
}

export function scan(processes: ScannedProcess[], more: Partial<NodeScan> = {}): NodeScan {
  return {
    hostname: 'node1',
    bootId: null,
    kernel: null,
    uptime: 1000,
    cgroupVersion: 'v2',
    nsfsDevice: 4,
    processes,
    pins: [],
    gaps: [],
    types: ['cgroup', 'ipc', 'mnt', 'net', 'pid', 'time', 'user', 'uts'],
    ...more,
  }
}

export function node(more: Partial<NodeFacts> = {}): NodeFacts {
  return {
    name: 'node1',
    runtime: 'containerd',
    runtimeVersion: '2.1.9',
    kubeletVersion: 'v1.36.2',
    kernel: '6.1.0',
    os: 'linux',
    osImage: 'Debian',
    ready: true,
    ...more,
  }
}

export const CONTEXT = { at: '2026-11-23T11:00:00Z', cluster: { name: null, version: null }, node: node() }

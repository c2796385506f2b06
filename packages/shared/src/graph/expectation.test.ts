import { describe, expect, it } from 'vitest'
import { NAMESPACE_TYPES, type NamespaceType } from '../model/namespace-type.ts'
import type { Pod, PodContainer } from '../model/pod.ts'
import { container, pod } from '../test/domain-builders.ts'
import { type ExpectationContext, expectNamespace } from './expectation.ts'
import { DOCUMENTATION, REASONS, reasonOf } from './reasons.ts'

type Places = Record<NamespaceType, string | null>
const SHARED: Places = {
  cgroup: 'own',
  ipc: 'sandbox',
  mnt: 'own',
  net: 'sandbox',
  pid: 'own',
  time: 'node',
  user: 'node',
  uts: 'sandbox',
}

const V2 = { runtime: 'containerd', cgroupVersion: 'v2' } as const
const CRIO = { ...V2, runtime: 'cri-o' } as const
const V1 = { ...V2, cgroupVersion: 'v1' } as const
const UNKNOWN = { runtime: null, cgroupVersion: null }

function places(of: PodContainer | null, more: Partial<Pod>, node: Omit<ExpectationContext, 'pod'>): Places {
  const context = { pod: pod([], more), ...node }
  return Object.fromEntries(
    NAMESPACE_TYPES.map((type) => [type, expectNamespace(of, type, context)?.place ?? null]),
  ) as Places
}

describe('expectNamespace', () => {
  const app = container('app')
  const debug = (targetContainerName: string | null) => container('debug', { kind: 'ephemeral', targetContainerName })
  const all = { hostNetwork: true, hostPID: true, hostIPC: true }

  it.each<[string, PodContainer | null, Partial<Pod>, Omit<ExpectationContext, 'pod'>, Partial<Places>]>([
    ['a container', app, {}, V2, {}],
    ['a sidecar', container('s', { kind: 'sidecar' }), {}, V2, {}],
    ['an init container', container('i', { kind: 'init' }), {}, V2, {}],
    ['a container on cgroup v1', app, {}, V1, { cgroup: 'node' }],
    ['a privileged container', container('p', { privileged: true }), {}, V2, { cgroup: 'node' }],
    ['pause', null, {}, V2, { cgroup: 'node' }],
    ['hostNetwork, containerd', app, { hostNetwork: true }, V2, { net: 'node', uts: 'node' }],
    ['hostNetwork, CRI-O', app, { hostNetwork: true }, CRIO, { net: 'node' }],
    ['hostNetwork, docker', app, { hostNetwork: true }, { ...V2, runtime: 'docker' }, { net: 'node', uts: null }],
    ['hostPID', app, { hostPID: true }, V2, { pid: 'node' }],
    ['hostIPC', app, { hostIPC: true }, V2, { ipc: 'node' }],
    ['all three', app, all, V2, { net: 'node', uts: 'node', pid: 'node', ipc: 'node' }],
    ['pause with all three', null, all, V2, { net: 'node', uts: 'node', pid: 'node', ipc: 'node', cgroup: 'node' }],
    ['shareProcessNamespace', app, { shareProcessNamespace: true }, V2, { pid: 'sandbox' }],
    ['pause with shareProcessNamespace', null, { shareProcessNamespace: true }, V2, { pid: 'sandbox', cgroup: 'node' }],
    ['hostUsers: false', app, { hostUsers: false }, V2, { user: 'sandbox' }],
    ['hostUsers: true', app, { hostUsers: true }, V2, {}],
    ['an ephemeral container with target', debug('app'), {}, V2, { pid: 'target' }],
    ['an ephemeral container without', debug(null), {}, V2, {}],
    ['a target in a pod that shares', debug('app'), { shareProcessNamespace: true }, V2, { pid: 'sandbox' }],
    ['a target in a pod with hostPID', debug('app'), { hostPID: true }, V2, { pid: 'node' }],
    ['an unknown node', app, {}, UNKNOWN, { uts: null, cgroup: null }],
    ['privileged on an unknown node', container('p', { privileged: true }), {}, UNKNOWN, { uts: null, cgroup: 'node' }],
  ])('%s', (_name, of, more, node, differences) => {
    expect(places(of, more, node)).toEqual({ ...SHARED, ...differences })
  })
})

describe('the reasons', () => {
  it('are those of their type, in words, with a page to read on', () => {
    for (const [key, reason] of Object.entries(REASONS)) {
      expect(key.startsWith(`${reason.type}-`)).toBe(true)
      expect(reason.text).toMatch(/\.$/)
      expect(DOCUMENTATION[reason.docs]).toMatch(/^https:\/\/[a-z0-9.]+\//)
    }
  })

  it('are none for a key from a file that is not known', () => {
    expect(reasonOf('net-host')?.place).toBe('node')
    expect(reasonOf('toString')).toBeNull()
  })
})

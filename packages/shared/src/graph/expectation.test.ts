import { describe, expect, it } from 'vitest'
import { NAMESPACE_TYPES, type NamespaceType } from '../model/namespace-type.ts'
import { CONTAINER_KINDS, type Pod, type PodContainer } from '../model/pod.ts'
import { container, pod } from '../test/domain-builders.ts'
import { type ExpectationContext, expectNamespace } from './expectation.ts'
import type { Expectation } from './graph-types.ts'
import { DOCUMENTATION, documentationOf, isReasonKey, REASONS } from './reasons.ts'

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
const DOCKER = { ...V2, runtime: 'docker' } as const
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
    ['hostNetwork, docker', app, { hostNetwork: true }, DOCKER, { net: 'node', uts: null }],
    ['a privileged container, docker', container('p', { privileged: true }), {}, DOCKER, { uts: null, cgroup: null }],
    ['pause, docker', null, {}, DOCKER, { uts: null, cgroup: null }],
    ['pause, docker on cgroup v1', null, {}, { ...DOCKER, cgroupVersion: 'v1' }, { uts: null, cgroup: 'node' }],
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
    ['privileged on an unknown node', container('p', { privileged: true }), {}, UNKNOWN, { uts: null, cgroup: null }],
  ])('%s', (_name, of, more, node, differences) => {
    expect(places(of, more, node)).toEqual({ ...SHARED, ...differences })
  })
})

/** Every pod, container and node that the rules tell apart. */
function everyExpectation(): (Expectation | null)[] {
  const flags = [false, true]
  const subjects = [
    null,
    ...CONTAINER_KINDS.flatMap((kind) =>
      flags.flatMap((privileged) =>
        [null, 'app'].map((targetContainerName) => container('c', { kind, privileged, targetContainerName })),
      ),
    ),
  ]
  const pods = flags.flatMap((hostNetwork) =>
    flags.flatMap((hostPID) =>
      flags.flatMap((hostIPC) =>
        flags.flatMap((shareProcessNamespace) =>
          [null, ...flags].map((hostUsers) =>
            pod([], { hostNetwork, hostPID, hostIPC, shareProcessNamespace, hostUsers }),
          ),
        ),
      ),
    ),
  )
  const nodes = [V2, V1, CRIO, { ...V2, runtime: 'docker' }, UNKNOWN]
  return pods.flatMap((of) =>
    nodes.flatMap((node) =>
      subjects.flatMap((subject) =>
        NAMESPACE_TYPES.map((type) => expectNamespace(subject, type, { pod: of, ...node })),
      ),
    ),
  )
}

describe('the reasons', () => {
  const given = new Map(everyExpectation().map((one) => [one?.reason, one]))

  it('are there for every expectation, with the field that decides and a page to read on', () => {
    for (const [key, expectation] of given) {
      if (key === undefined || !expectation) continue
      const reason = isReasonKey(key) ? REASONS[key] : null
      expect(reason, key).toMatchObject({ place: expectation.place, field: expectation.field })
      expect(reason?.field).not.toBe('')
      expect(documentationOf(key)).toMatch(/^https:\/\/(kubernetes\.io\/docs|man7\.org\/linux\/man-pages)\/[\w./#-]+$/)
    }
  })

  it('are all given for something, and no page is left over', () => {
    expect([...given.keys()].filter((key) => key !== undefined).sort()).toEqual(Object.keys(REASONS).sort())
    const pages = new Set(Object.values(REASONS).map(({ docs }) => docs))
    expect([...pages].sort()).toEqual(Object.keys(DOCUMENTATION).sort())
  })

  it('are those of their type, in whole sentences', () => {
    for (const [key, reason] of Object.entries(REASONS)) {
      expect(key.startsWith(`${reason.type}-`)).toBe(true)
      expect(reason.text).toMatch(/^[A-Z].*\.$/)
    }
  })

  it('are none for a key from a file that is not known', () => {
    expect(isReasonKey('net-host')).toBe(true)
    expect(isReasonKey('toString')).toBe(false)
    expect(documentationOf('toString')).toBeNull()
  })
})

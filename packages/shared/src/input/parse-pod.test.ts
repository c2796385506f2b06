import { describe, expect, it } from 'vitest'
import { KubeObjectError } from './kube-object-error.ts'
import { parseNode, parsePod, summarizePod } from './parse-pod.ts'

const running = { state: { running: { startedAt: '2026-01-01T00:00:00Z' } }, ready: true, restartCount: 0 }
const waiting = (reason?: string) => ({ state: { waiting: { reason } }, ready: false, restartCount: 0 })
const ended = (exitCode: number, reason?: string, signal?: number) => ({
  state: { terminated: { exitCode, reason, signal } },
  ready: false,
  restartCount: 2,
})
const named = (statuses: object[]) => statuses.map((status, index) => ({ name: `c${index}`, ...status }))

type Shape = {
  phase?: string
  reason?: string
  init?: object[]
  /** Indexes of init containers that stay. */
  sidecars?: number[]
  app?: object[]
  conditions?: [type: string, status: string, reason?: string][]
  deleted?: boolean
}

function podOf({
  phase = 'Running',
  reason,
  init = [],
  sidecars = [],
  app = [running],
  conditions = [],
  deleted,
}: Shape) {
  return {
    metadata: { name: 'web', uid: 'u', ...(deleted ? { deletionTimestamp: '2026-01-01T00:00:00Z' } : {}) },
    spec: {
      initContainers: init.map((_, at) => ({
        name: `c${at}`,
        ...(sidecars.includes(at) ? { restartPolicy: 'Always' } : {}),
      })),
      containers: app.map((_, at) => ({ name: `c${at}` })),
    },
    status: {
      phase,
      reason,
      conditions: conditions.map(([type, status, why]) => ({ type, status, reason: why })),
      initContainerStatuses: named(init),
      containerStatuses: named(app),
    },
  }
}

describe('STATUS as kubectl get pods prints it', () => {
  it.each<[string, Shape, string]>([
    ['runs', {}, 'Running'],
    ['waits to be scheduled', { phase: 'Pending', app: [] }, 'Pending'],
    [
      'gated',
      { phase: 'Pending', app: [], conditions: [['PodScheduled', 'False', 'SchedulingGated']] },
      'SchedulingGated',
    ],
    ['is created', { phase: 'Pending', app: [waiting('ContainerCreating')] }, 'ContainerCreating'],
    ['image', { phase: 'Pending', app: [running, waiting('ImagePullBackOff')] }, 'ImagePullBackOff'],
    ['the first of two reasons', { app: [waiting('CrashLoopBackOff'), waiting('ErrImagePull')] }, 'CrashLoopBackOff'],
    ['finished', { phase: 'Succeeded', app: [ended(0, 'Completed')] }, 'Completed'],
    ['failed', { phase: 'Failed', app: [ended(1, 'Error')] }, 'Error'],
    ['ended without reason', { phase: 'Failed', app: [ended(3)] }, 'ExitCode:3'],
    ['killed without reason', { phase: 'Failed', app: [ended(137, undefined, 9)] }, 'Signal:9'],
    ['evicted', { phase: 'Failed', reason: 'Evicted', app: [] }, 'Evicted'],
    ['one done, one ready', { app: [ended(0, 'Completed'), running], conditions: [['Ready', 'True']] }, 'Running'],
    ['one done, pod not ready', { app: [ended(0, 'Completed'), running] }, 'NotReady'],
    [
      'first init',
      { phase: 'Pending', init: [running, waiting('PodInitializing')], app: [waiting('PodInitializing')] },
      'Init:0/2',
    ],
    [
      'second init',
      {
        phase: 'Pending',
        init: [ended(0, 'Completed'), waiting('PodInitializing')],
        app: [waiting('PodInitializing')],
      },
      'Init:1/2',
    ],
    [
      'init done, apps not made',
      { phase: 'Pending', init: [ended(0, 'Completed')], app: [waiting('PodInitializing')] },
      'PodInitializing',
    ],
    ['init fails', { phase: 'Pending', init: [ended(1, 'Error')], app: [waiting('PodInitializing')] }, 'Init:Error'],
    ['init killed', { phase: 'Pending', init: [ended(137, undefined, 9)], app: [waiting()] }, 'Init:Signal:9'],
    ['init ends without reason', { phase: 'Pending', init: [ended(2)], app: [waiting()] }, 'Init:ExitCode:2'],
    [
      'init crashes',
      { phase: 'Pending', init: [waiting('CrashLoopBackOff')], app: [waiting('PodInitializing')] },
      'Init:CrashLoopBackOff',
    ],
    [
      'sidecar not started',
      { phase: 'Pending', sidecars: [0], init: [{ ...running, started: false }], app: [waiting('PodInitializing')] },
      'Init:0/1',
    ],
    ['sidecar started', { sidecars: [0], init: [{ ...running, started: true }] }, 'Running'],
    [
      'sidecar fails after start of the pod',
      { sidecars: [0], init: [ended(1, 'Error')], conditions: [['Initialized', 'True']] },
      'Init:Error',
    ],
    [
      'sidecar waits, apps crash',
      {
        sidecars: [0],
        init: [waiting('CrashLoopBackOff')],
        app: [waiting('ErrImagePull')],
        conditions: [['Initialized', 'True']],
      },
      'ErrImagePull',
    ],
    [
      'sidecar started, then ended: it comes again',
      { sidecars: [0], init: [{ ...ended(1, 'Error'), started: true }] },
      'Running',
    ],
    [
      'an init container runs again after start of the pod, apps run',
      { init: [running], conditions: [['Initialized', 'True']] },
      'Init:0/1',
    ],
    ['init done at exit 0, whatever the reason says', { init: [ended(0, 'Error')] }, 'Running'],
    ['init waits without a reason', { phase: 'Pending', init: [waiting()], app: [waiting()] }, 'Init:0/1'],
    [
      'all init containers are counted, sidecars too',
      { phase: 'Pending', sidecars: [0], app: [waiting()], init: [{ ...running, started: true }, running] },
      'Init:1/2',
    ],
    ['waits without a reason', { phase: 'Pending', app: [waiting()] }, 'Pending'],
    [
      'the order of containers decides, not what they tell',
      { phase: 'Failed', app: [ended(0, 'Completed'), ended(1, 'Error')] },
      'Completed',
    ],
    ['one killed, one runs', { app: [ended(137, 'OOMKilled'), running], conditions: [['Ready', 'True']] }, 'OOMKilled'],
    [
      'one done, the other runs but is not ready',
      { app: [ended(0, 'Completed'), { ...running, ready: false }] },
      'Completed',
    ],
    ['evicted, its containers told apart', { phase: 'Failed', reason: 'Evicted', app: [ended(137, 'Error')] }, 'Error'],
    ['refused by the kubelet', { phase: 'Failed', reason: 'OutOfcpu', app: [] }, 'OutOfcpu'],
    ['node lost, not deleted', { reason: 'NodeLost' }, 'NodeLost'],
    ['phase not known', { phase: 'Unknown', app: [] }, 'Unknown'],
    [
      'gated goes before a reason of the pod, a container before both',
      { phase: 'Pending', reason: 'Odd', app: [], conditions: [['PodScheduled', 'False', 'SchedulingGated']] },
      'SchedulingGated',
    ],
    ['goes', { deleted: true }, 'Terminating'],
    ['goes while it starts', { deleted: true, phase: 'Pending', init: [running], app: [waiting()] }, 'Terminating'],
    ['goes, failed', { deleted: true, phase: 'Failed', app: [ended(1, 'Error')] }, 'Error'],
    ['goes, node lost', { deleted: true, reason: 'NodeLost' }, 'Unknown'],
    ['gone but kept by a finalizer', { deleted: true, phase: 'Succeeded', app: [ended(0, 'Completed')] }, 'Completed'],
  ])('%s', (_name, shape, expected) => {
    expect(parsePod(podOf(shape)).status).toBe(expected)
  })
})

describe('parsePod', () => {
  it('takes a pod that has nothing but its name and uid', () => {
    expect(parsePod({ metadata: { name: 'web', uid: 'u' }, spec: { containers: null } })).toMatchObject({
      namespace: 'default',
      phase: 'Unknown',
      status: 'Unknown',
      hostUsers: null,
      podIPs: [],
      containers: [],
    })
  })

  it('knows a container by its bare id, and by that of its life before', () => {
    const [container] = parsePod(
      podOf({
        app: [
          {
            ...waiting('CrashLoopBackOff'),
            containerID: 'containerd://new',
            lastState: { terminated: { exitCode: 3, containerID: 'containerd://old' } },
          },
        ],
      }),
    ).containers
    expect(container).toMatchObject({
      id: 'new',
      previousId: 'old',
      state: { kind: 'waiting', reason: 'CrashLoopBackOff' },
      lastExit: { reason: null, exitCode: 3, finishedAt: null },
    })
  })

  it('orders init containers, containers and ephemeral ones, with sidecars told apart', () => {
    const raw = podOf({ init: [ended(0), { ...running, started: true }], sidecars: [1] })
    const spec = { ...raw.spec, ephemeralContainers: [{ name: 'debug', targetContainerName: 'c0' }] }
    const { containers } = parsePod({ ...raw, spec })
    expect(containers.map(({ kind, state }) => [kind, state.kind])).toEqual([
      ['init', 'terminated'],
      ['sidecar', 'running'],
      ['app', 'running'],
      ['ephemeral', 'unknown'],
    ])
    expect(containers.at(-1)?.targetContainerName).toBe('c0')
  })

  it.each([
    ['the name', {}, 'web'],
    ['its own', { hostname: 'front' }, 'front'],
    ['overridden', { hostname: 'front', hostnameOverride: 'front.example.org' }, 'front.example.org'],
    ["in the cluster's domain, which is not known", { subdomain: 'sub', setHostnameAsFQDN: true }, ''],
    ['in no domain', { setHostnameAsFQDN: true }, 'web'],
    ['with a domain that it does not hold', { subdomain: 'sub' }, 'web'],
  ])('has the hostname: %s', (_name, spec, expected) => {
    const raw = podOf({})
    expect(parsePod({ ...raw, spec: { ...raw.spec, ...spec } }).hostname).toBe(expected)
  })

  it('cuts a long name to a hostname as the kubelet does', () => {
    const raw = podOf({})
    const name = `${'a'.repeat(61)}-.bcd`
    expect(parsePod({ ...raw, metadata: { name, uid: 'u' } }).hostname).toBe('a'.repeat(61))
  })

  it('believes a config hash only of a static pod', () => {
    const raw = podOf({})
    const hashOf = (annotations: Record<string, string>) =>
      parsePod({ ...raw, metadata: { ...raw.metadata, annotations } }).configHash
    const hash = { 'kubernetes.io/config.hash': 'abc' }
    expect(hashOf({ ...hash, 'kubernetes.io/config.mirror': 'abc', 'kubernetes.io/config.source': 'file' })).toBe('abc')
    expect(hashOf({ ...hash, 'kubernetes.io/config.source': 'api' })).toBeNull()
    expect(hashOf(hash)).toBeNull()
  })

  it.each([
    [null, 'wrong-kind', 'Expected a Pod, got nothing.'],
    ['text', 'wrong-kind', 'Expected a Pod, got a string.'],
    [[], 'wrong-kind', 'Expected a Pod, got an array.'],
    [{ kind: 'Service' }, 'wrong-kind', 'Expected a Pod, got kind Service.'],
    [
      { kind: 'Pod', metadata: { name: 'x' }, spec: {} },
      'malformed',
      'This Pod cannot be read: metadata.uid: Invalid input: expected string, received undefined.',
    ],
    [
      { metadata: { name: 'x', uid: 'u' }, spec: { hostPID: 'yes' } },
      'malformed',
      'This Pod cannot be read: spec.hostPID: Invalid input: expected boolean, received string.',
    ],
  ])('refuses %j', (value, code, message) => {
    const error = thrownBy(() => parsePod(value))
    expect(error.code).toBe(code)
    expect(error.message).toContain(message)
    expect(error.next).not.toBe('')
  })
})

describe('summarizePod', () => {
  it('counts as READY and RESTARTS do: sidecars with the containers, finished init containers not', () => {
    const sidecar = { ...running, started: true, restartCount: 3 }
    const pod = parsePod(
      podOf({ init: [ended(0, 'Completed'), sidecar], sidecars: [1], app: [running, waiting('ErrImagePull')] }),
    )
    expect(summarizePod(pod)).toMatchObject({ ready: 2, containers: 3, restarts: 3, status: 'ErrImagePull' })
  })

  it('counts the restarts of init containers while they run', () => {
    const pod = parsePod(podOf({ phase: 'Pending', init: [ended(1, 'Error')], app: [waiting('PodInitializing')] }))
    expect(summarizePod(pod)).toMatchObject({ ready: 0, containers: 1, restarts: 2, status: 'Init:Error' })
  })

  it('counts the restarts of containers when a sidecar fails after they have been started', () => {
    const shape = {
      sidecars: [1],
      init: [ended(0, 'Completed'), ended(1, 'Error')],
      app: [{ ...running, restartCount: 5 }],
    }
    const pod = parsePod(podOf({ ...shape, conditions: [['Initialized', 'True']] }))
    expect(summarizePod(pod)).toMatchObject({ ready: 1, containers: 2, restarts: 7, status: 'Init:Error' })
  })
})

describe('parseNode', () => {
  it('tells runtime and version apart', () => {
    const nodeInfo = { containerRuntimeVersion: 'cri-o://1.37.0', kubeletVersion: 'v1.36.2' }
    const conditions = [{ type: 'Ready', status: 'False' }]
    expect(parseNode({ kind: 'Node', metadata: { name: 'n' }, status: { nodeInfo, conditions } })).toEqual({
      name: 'n',
      runtime: 'cri-o',
      runtimeVersion: '1.37.0',
      kubeletVersion: 'v1.36.2',
      kernel: null,
      os: null,
      osImage: null,
      ready: false,
    })
  })

  it('takes a node that tells nothing of itself, and refuses a pod', () => {
    expect(parseNode({ metadata: { name: 'n' } })).toMatchObject({ runtime: null, ready: null })
    expect(thrownBy(() => parseNode({ kind: 'Pod' })).message).toBe('Expected a Node, got kind Pod.')
  })
})

function thrownBy(action: () => unknown): KubeObjectError {
  try {
    action()
  } catch (error) {
    if (error instanceof KubeObjectError) return error
    throw error
  }
  throw new Error('Nothing was thrown.')
}

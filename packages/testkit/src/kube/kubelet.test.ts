import { afterAll, beforeEach, expect, test } from 'vitest'
import { buildNode } from './build-pod.ts'
import { startCluster } from './cluster.ts'
import { call, until } from './test-client.ts'

const cluster = await startCluster({ startMs: 5 })
cluster.upsertNode(buildNode('node1'))
cluster.upsertNode(buildNode('node2', 'cri-o://1.37.0', '10.0.0.2'))
beforeEach(() => cluster.clearFaults())
afterAll(() => cluster.close())

async function create(name: string, spec: object = { nodeName: 'node1' }): Promise<void> {
  const containers = [{ name: 'helper', image: 'busybox:1.36' }]
  const json = { apiVersion: 'v1', kind: 'Pod', metadata: { name }, spec: { containers, ...spec } }
  expect((await call(cluster, '/api/v1/namespaces/default/pods', { method: 'POST', json })).status).toBe(201)
}

const status = (name: string) => cluster.getPod('default', name)?.status

test('a pod becomes ready on its node, with the id its runtime gives', async () => {
  await create('ready', { nodeName: 'node2' })
  await until(() => status('ready')?.phase === 'Running')
  expect(status('ready')).toMatchObject({
    hostIP: '10.0.0.2',
    containerStatuses: [{ ready: true, containerID: expect.stringMatching(/^cri-o:\/\/[0-9a-f]{64}$/) }],
    conditions: expect.arrayContaining([expect.objectContaining({ type: 'Ready', status: 'True' })]),
  })
})

test.each([
  ['nodeSelector', { nodeSelector: { 'kubernetes.io/hostname': 'node2' } }],
  [
    'node affinity',
    {
      affinity: {
        nodeAffinity: {
          requiredDuringSchedulingIgnoredDuringExecution: {
            nodeSelectorTerms: [{ matchFields: [{ key: 'metadata.name', operator: 'In', values: ['node2'] }] }],
          },
        },
      },
    },
  ],
])('a pod goes where its %s says', async (how, spec) => {
  const name = `by-${how.toLowerCase().replace(' ', '-')}`
  await create(name, spec)
  await until(() => status(name)?.phase === 'Running')
  expect(cluster.getPod('default', name)?.spec.nodeName).toBe('node2')
})

test('a pod that fits no node stays Pending and says so', async () => {
  await create('nowhere', { nodeSelector: { gpu: 'yes' } })
  await until(() => status('nowhere')?.conditions)
  expect(status('nowhere')).toMatchObject({
    phase: 'Pending',
    conditions: [{ type: 'PodScheduled', reason: 'Unschedulable' }],
  })
})

test.each([
  ['image-error', { phase: 'Pending', containerStatuses: [{ state: { waiting: { reason: 'ImagePullBackOff' } } }] }],
  ['apparmor', { phase: 'Failed', reason: 'AppArmor', message: expect.stringContaining('Cannot enforce AppArmor') }],
  ['unschedulable', { phase: 'Pending', conditions: [{ reason: 'Unschedulable' }] }],
  ['crash', { containerStatuses: [{ restartCount: 1, state: { waiting: { reason: 'CrashLoopBackOff' } } }] }],
  ['evicted', { phase: 'Failed', reason: 'Evicted' }],
] as const)('%s', async (kind, expected) => {
  cluster.fault({ on: 'start', kind, node: 'node1', times: 1 })
  await create(kind)
  await expect.poll(() => status(kind), { interval: 5 }).toMatchObject(expected)
})

test('a pod that never starts stays as it was made', async () => {
  cluster.fault({ on: 'start', kind: 'never', times: 1 })
  await create('never')
  await create('later')
  await until(() => status('later')?.phase === 'Running')
  expect(status('never')).toEqual({ phase: 'Pending', qosClass: 'BestEffort' })
})

test('Pod Security refuses at creation', async () => {
  cluster.fault({ on: 'create', kind: 'pod-security', resource: 'pods', times: 1 })
  const json = {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'x' },
    spec: { containers: [{ name: 'a', image: 'b' }] },
  }
  const response = await call(cluster, '/api/v1/namespaces/default/pods', { method: 'POST', json })
  const message = expect.stringMatching(/^pods "x" is forbidden: violates PodSecurity "restricted:latest": /)
  expect(await response.json()).toMatchObject({ code: 403, message })
})

test('activeDeadlineSeconds ends a pod', async () => {
  await create('short', { nodeName: 'node1', activeDeadlineSeconds: 0 })
  await until(() => status('short')?.reason === 'DeadlineExceeded')
  expect(status('short')?.phase).toBe('Failed')
})

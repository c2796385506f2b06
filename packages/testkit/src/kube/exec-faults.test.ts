import { afterAll, beforeEach, expect, test } from 'vitest'
import { buildNode, buildPod } from './build-pod.ts'
import { startCluster } from './cluster.ts'
import { exec, execPath, gather, openExec, refusedExec, until } from './test-client.ts'

const cluster = await startCluster()
cluster.upsertNode(buildNode('node1'))
cluster.upsertPod(buildPod({ name: 'helper', node: 'node1' }))
beforeEach(() => cluster.clearFaults())
afterAll(() => cluster.close())

const HELPER = 'default/helper'
const COUNT = ['sh', '-c', 'for i in 1 2 3 4 5 6 7 8 9; do echo $i; done']
const COUNTED = '1\n2\n3\n4\n5\n6\n7\n8\n9\n'
const success = { metadata: {}, status: 'Success' }

test.each([
  ['kubelet-down', 500, 'error dialing backend: dial tcp 10.0.0.1:10250: connect: connection refused'],
  [
    'forbidden',
    403,
    'pods "helper" is forbidden: User "admin" cannot get resource "pods/exec" in API group "" in the namespace "default"',
  ],
  ['not-found', 404, 'pods "helper" not found'],
  ['internal', 500, 'Internal error occurred: etcdserver: request timed out'],
] as const)('%s at the upgrade', async (kind, code, message) => {
  cluster.fault({ on: 'exec', kind, times: 1 })
  const refused = await refusedExec(cluster, execPath(HELPER, COUNT))
  expect(refused.code).toBe(code)
  expect(JSON.parse(refused.body)).toMatchObject({ kind: 'Status', status: 'Failure', message })
})

test('a fault strikes as often as it says, on the node it says', async () => {
  cluster.fault({ on: 'exec', kind: 'no-status', times: 2, node: 'node1' })
  cluster.fault({ on: 'exec', kind: 'internal', node: 'another' })
  const statuses = []
  for (let run = 0; run < 3; run++) statuses.push((await exec(cluster, HELPER, COUNT)).status)
  expect(statuses).toEqual([null, null, success])
})

test('a fault can be taken back', async () => {
  const takeBack = cluster.fault({ on: 'exec', kind: 'no-status' })
  expect((await exec(cluster, HELPER, COUNT)).status).toBeNull()
  takeBack()
  expect((await exec(cluster, HELPER, COUNT)).status).toEqual(success)
})

test('a fault that does not exist is refused', () => {
  expect(() => cluster.fault({ on: 'watch', kind: 'cut' } as never)).toThrow('There is no fault "cut" on "watch"')
})

test('no-status: all data, a proper close, no status', async () => {
  cluster.fault({ on: 'exec', kind: 'no-status' })
  expect(await exec(cluster, HELPER, COUNT)).toMatchObject({ stdout: COUNTED, status: null, closeCode: 1000 })
})

test('cut: the tail is lost, success is reported', async () => {
  cluster.fault({ on: 'exec', kind: 'cut', bytes: 4 })
  expect(await exec(cluster, HELPER, COUNT)).toMatchObject({ stdout: COUNTED.slice(0, -4), status: success })
})

test('drop: the connection is lost after so many bytes', async () => {
  cluster.fault({ on: 'exec', kind: 'drop', after: 5 })
  expect(await exec(cluster, HELPER, COUNT)).toMatchObject({
    stdout: COUNTED.slice(0, 5),
    status: null,
    closeCode: 1006,
  })
})

test('kubelet-down-status: the upgrade succeeds, the status tells', async () => {
  cluster.fault({ on: 'exec', kind: 'kubelet-down-status' })
  const { stdout, status } = await exec(cluster, HELPER, COUNT)
  expect(stdout).toBe('')
  expect(status).toMatchObject({
    status: 'Failure',
    reason: 'InternalError',
    message: expect.stringContaining('connection refused'),
  })
})

test('v4-only', async () => {
  cluster.fault({ on: 'exec', kind: 'v4-only' })
  expect(await exec(cluster, HELPER, COUNT)).toMatchObject({
    protocol: 'v4.channel.k8s.io',
    stdout: COUNTED,
    status: success,
  })
})

test('noise: unknown channels, text and empty frames among right data', async () => {
  cluster.fault({ on: 'exec', kind: 'noise' })
  const answer = await exec(cluster, HELPER, COUNT)
  expect(answer).toMatchObject({ stdout: COUNTED, status: success })
  expect(answer.frames.map(({ channel }) => channel)).toEqual(expect.arrayContaining([7, -1]))
})

test.each(['bad-status', 'garbage'] as const)('%s: the status is not JSON', async (kind) => {
  cluster.fault({ on: 'exec', kind })
  const answer = await exec(cluster, HELPER, COUNT)
  expect(answer).toMatchObject({ stdout: COUNTED, status: null, closeCode: 1000 })
  expect(answer.frames.some(({ channel }) => channel === 3)).toBe(true)
})

test('slow: the bytes trickle', async () => {
  cluster.fault({ on: 'exec', kind: 'slow', bytes: 1, delayMs: 1 })
  const answer = await exec(cluster, HELPER, COUNT)
  expect(answer).toMatchObject({ stdout: COUNTED, status: success })
  expect(Math.max(...answer.frames.filter(({ channel }) => channel === 1).map(({ bytes }) => bytes.length))).toBe(1)
})

test('close-frame: the end of stdout is announced before its data', async () => {
  cluster.fault({ on: 'exec', kind: 'close-frame' })
  const answer = await exec(cluster, HELPER, COUNT)
  expect(answer).toMatchObject({ stdout: COUNTED, status: success })
  expect(answer.frames.find(({ channel }) => channel === 255)?.bytes).toEqual(Buffer.of(1))
})

test('huge: as many bytes as asked for', async () => {
  cluster.fault({ on: 'exec', kind: 'huge', bytes: 3_000_001 })
  const { stdout, status } = await exec(cluster, HELPER, COUNT)
  expect(stdout.length).toBe(3_000_001)
  expect(status).toEqual(success)
})

test('killed: exit code 137', async () => {
  cluster.fault({ on: 'exec', kind: 'killed' })
  const { status } = await exec(cluster, HELPER, ['sh', '-c', 'echo begin; sleep 1000'])
  expect(status?.details?.causes).toEqual([{ reason: 'ExitCode', message: '137' }])
})

test('hang: nothing comes and nothing runs, pings are answered', async () => {
  cluster.fault({ on: 'exec', kind: 'hang' })
  const socket = openExec(cluster, execPath(HELPER, COUNT))
  const answer = gather(socket)
  await new Promise((resolve) => socket.once('open', resolve))
  const pong = new Promise((resolve) => socket.once('pong', resolve))
  socket.ping()
  await pong
  expect(cluster.running()).toEqual([])
  socket.terminate()
  expect(await answer).toMatchObject({ stdout: '', status: null })
})

test.each([
  ['from the start', () => void cluster.fault({ on: 'exec', kind: 'half-open', times: 1 })],
  ['midway', () => undefined],
])('half-open %s: pings are not answered', async (when, set) => {
  set()
  const socket = openExec(cluster, execPath(HELPER, ['sleep', '1000']))
  await new Promise((resolve) => socket.once('open', resolve))
  await until(() => cluster.running().length === 1)
  if (when === 'midway') expect(cluster.breakExecs('half-open')).toBe(1)
  let pongs = 0
  socket.on('pong', () => pongs++)
  socket.ping()
  // What another connection is answered in the meantime shows that the server lives.
  const other = await exec(cluster, HELPER, ['true'])
  expect(other.status).toEqual(success)
  expect(pongs).toBe(0)
  socket.terminate()
  cluster.deletePod('default', 'helper')
  cluster.upsertPod(buildPod({ name: 'helper', node: 'node1' }))
  await until(() => cluster.running().length === 0)
})

test('open execs can be dropped', async () => {
  const socket = openExec(cluster, execPath(HELPER, ['cat'], { stdin: 'true' }))
  const answer = gather(socket)
  await until(() => cluster.running().length === 1)
  expect(cluster.breakExecs('drop')).toBe(1)
  expect((await answer).closeCode).toBe(1006)
})

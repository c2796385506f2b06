import { afterAll, beforeEach, expect, test } from 'vitest'
import { loadCapture } from '../capture.ts'
import { buildNode, buildPod } from './build-pod.ts'
import { startCluster } from './cluster.ts'
import { exec, execPath, gather, openExec, refusedExec, until } from './test-client.ts'

const capture = loadCapture('node3-containerd-cgroup2')
const cluster = await startCluster()
cluster.upsertNode(buildNode('node1'), capture.procRoot)
const pod = { node: 'node1', containers: [{ name: 'helper', id: 'a'.repeat(64) }] }
beforeEach(() => void cluster.upsertPod(buildPod({ name: 'helper', ...pod })))
afterAll(() => cluster.close())

const HELPER = 'default/helper'
const success = { metadata: {}, status: 'Success' }

test('the command runs and its output and status come on their channels', async () => {
  const answer = await exec(cluster, HELPER, ['sh', '-c', 'echo out; echo err >&2'])
  expect(answer).toMatchObject({
    protocol: 'v5.channel.k8s.io',
    stdout: 'out\n',
    stderr: 'err\n',
    status: success,
    closeCode: 1000,
  })
  expect(answer.frames[0]).toEqual({ channel: 1, bytes: Buffer.alloc(0) })
})

test("/proc is the node's", async () => {
  const { stdout } = await exec(cluster, HELPER, ['sh', '-c', 'cat $1/1/comm', 'sh', '/proc'])
  expect(stdout).toBe('systemd\n')
})

test("a node without a /proc of its own has this machine's", async () => {
  cluster.upsertNode(buildNode('plain'))
  cluster.upsertPod(buildPod({ name: 'plain', ...pod, node: 'plain' }))
  const { stdout } = await exec(cluster, 'default/plain', ['readlink', '-f', '/proc'])
  expect(stdout).toBe('/proc\n')
})

test('an empty container name means the only one', async () => {
  expect((await exec(cluster, HELPER, ['echo', 'hi'], { container: '' })).stdout).toBe('hi\n')
})

test('an exit code is told as the kubelet tells it', async () => {
  const { status } = await exec(cluster, HELPER, ['sh', '-c', 'exit 3'])
  expect(status).toMatchObject({
    status: 'Failure',
    reason: 'NonZeroExitCode',
    message: expect.stringContaining('exit code 3'),
    details: { causes: [{ reason: 'ExitCode', message: '3' }] },
  })
})

test('a command that is not there is an error of the runtime', async () => {
  const { status } = await exec(cluster, HELPER, ['no-such-command'])
  expect(status).toMatchObject({
    status: 'Failure',
    reason: 'InternalError',
    message: expect.stringContaining('executable file not found'),
  })
})

test('stdin goes to the command; channel 255 ends it', async () => {
  const socket = openExec(cluster, execPath(HELPER, ['cat'], { stdin: 'true' }))
  const answer = gather(socket)
  socket.on('open', () => {
    socket.send(Buffer.from('\0hello '))
    socket.send(Buffer.from('\0world'))
    socket.send(Buffer.of(255, 0))
  })
  expect(await answer).toMatchObject({ stdout: 'hello world', status: success })
})

test('without stdin the command reads an empty one', async () => {
  expect(await exec(cluster, HELPER, ['cat'])).toMatchObject({ stdout: '', status: success })
})

test('streams that are not asked for do not come', async () => {
  const answer = await exec(cluster, HELPER, ['sh', '-c', 'echo out; echo err >&2'], { stderr: 'false' })
  expect(answer).toMatchObject({ stdout: 'out\n', stderr: '', status: success })
})

test('much output arrives whole', async () => {
  const { stdout, status } = await exec(cluster, HELPER, ['sh', '-c', 'head -c 5000000 /dev/zero | tr "\\0" x'])
  expect(stdout.length).toBe(5_000_000)
  expect(status).toEqual(success)
})

test('an old client gets v4', async () => {
  const socket = openExec(cluster, execPath(HELPER, ['echo', 'hi']), ['v4.channel.k8s.io'])
  expect(await gather(socket)).toMatchObject({ protocol: 'v4.channel.k8s.io', stdout: 'hi\n', status: success })
})

test.each([
  ['no pod', execPath('default/nope', ['true']), 404, 'pods "nope" not found'],
  ['no container', execPath(HELPER, ['true'], { container: 'x' }), 400, 'container x is not valid for pod helper'],
  ['no command', execPath(HELPER, []), 400, /command/],
  ['pod without a node', execPath('default/pending', ['true']), 400, 'pod pending does not have a host assigned'],
  ['finished pod', execPath('default/done', ['true']), 500, /completed pod; current phase is Succeeded/],
  ['choice of containers', execPath('default/two', ['true']), 400, /choose one of: \[a b\]/],
])('%s is refused before the upgrade', async (_case, path, code, message) => {
  cluster.upsertPod(buildPod({ name: 'pending', phase: 'Pending' }))
  cluster.upsertPod(buildPod({ name: 'done', phase: 'Succeeded', node: 'node1' }))
  cluster.upsertPod(buildPod({ name: 'two', node: 'node1', containers: [{ name: 'a' }, { name: 'b' }] }))
  const refused = await refusedExec(cluster, path)
  expect(refused.code).toBe(code)
  expect(JSON.parse(refused.body)).toMatchObject({ kind: 'Status', message: expect.stringMatching(message) })
})

test('a client that speaks no channel protocol is refused', async () => {
  expect((await refusedExec(cluster, execPath(HELPER, ['true']), ['chat'])).code).toBe(403)
})

test('a container that does not run is an error after the upgrade', async () => {
  cluster.upsertPod(buildPod({ name: 'starting', node: 'node1', containers: [{ name: 'main' }] }))
  const { status } = await exec(cluster, 'default/starting', ['true'])
  expect(status).toMatchObject({ status: 'Failure', message: expect.stringContaining('container not found ("main")') })
})

test('a command goes on when its client leaves, and ends with its pod', async () => {
  const socket = openExec(cluster, execPath(HELPER, ['sleep', '1000']))
  await until(() => cluster.running().length === 1)
  expect(cluster.running()[0]).toMatchObject({
    argv: ['sleep', '1000'],
    namespace: 'default',
    pod: 'helper',
    connected: true,
  })
  socket.terminate()
  await until(() => cluster.running()[0]?.connected === false)
  cluster.deletePod('default', 'helper')
  await until(() => cluster.running().length === 0)
})

test('a command that reads stdin ends when its client leaves', async () => {
  const socket = openExec(cluster, execPath(HELPER, ['cat'], { stdin: 'true' }))
  await until(() => cluster.running().length === 1)
  socket.terminate()
  await until(() => cluster.running().length === 0)
})

test('the log shows each exec with its command', async () => {
  cluster.clearRequests()
  await exec(cluster, HELPER, ['echo', 'a b'])
  expect(cluster.requests()).toMatchObject([
    {
      verb: 'exec',
      method: 'GET',
      namespace: 'default',
      name: 'helper',
      query: { command: ['echo', 'a b'], stdout: ['true'] },
    },
  ])
})

import { join } from 'node:path'
import { podEvidenceSchema } from '@pausescope/shared'
import { loadCapture } from '@pausescope/testkit'
import { expect, test } from 'vitest'
import { BUNDLED_RECORDINGS } from '../recordings/library.ts'
import { runCli } from './test/run-cli.ts'

const recording = join(BUNDLED_RECORDINGS, '1-containerd-cgroup2.json')
const wanted = ['-o', 'evidence', '--pod', 'myweb2']
const args = ['observe', '--recording', recording, ...wanted]

test('prints what the recording has, and redacted none of its addresses', async () => {
  const evidence = podEvidenceSchema.parse(JSON.parse((await runCli(args)).stdout))
  const web = evidence.networks[0]?.sockets.filter(({ local, state }) => local.port === 80 && state === 'listen')
  expect(web).toHaveLength(2)
  const redacted = (await runCli([...args, '--redact'])).stdout
  podEvidenceSchema.parse(JSON.parse(redacted))
  const addresses = evidence.networks[0]?.interfaces.find(({ name }) => name === 'eth0')?.addresses ?? []
  expect(addresses).toHaveLength(2)
  for (const { address } of addresses) expect(redacted).not.toContain(address)
})

test('of a /proc tree it is what the recording made from it has', async () => {
  const { procRoot, folder } = loadCapture('node3-containerd-cgroup2')
  const files = ['--pods', join(folder, 'pods.json'), '--node', join(folder, 'node.json')]
  const { stdout, stderr } = await runCli(['observe', '--proc-root', procRoot, ...files, ...wanted])
  const there = podEvidenceSchema.parse(JSON.parse((await runCli(args)).stdout))
  expect(podEvidenceSchema.parse(JSON.parse(stdout)), stderr).toEqual(there)
})

test('not of a cluster: it says where it is', async () => {
  const { code, stdout, stderr } = await runCli(['observe', ...wanted])
  expect([code, stdout]).toEqual([2, ''])
  expect(stderr).toContain('--pods FILE')
})

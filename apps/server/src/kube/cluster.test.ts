import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Cluster as FakeCluster, startCluster } from '@pausescope/testkit'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { connect } from './cluster.ts'

let fake: FakeCluster
let folder: string
beforeEach(async () => {
  fake = await startCluster({ version: 'v1.33.1' })
  folder = mkdtempSync(join(tmpdir(), 'pausescope-cluster-'))
})
afterEach(() => fake.close())

const options = () => ({ env: {}, home: '/nowhere' })

test('tells what the kubeconfig led to', async () => {
  const kubeconfig = fake.writeKubeconfig(folder, { contextName: 'class', namespace: 'team-a' })
  const cluster = await connect({ ...options(), kubeconfig })
  expect(cluster).toMatchObject({ context: 'class', server: fake.url, namespace: 'team-a', version: 'v1.33.1' })
})

test('an API server that is down is named with its context', async () => {
  const kubeconfig = fake.writeKubeconfig(folder)
  await fake.stopListening()
  await expect(connect({ ...options(), kubeconfig })).rejects.toMatchObject({
    code: 'unreachable',
    message: `Cannot reach the cluster of context "testkit": ${fake.url} is unreachable, nothing listens there.`,
  })
})

test('without a kubeconfig nothing is asked, least of all localhost:8080', async () => {
  await expect(connect(options())).rejects.toMatchObject({ code: 'no-kubeconfig' })
})

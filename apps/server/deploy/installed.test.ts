import type { ChildProcess } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { API, observationReplySchema } from '@pausescope/shared'
import { buildPod, type Cluster, type Rule, startLabCluster } from '@pausescope/testkit'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type ServeProcess, startServe } from '../src/cli/test/serve-process.ts'
import { kustomizeManifests } from './manifests.ts'

type Template = { metadata: { labels: Record<string, string> }; spec: { containers: { args: string[] }[] } }
type Role = { rules: { apiGroups: string[]; resources: string[]; verbs: string[] }[] }

const folder = mkdtempSync(join(tmpdir(), 'pausescope-installed-'))
const children: ChildProcess[] = []
let cluster: Cluster
let server: ServeProcess
let port: string

/** A cluster with what the manifests install, as far as a server sees it: its rights, and a helper on a node. */
beforeAll(async () => {
  const all = kustomizeManifests()
  const find = (kind: string) => all.find((manifest) => manifest.kind === kind)
  const rulesOf = (kind: string, namespaces?: string[]): Rule[] =>
    (find(kind) as unknown as Role).rules.map(({ apiGroups, resources, verbs }) => ({
      groups: apiGroups,
      resources,
      verbs,
      ...(namespaces ? { namespaces } : {}),
    }))
  const rules = [...rulesOf('ClusterRole'), ...rulesOf('Role', [find('Role')?.metadata.namespace ?? ''])]
  const users = [{ name: 'system:serviceaccount:pausescope-server:pausescope', token: 'sa', rules }]
  cluster = await startLabCluster({ captures: ['node3-containerd-cgroup2'], users })
  const daemonSet = find('DaemonSet') as unknown as { metadata: { namespace: string }; spec: { template: Template } }
  const { metadata, spec } = daemonSet.spec.template
  const pod = buildPod({
    namespace: daemonSet.metadata.namespace,
    name: 'pausescope-helper-x7k2p',
    node: 'node3',
    labels: metadata.labels,
    containers: [{ name: 'helper', id: 'b'.repeat(64) }],
    spec,
  })
  const ownerReferences = [{ apiVersion: 'apps/v1', kind: 'DaemonSet', name: 'pausescope-helper', controller: true }]
  cluster.upsertNamespace(daemonSet.metadata.namespace)
  cluster.upsertPod({ ...pod, metadata: { ...pod.metadata, ownerReferences } })
  const deployment = find('Deployment') as unknown as { spec: { template: Template } }
  const args = deployment.spec.template.spec.containers[0]?.args.map((arg) => arg.replace(/^--port=.*/, '--port=0'))
  const env = { KUBECONFIG: cluster.writeKubeconfig(folder), PAUSESCOPE_NO_TOKEN: '0' }
  server = await startServe(args ?? [], env, (child) => children.push(child))
  port = new URL(server.url).port
})
afterAll(async () => {
  for (const child of children) child.kill('SIGKILL')
  await cluster.close()
  rmSync(folder, { recursive: true })
})

/** fetch would not let the test say by which name it comes. */
function ask(path: string, host: string): Promise<{ status: number; body: string }> {
  return new Promise((resolve, reject) => {
    const outgoing = request({ host: '127.0.0.1', port, path, headers: { Host: host } }, (answer) => {
      let body = ''
      answer.setEncoding('utf8').on('data', (chunk: string) => {
        body += chunk
      })
      answer.on('end', () => resolve({ status: answer.statusCode ?? 0, body }))
    })
    outgoing.on('error', reject).end()
  })
}

test('with its rights and no more, the server scans through the installed helper, and makes nothing', async () => {
  const path = API.observation('lab-v2', 'myweb2')
  await expect.poll(async () => (await ask(path, `localhost:${port}`)).status).toBe(200)
  const { observation, problem } = observationReplySchema.parse(JSON.parse((await ask(path, `localhost:${port}`)).body))
  expect([observation.scanned, problem]).toEqual([true, null])
  const execs = cluster.requests().filter(({ verb }) => verb === 'exec')
  expect(execs.map(({ namespace, name }) => `${namespace}/${name}`)).toContain('pausescope/pausescope-helper-x7k2p')
  const refused = cluster.requests().filter(({ verb }) => !['list', 'watch', 'get', 'exec', null].includes(verb))
  expect(refused).toEqual([])
})

test('it answers by the names of its Service and of a forwarded port, by its address to the kubelet alone', async () => {
  for (const host of ['localhost:8080', '127.0.0.1:9000', 'pausescope.pausescope-server:7777']) {
    expect((await ask(API.source, host)).status).toBe(200)
  }
  expect((await ask(API.source, 'pausescope.pausescope-server.svc:7777')).status).toBe(200)
  for (const host of ['10.1.2.3:7777', 'evil.example']) expect((await ask(API.source, host)).status).toBe(403)
  expect((await ask('/readyz', '10.1.2.3:7777')).status).toBe(200)
})

test('what it logs is JSON', () => {
  for (const line of server.said().trim().split('\n')) expect(JSON.parse(line)).toHaveProperty('msg')
})

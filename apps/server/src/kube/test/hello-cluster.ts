import type { Duplex } from 'node:stream'
import { told } from '@pausescope/shared'
import { buildNode, buildPod, type Cluster, startCluster } from '@pausescope/testkit'
import { execSession } from '../../exec/exec-session.ts'
import type { ApiAccess } from '../api-access.ts'

/** A cluster with one pod, `p`, for a user whose token is `t`. */
export async function startHelloCluster(): Promise<Cluster> {
  const cluster = await startCluster({
    users: [{ name: 'u', token: 't', rules: [{ verbs: ['*'], resources: ['*'] }] }],
  })
  cluster.upsertNode(buildNode('n1'))
  cluster.upsertPod(buildPod({ name: 'p', node: 'n1' }))
  return cluster
}

/** What `echo hello` prints in its pod. */
export function hello(access: ApiAccess): Promise<string> {
  return execSession({
    access,
    namespace: 'default',
    pod: 'p',
    container: 'main',
    command: ['echo', 'hello'],
    what: told('quoted', { text: 'greet' }),
    read: (stdout) => stdout.toString('utf8'),
    signal: new AbortController().signal,
    deadlineMs: 10_000,
  })
}

/** What comes in at one end goes out at the other, and both end at once. */
export function joinEnds(one: Duplex, other: Duplex): void {
  one.pipe(other).pipe(one)
  one.on('error', () => other.destroy())
  other.on('error', () => one.destroy())
}

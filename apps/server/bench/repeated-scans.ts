import { told } from '@pausescope/shared'
import { buildPod, startLabCluster } from '@pausescope/testkit'
import { execSession } from '../src/exec/exec-session.ts'
import { scanCommand } from '../src/helper/helper-script.ts'
import { KubeApi } from '../src/kube/kube-api.ts'
import { NodeSessions } from '../src/observe/node-sessions.ts'
import { parseProbe } from '../src/probe/parse-probe.ts'
import { PROBE_SCRIPT } from '../src/probe/probe-script.ts'
import { type Bench, median, timed } from './bench-row.ts'

const NODE = 'node3'
const ROUNDS = 25
const LIMIT_MS = 60_000

/** A scan over the session that is held for a watched node, against one with an exec of its own. */
export const repeatedScans: Bench = async () => {
  const token = 'bench'
  const users = [{ name: 'bench', token, rules: [{ verbs: ['*'], resources: ['*'] }] }]
  const lab = await startLabCluster({ captures: ['node3-containerd-cgroup2'], users })
  lab.upsertPod(buildPod({ name: 'helper', node: NODE, containers: [{ name: 'helper', id: 'a'.repeat(64) }] }))
  const headers = { Authorization: `Bearer ${token}` }
  const api = new KubeApi({ access: async () => ({ server: lab.url, headers, tls: {}, agent: undefined }) })
  const target = { namespace: 'default', pod: 'helper', container: 'helper' }
  const { signal } = new AbortController()
  const sessions = new NodeSessions({ api, clock: () => performance.now() })
  sessions.hold(NODE)
  const overSession = () => sessions.turn(NODE, { target, read: parseProbe, limitMs: LIMIT_MS, signal })
  const byItself = async () =>
    execSession({
      ...target,
      access: await api.access(),
      command: scanCommand(PROBE_SCRIPT, LIMIT_MS / 1000),
      what: told('do.scan', { node: 'bench' }),
      read: parseProbe,
      signal,
      deadlineMs: LIMIT_MS,
    })
  try {
    await overSession()
    const held: number[] = []
    const single: number[] = []
    for (let round = 0; round < ROUNDS; round++) {
      held.push(await timed(overSession))
      single.push(await timed(byItself))
    }
    const note = `median of ${ROUNDS} in turn: ${median(held).toFixed(0)} ms, an exec each ${median(single).toFixed(0)} ms; here without the way through a kubelet`
    return [
      {
        what: 'a scan over the held session, against an exec of its own',
        value: median(held) / median(single),
        unit: '×',
        goal: 1,
        note,
      },
    ]
  } finally {
    await sessions.close()
    await lab.close()
  }
}

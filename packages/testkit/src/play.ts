import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { startControl } from './kube/control.ts'
import { startLabCluster } from './kube/lab-cluster.ts'

const USAGE = `node packages/testkit/src/play.ts [--port N] [--control-port N] [--big-node N]

Plays a Kubernetes cluster of the captured nodes until it gets SIGTERM or SIGINT. Commands that are executed in its pods
really run on this machine. Prints one line of JSON:
  kubeconfig   file to use with --kubeconfig or KUBECONFIG
  server       address of the API server (https; the kubeconfig trusts its certificate)
  control      address below which the cluster is scripted, e.g. POST CONTROL/fault {"on":"exec","kind":"cut","times":1}
--big-node N   adds a node "big" with N processes
`

try {
  const { values } = parseArgs({
    options: {
      port: { type: 'string', default: '0' },
      'control-port': { type: 'string', default: '0' },
      'big-node': { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  })
  if (values.help) process.stdout.write(USAGE)
  else await play(Number(values.port), Number(values['control-port']), values['big-node'])
} catch (cause) {
  process.stderr.write(`Cannot play a cluster: ${cause instanceof Error ? cause.message : cause}\n\n${USAGE}`)
  process.exitCode = 2
}

async function play(port: number, controlPort: number, processes: string | undefined): Promise<void> {
  const bigNode = processes === undefined ? {} : { bigNode: Number(processes) }
  const cluster = await startLabCluster({ tls: true, port, ...bigNode })
  const control = await startControl(cluster, controlPort)
  const folder = mkdtempSync(join(tmpdir(), 'pausescope-testkit-'))
  const kubeconfig = cluster.writeKubeconfig(folder)
  process.stdout.write(`${JSON.stringify({ kubeconfig, server: cluster.url, control: control.url })}\n`)

  const end = async () => {
    await Promise.all([cluster.close(), control.close()])
    rmSync(folder, { recursive: true, force: true })
  }
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => void end())
}

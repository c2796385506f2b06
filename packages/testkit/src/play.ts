import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { startControl } from './kube/control.ts'
import { startLabCluster } from './kube/lab-cluster.ts'

const USAGE = `node packages/testkit/src/play.ts [--port N] [--control-port N] [--big-node N]

Plays a Kubernetes cluster of the captured nodes until it gets SIGTERM or SIGINT. Prints one line of JSON:
  kubeconfig   file to use with --kubeconfig or KUBECONFIG
  server       address of the API server (https; the kubeconfig trusts its certificate)
  control      address below which the cluster is scripted, e.g. POST CONTROL/fault {"on":"exec","kind":"cut","times":1}
--big-node N   adds a node "big" with N processes
`

const { values } = parseArgs({
  options: {
    port: { type: 'string', default: '0' },
    'control-port': { type: 'string', default: '0' },
    'big-node': { type: 'string' },
    help: { type: 'boolean', default: false },
  },
})
if (values.help) process.stdout.write(USAGE)
else await play()

async function play(): Promise<void> {
  const bigNode = values['big-node'] === undefined ? {} : { bigNode: Number(values['big-node']) }
  const cluster = await startLabCluster({ tls: true, port: Number(values.port), ...bigNode })
  const control = await startControl(cluster, Number(values['control-port']))
  const folder = mkdtempSync(join(tmpdir(), 'pausescope-testkit-'))
  const kubeconfig = cluster.writeKubeconfig(folder)
  process.stdout.write(`${JSON.stringify({ kubeconfig, server: cluster.url, control: control.url })}\n`)

  const end = async () => {
    await Promise.all([cluster.close(), control.close()])
    rmSync(folder, { recursive: true, force: true })
  }
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => void end())
}

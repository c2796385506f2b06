import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { PAUSE_IMAGE } from './images.ts'

/**
 * containerd as a distribution sets it up; its data lies in the node's own /var/lib and /run, which are in memory: there
 * is no disk to wait for.
 */
export function writeConfig(folder: string, pluginFolder: string): { config: string; socket: string } {
  const at = (name: string) => join(folder, name)
  const socket = at('containerd.sock')
  mkdirSync(at('cni'))
  writeFileSync(at('cni/10-pods.conflist'), JSON.stringify(NETWORK))
  writeFileSync(
    at('config.toml'),
    `version = 2
[grpc]
address = "${socket}"
[plugins."io.containerd.internal.v1.opt"]
path = "/run/opt"
[plugins."io.containerd.grpc.v1.cri"]
sandbox_image = "${PAUSE_IMAGE}"
disable_apparmor = true
restrict_oom_score_adj = true
[plugins."io.containerd.grpc.v1.cri".cni]
bin_dir = "${pluginFolder}"
conf_dir = "${at('cni')}"
[plugins."io.containerd.grpc.v1.cri".containerd.runtimes.runc]
runtime_type = "io.containerd.runc.v2"
[plugins."io.containerd.grpc.v1.cri".containerd.runtimes.gvisor]
runtime_type = "io.containerd.runc.v2"
[plugins."io.containerd.grpc.v1.cri".containerd.runtimes.gvisor.options]
BinaryName = "${at('gvisor')}"
`,
  )
  writeFileSync(at('gvisor'), GVISOR, { mode: 0o755 })
  return { config: at('config.toml'), socket }
}

/**
 * gVisor behind runc's shim, which waits until nobody holds the output of a command any more; but what serves files to a second
 * container is started by \`start\` and stays. A kernel in a virtual machine is reached by ptrace alone.
 */
const GVISOR = `#!/bin/sh
case " $* " in *' start '*) exec >/dev/null 2>&1 ;; esac
exec runsc --platform=ptrace --network=host "$@"
`

/** Without masquerading: it would need iptables, and nothing outside is to be reached. */
const NETWORK = {
  cniVersion: '0.4.0',
  name: 'pods',
  plugins: [
    {
      type: 'bridge',
      bridge: 'cni0',
      isGateway: true,
      ipam: { type: 'host-local', ranges: [[{ subnet: '10.88.0.0/16' }]] },
    },
  ],
}

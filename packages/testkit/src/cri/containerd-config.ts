import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { PAUSE_IMAGE } from './images.ts'
import { SEALED_RUNTIMES } from './sealed-runtimes.ts'

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
${Object.keys(SEALED_RUNTIMES)
  .map((name) => runtime(name, at(name)))
  .join('')}`,
  )
  for (const [name, program] of Object.entries(SEALED_RUNTIMES)) writeFileSync(at(name), program, { mode: 0o755 })
  return { config: at('config.toml'), socket }
}

function runtime(name: string, program: string): string {
  return `[plugins."io.containerd.grpc.v1.cri".containerd.runtimes.${name}]
runtime_type = "io.containerd.runc.v2"
[plugins."io.containerd.grpc.v1.cri".containerd.runtimes.${name}.options]
BinaryName = "${program}"
`
}

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

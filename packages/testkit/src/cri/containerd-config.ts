import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { PAUSE_IMAGE } from './images.ts'

/** containerd as kubeadm sets it up, but for the folders it keeps its data in, and the usual bridge network for pods. */
export function writeConfig(folder: string, pluginFolder: string): { config: string; socket: string } {
  const at = (name: string) => join(folder, name)
  const socket = at('containerd.sock')
  mkdirSync(at('cni'))
  writeFileSync(at('cni/10-pods.conflist'), JSON.stringify(NETWORK))
  writeFileSync(
    at('config.toml'),
    `version = 2
root = "${at('root')}"
state = "/run/containerd"
[grpc]
address = "${socket}"
[plugins."io.containerd.internal.v1.opt"]
path = "${at('opt')}"
[plugins."io.containerd.grpc.v1.cri"]
sandbox_image = "${PAUSE_IMAGE}"
disable_apparmor = true
restrict_oom_score_adj = true
[plugins."io.containerd.grpc.v1.cri".cni]
bin_dir = "${pluginFolder}"
conf_dir = "${at('cni')}"
[plugins."io.containerd.grpc.v1.cri".containerd]
snapshotter = "native"
[plugins."io.containerd.grpc.v1.cri".containerd.runtimes.runc]
runtime_type = "io.containerd.runc.v2"
`,
  )
  return { config: at('config.toml'), socket }
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

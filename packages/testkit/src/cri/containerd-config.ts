import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { PAUSE_IMAGE } from './images.ts'
import type { Traces } from './traces.ts'

/**
 * Writes the configuration of a containerd that keeps everything in its own folder and does not touch the machine's network:
 * the bridge has no address, so no forwarding is switched on and no route, firewall rule or neighbour changes.
 * @returns paths of the configuration and the socket.
 */
export function writeConfig(traces: Traces, pluginFolder: string): { config: string; socket: string } {
  const at = (name: string) => join(traces.folder, name)
  const socket = at('containerd.sock')
  mkdirSync(at('cni'))
  writeFileSync(at('cni/10-pods.conflist'), JSON.stringify(network(traces, at('ipam'))))
  writeFileSync(
    at('config.toml'),
    `version = 2
root = "${at('root')}"
state = "${at('state')}"
[grpc]
address = "${socket}"
[plugins."io.containerd.internal.v1.opt"]
path = "${at('opt')}"
[plugins."io.containerd.grpc.v1.cri"]
sandbox_image = "${PAUSE_IMAGE}"
netns_mounts_under_state_dir = true
disable_apparmor = true
restrict_oom_score_adj = true
[plugins."io.containerd.grpc.v1.cri".cni]
bin_dir = "${pluginFolder}"
conf_dir = "${at('cni')}"
[plugins."io.containerd.grpc.v1.cri".containerd]
snapshotter = "native"
[plugins."io.containerd.grpc.v1.cri".containerd.runtimes.runc]
runtime_type = "io.containerd.runc.v2"
[plugins."io.containerd.grpc.v1.cri".containerd.runtimes.runc.options]
Root = "${at('runc')}"
`,
  )
  return { config: at('config.toml'), socket }
}

function network(traces: Traces, addresses: string): object {
  return {
    cniVersion: '0.4.0',
    name: traces.name,
    plugins: [
      {
        type: 'bridge',
        bridge: traces.bridge,
        isGateway: false,
        ipam: { type: 'host-local', dataDir: addresses, ranges: [[{ subnet: '10.88.0.0/16' }]] },
      },
    ],
  }
}

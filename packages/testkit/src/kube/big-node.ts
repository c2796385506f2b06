import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buildProcTree, NODE_NAMESPACES, type TreeProcess } from '../proc-tree.ts'
import { buildPod } from './build-pod.ts'
import type { PodObject } from './kube-object.ts'

export type BigNode = {
  /** The made /proc tree. */
  procRoot: string
  pods: PodObject[]
  /** Takes the tree away. */
  remove: () => void
}

/** A pause, an nginx and its workers. */
const PROCESSES_PER_POD = 20

/**
 * A node full of pods of a pause and one container each (cgroup v2, systemd driver, containerd), with its API objects.
 * @param count how many processes, `perPod` of them in each pod.
 */
export function buildBigNode(node: string, count: number, perPod = PROCESSES_PER_POD): BigNode {
  const procRoot = mkdtempSync(join(tmpdir(), 'pausescope-big-node-'))
  const processes: TreeProcess[] = [{ pid: 1, comm: 'systemd', argv: ['/sbin/init'], cgroup: ['0::/init.scope'] }]
  const pods: PodObject[] = []
  for (let pid = 2; pid <= count; pid += perPod) {
    const made = podOf(node, pods.length, pid, Math.min(count, pid + perPod - 1))
    processes.push(...made.processes)
    pods.push(made.pod)
  }
  buildProcTree(procRoot, { processes, files: { '1/root/etc/hostname': `${node}\n` } })
  return { procRoot, pods, remove: () => rmSync(procRoot, { recursive: true, force: true }) }
}

function podOf(node: string, index: number, first: number, last: number): { pod: PodObject; processes: TreeProcess[] } {
  const hex = index.toString(16)
  const uid = `00000000-0000-4000-8000-${hex.padStart(12, '0')}`
  const [sandbox, container] = [`a${hex.padStart(63, '0')}`, `b${hex.padStart(63, '0')}`]
  const slice = `/kubepods.slice/kubepods-besteffort.slice/kubepods-besteffort-pod${uid.replaceAll('-', '_')}.slice`
  const scope = (id: string) => [`0::${slice}/cri-containerd-${id}.scope`]

  const inode = 4026532000 + index * 10
  const shared = { ...NODE_NAMESPACES, net: inode, ipc: inode + 1, uts: inode + 2 }
  const pause = { ...shared, mnt: inode + 3, pid: inode + 4, pid_for_children: inode + 4 }
  const app = { ...shared, mnt: inode + 5, pid: inode + 6, pid_for_children: inode + 6, cgroup: inode + 7 }

  const processes: TreeProcess[] = []
  for (let pid = first; pid <= last; pid++) {
    const common = { pid, starttime: 100 + pid }
    if (pid === first) {
      processes.push({ ...common, comm: 'pause', argv: ['/pause'], nspid: [pid, 1], cgroup: scope(sandbox), ns: pause })
      continue
    }
    const inner = pid - first
    const argv = [inner === 1 ? 'nginx: master process nginx -g daemon off;' : 'nginx: worker process']
    const ppid = inner === 1 ? 1 : first + 1
    processes.push({ ...common, ppid, comm: 'nginx', argv, nspid: [pid, inner], cgroup: scope(container), ns: app })
  }
  const pod = buildPod({
    namespace: 'big',
    name: `web-${String(index).padStart(4, '0')}`,
    uid,
    node,
    ip: `10.244.${index >> 8}.${index & 255}`,
    containers: [{ name: 'nginx', image: 'nginx', id: container }],
  })
  return { pod, processes }
}

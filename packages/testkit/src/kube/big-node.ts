import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buildPod } from './build-pod.ts'
import type { PodObject } from './kube-object.ts'

export type BigNode = {
  /** The made /proc tree. */
  procRoot: string
  pods: PodObject[]
  /** Takes the tree away. */
  remove: () => void
}

/** A pause and this many processes make a pod: an nginx with workers. */
const PROCESSES_PER_POD = 20

const LINKS = ['cgroup', 'ipc', 'mnt', 'net', 'pid', 'pid_for_children', 'time', 'time_for_children', 'user', 'uts']

/** Inodes of a node's own namespaces (proc_ns.h; net and mnt as on Linux 6.18). */
const NODE: Record<string, number> = {
  cgroup: 4026531835,
  ipc: 4026531839,
  mnt: 4026531841,
  net: 4026531840,
  pid: 4026531836,
  time: 4026531834,
  user: 4026531837,
  uts: 4026531838,
}

/** A node full of pods of a pause and one container each (cgroup v2, systemd driver, containerd), with its API objects. */
export function buildBigNode(node: string, processes: number): BigNode {
  const procRoot = mkdtempSync(join(tmpdir(), 'pausescope-big-node-'))
  writeProcess(procRoot, { pid: 1, ppid: 0, name: 'systemd', argv: ['/sbin/init'], cgroup: '/init.scope', own: {} })
  writeFileSync(join(procRoot, '1', 'mountinfo'), '22 1 254:1 / / rw,relatime shared:1 - ext4 /dev/vda1 rw\n')
  mkdirSync(join(procRoot, '1/root/etc'), { recursive: true })
  writeFileSync(join(procRoot, '1/root/etc/hostname'), `${node}\n`)
  writeFileSync(join(procRoot, 'uptime'), '5000.00 9000.00\n')
  mkdirSync(join(procRoot, 'sys/kernel/random'), { recursive: true })
  writeFileSync(join(procRoot, 'sys/kernel/osrelease'), '6.1.0-56-cloud-amd64\n')
  writeFileSync(join(procRoot, 'sys/kernel/hostname'), `${node}\n`)
  writeFileSync(join(procRoot, 'sys/kernel/random/boot_id'), '57964b5e-d161-44bd-b03e-91cb2e46f195\n')

  const pods: PodObject[] = []
  for (let pid = 2; pid <= processes; pid += PROCESSES_PER_POD) {
    pods.push(writePod(procRoot, node, pods.length, pid, Math.min(processes, pid + PROCESSES_PER_POD - 1)))
  }
  return { procRoot, pods, remove: () => rmSync(procRoot, { recursive: true, force: true }) }
}

function writePod(root: string, node: string, index: number, first: number, last: number): PodObject {
  const hex = index.toString(16)
  const uid = `00000000-0000-4000-8000-${hex.padStart(12, '0')}`
  const slice = `/kubepods.slice/kubepods-besteffort.slice/kubepods-besteffort-pod${uid.replaceAll('-', '_')}.slice`
  const [sandbox, container] = [`a${hex.padStart(63, '0')}`, `b${hex.padStart(63, '0')}`]
  const inode = 4026532000 + index * 10
  const shared = { net: inode, ipc: inode + 1, uts: inode + 2 }
  const pause = { mnt: inode + 3, pid: inode + 4 }
  const app = { mnt: inode + 5, pid: inode + 6, cgroup: inode + 7 }
  const scope = (id: string) => `${slice}/cri-containerd-${id}.scope`

  writeProcess(root, {
    pid: first,
    ppid: 1,
    name: 'pause',
    argv: ['/pause'],
    cgroup: scope(sandbox),
    own: { ...shared, ...pause },
  })
  for (let pid = first + 1; pid <= last; pid++) {
    const main = pid === first + 1
    const argv = [main ? 'nginx: master process nginx -g daemon off;' : 'nginx: worker process']
    const ppid = main ? 1 : first + 1
    writeProcess(root, {
      pid,
      ppid,
      inner: pid - first,
      name: 'nginx',
      argv,
      cgroup: scope(container),
      own: { ...shared, ...app },
    })
  }
  return buildPod({
    namespace: 'big',
    name: `web-${String(index).padStart(4, '0')}`,
    uid,
    node,
    ip: `10.244.${index >> 8}.${index & 255}`,
    containers: [{ name: 'nginx', image: 'nginx', id: container }],
  })
}

type ProcessFacts = {
  pid: number
  ppid: number
  /** PID in the container. */
  inner?: number
  name: string
  argv: string[]
  cgroup: string
  /** Namespaces that are not the node's. */
  own: Record<string, number>
}

function writeProcess(root: string, facts: ProcessFacts): void {
  const { pid, ppid, name, own } = facts
  const folder = join(root, String(pid))
  mkdirSync(join(folder, 'ns'), { recursive: true })
  for (const link of LINKS) {
    const type = link.replace('_for_children', '')
    symlinkSync(`${type}:[${own[type] ?? NODE[type]}]`, join(folder, 'ns', link))
  }
  const numbers = `0 0 0 0 0 0 0 0 20 0 1 0 ${100 + pid} 0 0`
  writeFileSync(join(folder, 'stat'), `${pid} (${name}) S ${ppid} ${pid} ${pid} 0 -1 4194560 ${numbers}\n`)
  const inner = own.pid === undefined ? '' : `\t${facts.inner ?? 1}`
  writeFileSync(join(folder, 'status'), `Name:\t${name}\nPid:\t${pid}\nUid:\t0\t0\t0\t0\nNSpid:\t${pid}${inner}\n`)
  writeFileSync(join(folder, 'cmdline'), facts.argv.map((argument) => `${argument}\0`).join(''))
  writeFileSync(join(folder, 'comm'), `${name}\n`)
  writeFileSync(join(folder, 'cgroup'), `0::${facts.cgroup}\n`)
}

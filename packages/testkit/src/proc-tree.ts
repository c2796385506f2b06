import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

type Bytes = string | Uint8Array

/** One process of a built /proc tree. Strings are written as UTF-8; bytes as they are. */
export type TreeProcess = {
  pid: number
  ppid?: number
  /** Clock ticks since boot. */
  starttime?: number
  /** One letter of proc_pid_stat(5). */
  state?: string
  /** Flags of proc_pid_stat(5). */
  flags?: number
  comm?: Bytes
  /** Each is followed by a NUL in cmdline, as execve(2) leaves them. */
  argv?: readonly Bytes[]
  uid?: number
  nspid?: readonly number[]
  /** Lines of the file cgroup; null: there is no such file. */
  cgroup?: readonly string[] | null
  /** Inode by link below ns/. A link that is missing here is missing there. */
  ns?: Readonly<Record<string, number>>
  /** Takes ns, status, cgroup and cmdline from this process by symbolic links: for trees of many processes. */
  like?: number
}

export type ProcTree = {
  processes: readonly TreeProcess[]
  /** Lines of PID 1's mountinfo; one of no interest when it is left out. */
  mountinfo?: readonly string[]
  /** Further files by their path below the root. */
  files?: Readonly<Record<string, Bytes>>
}

/** Inodes of the first namespaces as kernels before 6.18 number them; include/linux/proc_ns.h. */
export const NODE_NAMESPACES = {
  cgroup: 4026531835,
  ipc: 4026531839,
  mnt: 4026531841,
  net: 4026531840,
  pid: 4026531836,
  time: 4026531834,
  user: 4026531837,
  uts: 4026531838,
  pid_for_children: 4026531836,
  time_for_children: 4026531834,
} as const

/** Writes a /proc tree into an empty folder, for what the captured nodes do not have. */
export function buildProcTree(folder: string, tree: ProcTree): void {
  for (const process of tree.processes) writeProcess(join(folder, `${process.pid}`), process)
  const mountinfo = tree.mountinfo ?? ['20 1 8:1 / / rw,relatime shared:1 - ext4 /dev/sda1 rw']
  const files: Record<string, Bytes> = {
    '1/mountinfo': mountinfo.map((line) => `${line}\n`).join(''),
    uptime: '1000.00 900.00\n',
    'sys/kernel/osrelease': '6.1.0-built\n',
    'sys/kernel/hostname': 'the-readers\n',
    'sys/kernel/random/boot_id': '11111111-2222-3333-4444-555555555555\n',
    ...tree.files,
  }
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(join(folder, path, '..'), { recursive: true })
    writeFileSync(join(folder, path), content)
  }
}

function writeProcess(folder: string, process: TreeProcess): void {
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, 'stat'), statOf(process))
  if (process.like !== undefined) {
    for (const name of ['ns', 'status', 'cgroup', 'cmdline'])
      symlinkSync(`../${process.like}/${name}`, join(folder, name))
    return
  }
  const { pid, uid = 0, nspid = [pid], cgroup = ['0::/'], argv = ['a'], ns = NODE_NAMESPACES } = process
  const uids = `${uid}\t${uid}\t${uid}\t${uid}`
  writeFileSync(
    join(folder, 'status'),
    `Name:\t${escapeName(commOf(process))}\nState:\tS (sleeping)\nPid:\t${pid}\nUid:\t${uids}\nGid:\t${uids}\nNSpid:\t${nspid.join('\t')}\n`,
    'latin1',
  )
  if (cgroup) writeFileSync(join(folder, 'cgroup'), cgroup.map((line) => `${line}\n`).join(''))
  writeFileSync(
    join(folder, 'cmdline'),
    Buffer.concat(argv.flatMap((argument) => [Buffer.from(argument), Buffer.of(0)])),
  )
  mkdirSync(join(folder, 'ns'))
  for (const [link, inode] of Object.entries(ns)) {
    symlinkSync(`${link.replace('_for_children', '')}:[${inode}]`, join(folder, 'ns', link))
  }
}

/** 52 fields; those nobody reads are 0. */
function statOf(process: TreeProcess): Buffer {
  const { pid, ppid = pid === 1 ? 0 : 1, state = 'S', flags = 0x400100, starttime = 100 } = process
  const fields = [
    state,
    ppid,
    pid,
    pid,
    0,
    -1,
    flags,
    ...Array<number>(12).fill(0),
    starttime,
    ...Array<number>(30).fill(0),
  ]
  return Buffer.concat([Buffer.from(`${pid} (`), commOf(process), Buffer.from(`) ${fields.join(' ')}\n`)])
}

function commOf({ comm = 'built' }: TreeProcess): Buffer {
  return Buffer.from(comm)
}

/** As the kernel writes Name: line breaks and backslashes escaped; fs/proc/array.c, proc_task_name. */
function escapeName(comm: Buffer): string {
  return comm.toString('latin1').replaceAll('\\', '\\\\').replaceAll('\n', '\\n')
}

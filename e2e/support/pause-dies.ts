import {
  cpSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'

/** Inodes from here on were made after the kernel started: they are some pod's. */
const FIRST_OF_PODS = 4026532000
const LATER = { pid: 20_000, ticks: 100_000, inode: 50_000 }

/**
 * The node after pause of a pod has died, as a /proc tree in an empty folder: all processes of the pod are others, and so are the
 * namespaces they were in. `net` is the inode of the pod's network namespace.
 */
export function pauseDies(procRoot: string, folder: string, net: number): void {
  cpSync(procRoot, folder, { recursive: true, verbatimSymlinks: true })
  const pids = readdirSync(folder).filter((name) => /^\d+$/.test(name) && netOf(join(folder, name)) === net)
  const renamed = new Map(pids.map((pid) => [pid, `${Number(pid) + LATER.pid}`]))
  for (const [pid, later] of renamed) {
    const [old, own] = [join(folder, pid), join(folder, later)]
    renameSync(old, own)
    rewrite(join(own, 'stat'), (text) => statOf(text, renamed))
    rewrite(join(own, 'status'), (text) =>
      text.replace(/^(Pid|PPid|NSpid):\t(\d+)/gm, (_, key, old) => `${key}:\t${renamed.get(old) ?? old}`),
    )
    for (const name of readdirSync(join(own, 'ns'))) {
      const link = join(own, 'ns', name)
      const target = readlinkSync(link).replace(/\d+/, (inode) => {
        return `${Number(inode) < FIRST_OF_PODS ? inode : Number(inode) + LATER.inode}`
      })
      rmSync(link)
      symlinkSync(target, link)
    }
  }
}

function netOf(process: string): number | null {
  try {
    return Number(/\d+/.exec(readlinkSync(join(process, 'ns/net')))?.[0])
  } catch {
    return null
  }
}

/** proc_pid_stat(5): the PID, the parent's and, in field 22, when it started. */
function statOf(text: string, renamed: ReadonlyMap<string, string>): string {
  const end = text.lastIndexOf(')') + 2
  const fields = text.slice(end).split(' ')
  fields[1] = renamed.get(fields[1] ?? '') ?? fields[1] ?? ''
  fields[19] = `${Number(fields[19]) + LATER.ticks}`
  return text.slice(0, end).replace(/^\d+/, (pid) => renamed.get(pid) ?? pid) + fields.join(' ')
}

function rewrite(file: string, change: (text: string) => string): void {
  const text = change(readFileSync(file, 'latin1'))
  rmSync(file)
  writeFileSync(file, text, 'latin1')
}

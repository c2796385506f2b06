import { readdirSync, readFileSync, readlinkSync } from 'node:fs'
import { join } from 'node:path'
import type { ScannedProcess } from '@pausescope/shared'

/** What a plain walk over a /proc tree finds: nothing of it goes through the probe, its script or its parsers. */
export function walkProc(procRoot: string): Omit<ScannedProcess, 'unreadable'>[] {
  return readdirSync(procRoot)
    .filter((name) => /^\d+$/.test(name))
    .map((name) => walkProcess(join(procRoot, name), Number(name)))
    .sort((a, b) => a.pid - b.pid)
}

function walkProcess(folder: string, pid: number): Omit<ScannedProcess, 'unreadable'> {
  const read = (name: string) => readFileSync(join(folder, name))
  const stat = read('stat').toString('latin1')
  const [state = '', ppid, , , , , flags, ...rest] = stat.slice(stat.lastIndexOf(') ') + 2).split(' ')
  const status = read('status').toString('latin1')
  const numbers = (name: string) =>
    (new RegExp(`^${name}:\\t(.*)$`, 'm').exec(status)?.[1] ?? '').split('\t').map(Number)
  const argv = read('cmdline').toString('utf8').split('\0')
  const links = readdirSync(join(folder, 'ns')).map((link) => {
    const target = readlinkSync(join(folder, 'ns', link))
    return [link, Number(/\[(\d+)\]$/.exec(target)?.[1])]
  })
  return {
    pid,
    ppid: Number(ppid),
    starttime: Number(rest[12]),
    state,
    uid: numbers('Uid')[1] ?? null,
    nspid: numbers('NSpid'),
    comm: read('comm').toString('utf8').replace(/\n$/, ''),
    argv: argv.at(-1) === '' ? argv.slice(0, -1) : argv,
    kernelThread: (Number(flags) & 0x200000) !== 0,
    cgroup: read('cgroup').toString('utf8').split('\n').slice(0, -1),
    ns: Object.fromEntries(links),
  }
}

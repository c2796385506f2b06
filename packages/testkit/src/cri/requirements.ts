import { spawnSync } from 'node:child_process'
import { accessSync, constants, existsSync, mkdirSync, readFileSync, rmdirSync } from 'node:fs'
import { delimiter, join } from 'node:path'

const PROGRAMS = ['containerd', 'containerd-shim-runc-v2', 'ctr', 'runc', 'catatonit', 'busybox', 'ip'] as const
type Programs = Record<(typeof PROGRAMS)[number], string>

/** Debian puts them in the first, every other installation in the second. */
const PLUGIN_FOLDERS = ['/usr/lib/cni', '/opt/cni/bin']
const PLUGINS = ['bridge', 'host-local', 'loopback']

const PACKAGES = 'containerd, runc, containernetworking-plugins, catatonit, busybox-static and iproute2'

/** What real pod sandboxes need, found on this machine; or, in one sentence, why they cannot run here. */
export type Requirements = { here: true; programs: Programs; pluginFolder: string } | { here: false; why: string }

/** Looks for the programs, and asks the kernel for what the sandboxes will ask of it. Leaves nothing behind. */
export function findRequirements(): Requirements {
  const no = (why: string): Requirements => ({ here: false, why: `Real pod sandboxes cannot run here: ${why}.` })
  if (process.platform !== 'linux') return no('this is not Linux')
  if (process.getuid?.() !== 0) return no('this is not root')
  if (!/^\s*0\s+0\s+4294967295\s*$/.test(readFileSync('/proc/self/uid_map', 'utf8'))) {
    return no('this is root of a user namespace only')
  }

  const found = PROGRAMS.map((name) => [name, onPath(name)] as const)
  const missing = found.find(([, path]) => path === null)
  if (missing) return no(`${missing[0]} is missing (on Debian install ${PACKAGES})`)
  const programs = Object.fromEntries(found) as Programs
  const pluginFolder = PLUGIN_FOLDERS.find((folder) => PLUGINS.every((plugin) => existsSync(join(folder, plugin))))
  if (!pluginFolder)
    return no(`the CNI plugins ${PLUGINS.join(', ')} are missing (on Debian install containernetworking-plugins)`)

  const closed = cgroupMounts().find((path) => !canMakeCgroup(path))
  if (closed) return no(`no cgroup can be made in ${closed}`)
  // In a network of its own: the machine's must not see it.
  const trial = `
    ${programs.ip} link add trial type bridge &&
    mount -t tmpfs tmpfs /run && cd /run && mkdir lower upper work merged &&
    mount -t overlay overlay -o lowerdir=lower,upperdir=upper,workdir=work merged`
  if (!succeeds('unshare', '--fork', '--pid', '--mount', '--net', '--uts', '--ipc', 'sh', '-c', trial)) {
    return no('the kernel refuses new namespaces, a bridge or an overlay mount to this process')
  }
  return { here: true, programs, pluginFolder }
}

function cgroupMounts(): string[] {
  return readFileSync('/proc/self/mounts', 'utf8')
    .split('\n')
    .map((line) => line.split(' '))
    .flatMap(([, path, type]) => (path && (type === 'cgroup' || type === 'cgroup2') ? [path] : []))
}

/** Root in a container may not, whatever the mount's flags say. */
function canMakeCgroup(mount: string): boolean {
  const trial = join(mount, `pausescope-trial-${process.pid}`)
  try {
    mkdirSync(trial)
    rmdirSync(trial)
    return true
  } catch {
    return false
  }
}

/** Root's PATH lacks the folders for administrators on some systems. */
export function onPath(name: string): string | null {
  const folders = [...(process.env.PATH ?? '').split(delimiter), '/usr/local/sbin', '/usr/sbin', '/sbin']
  return folders.map((folder) => join(folder, name)).find(isExecutable) ?? null
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}

function succeeds(program: string, ...args: string[]): boolean {
  return spawnSync(program, args, { stdio: 'ignore' }).status === 0
}

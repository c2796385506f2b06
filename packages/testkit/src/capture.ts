import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'

/** Recordings of real nodes; `captures/README.md` says what each holds. */
export const CAPTURES = [
  'node1-containerd-cgroup1',
  'node1-hostile',
  'node3-after-restart',
  'node3-containerd-cgroup2',
  'node3-hostile',
  'node4-crio-cgroup2',
] as const
export type CaptureName = (typeof CAPTURES)[number]

export type Capture = {
  name: CaptureName
  /** Folder of the capture's files. */
  folder: string
  /** Path of the unpacked /proc tree. */
  procRoot: string
  /** What `kubectl get pods -A -o json` and `kubectl get node -o json` said. */
  podsJson: string
  nodeJson: string
}

const PACKAGE = join(import.meta.dirname, '..')

/** Unpacks a capture once per checkout and gives its paths. */
export function loadCapture(name: CaptureName): Capture {
  const folder = join(PACKAGE, 'captures', name)
  const unpacked = join(PACKAGE, 'node_modules', '.cache', 'captures', name)
  if (!existsSync(unpacked)) unpack(join(folder, 'proc.tar.gz'), unpacked)
  return {
    name,
    folder,
    procRoot: join(unpacked, 'proc'),
    podsJson: readFileSync(join(folder, 'pods.json'), 'utf8'),
    nodeJson: readFileSync(join(folder, 'node.json'), 'utf8'),
  }
}

/** Another process may unpack the same capture: each works in its own folder, the first rename wins. */
function unpack(archive: string, target: string): void {
  const work = `${target}.${process.pid}`
  mkdirSync(work, { recursive: true })
  execFileSync('tar', ['-xzf', archive, '-C', work])
  try {
    renameSync(work, target)
  } catch (cause) {
    if (!existsSync(target)) throw cause
    rmSync(work, { recursive: true, force: true })
  }
}

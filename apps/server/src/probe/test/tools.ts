import { execFileSync } from 'node:child_process'
import { chmodSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import type { RunProbeOptions } from '../run-probe.ts'

/** Tools that the probe may meet, and what makes it find them. */
export type ToolSet = { name: string; options: RunProbeOptions; remove: () => void }

/**
 * A grep as busybox's defconfig builds it: no -z, and lines that end at the first NUL. The busybox of a distribution
 * has both; one built by the defconfig was tried by hand and behaves like this.
 */
const GREP_WITHOUT_Z = `#!/bin/sh
for option; do
  case $option in
    -*z*) echo "grep: invalid option -- 'z'" >&2; exit 1 ;;
    -?*) ;;
    *) break ;;
  esac
done
exec busybox grep "$@"
`

/** Every set this machine can offer; the busybox ones only where it has busybox. */
export function findToolSets(): ToolSet[] {
  const own = ['dash', 'bash'].filter(isInstalled).map((shell) => ({
    name: `${shell} and GNU tools`,
    options: { shell },
    remove: () => {},
  }))
  if (!isInstalled('busybox')) {
    console.warn('No busybox here: the probe is tried with GNU tools only. Install the package busybox-static.')
    return own
  }
  const whole = makeBusyboxFolder()
  const plain = makeBusyboxFolder()
  rmSync(join(plain.folder, 'grep'))
  writeFileSync(join(plain.folder, 'grep'), GREP_WITHOUT_Z)
  chmodSync(join(plain.folder, 'grep'), 0o755)
  return [
    ...own,
    { name: 'busybox', options: { env: { PATH: whole.folder } }, remove: whole.remove },
    { name: 'busybox without grep -z', options: { env: { PATH: plain.folder } }, remove: plain.remove },
  ]
}

/** A folder with nothing but busybox under the name of each applet. */
function makeBusyboxFolder(): { folder: string; remove: () => void } {
  const folder = mkdtempSync(join(tmpdir(), 'probe-busybox-'))
  mkdirSync(folder, { recursive: true })
  execFileSync('busybox', ['--install', '-s', folder])
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) }
}

export function isInstalled(command: string): boolean {
  return (process.env.PATH ?? '').split(delimiter).some((folder) => existsSync(join(folder, command)))
}

import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import type { RunProbeOptions } from '../run-probe.ts'

/** Tools that the probe may meet, and what makes it find them. */
export type ToolSet = { name: string; options: RunProbeOptions; remove: () => void }

/** The one difference of a busybox built by its defconfig that matters here; one was tried by hand. */
const GREP_WITHOUT_Z = `#!/bin/sh
for option; do
  case $option in
    -*z*) echo "grep: invalid option -- 'z'" >&2; exit 1 ;;
    -?*) ;;
    *) break ;;
  esac
done
exec /bin/grep "$@"
`

/** Every set this machine can offer; busybox only where it is installed. */
export function findToolSets(): ToolSet[] {
  const own = ['dash', 'bash'].filter(isInstalled).map((shell) => ({
    name: `${shell} and GNU tools`,
    options: { shell },
    remove: () => {},
  }))
  const plain = makeFolder()
  writeFileSync(join(plain.folder, 'grep'), GREP_WITHOUT_Z, { mode: 0o755 })
  const withoutZ = {
    name: 'a grep without -z',
    options: { env: { PATH: `${plain.folder}${delimiter}${process.env.PATH}` } },
    remove: plain.remove,
  }
  if (!isInstalled('busybox')) {
    console.warn('No busybox here: the probe is tried without it. Install the package busybox-static.')
    return [...own, withoutZ]
  }
  const applets = makeFolder()
  execFileSync('busybox', ['--install', '-s', applets.folder])
  return [...own, withoutZ, { name: 'busybox', options: { env: { PATH: applets.folder } }, remove: applets.remove }]
}

function makeFolder(): { folder: string; remove: () => void } {
  const folder = mkdtempSync(join(tmpdir(), 'probe-tools-'))
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) }
}

export function isInstalled(command: string): boolean {
  return (process.env.PATH ?? '').split(delimiter).some((folder) => existsSync(join(folder, command)))
}

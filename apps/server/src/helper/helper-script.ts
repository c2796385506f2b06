/** Where the helper and the scans leave word for each other: a small volume in memory. */
export const LEASE_FOLDER = '/lease'

/**
 * The helper's main process, `sh -c HELPER_SCRIPT pausescope-helper FOLDER SECONDS TURNS`: it ends when for TURNS turns of
 * SECONDS each no scan has left a mark in FOLDER. So a helper whose server died goes away by itself, and nothing has to
 * be held open or found by PID (in the node's PID namespace a PID says little). activeDeadlineSeconds is the second line.
 */
export const HELPER_SCRIPT = `
folder=$1 seconds=$2 turns=$3
idle=0
while [ "$idle" -lt "$turns" ]; do
  sleep "$seconds" || exit 1
  idle=$((idle + 1))
  if [ -e "$folder/used" ]; then rm -f "$folder/used"; idle=0; fi
done
`.trim()

/**
 * What an exec of one scan runs, `sh -c SCAN_SCRIPT pausescope-scan ROOT SECONDS PROBE`: leaves the mark, then runs the probe
 * with ROOT. It is killed after SECONDS, as closing the connection does not end it. An image without `timeout` runs it all
 * the same.
 */
const SCAN_SCRIPT = `
{ echo > ${LEASE_FOLDER}/used; } 2>/dev/null
root=$1 seconds=$2 probe=$3
set -- sh -c "$probe" pausescope-probe "$root"
if command -v timeout >/dev/null; then set -- timeout -s KILL "$seconds" "$@"; fi
exec "$@"
`.trim()

/** The command to run the probe in a helper; given up on the node after so many seconds. */
export function scanCommand(probe: string, seconds: number): string[] {
  return ['sh', '-c', SCAN_SCRIPT, 'pausescope-scan', '/proc', String(seconds), probe]
}

/** A loop ends at this age, in seconds, whether or not anybody still speaks to it. */
export const LOOP_LIFE_SECONDS = 3600

/**
 * Many scans in one exec, `sh -c LOOP_SCRIPT pausescope-loop ROOT PROBE`: for each line `MARK SECONDS LINES` on stdin it leaves the
 * mark in the lease, runs the probe as above, or else the script in the next LINES lines, and ends the output with a line
 * `MARK STATUS`. MARK is new for each turn and is in no argument, so that no process of the node can know, and print, it
 * before. Ends at `end`, and at the end of its stdin.
 */
const LOOP_SCRIPT = `
root=$1 probe=$2 limit=
command -v timeout >/dev/null && limit=1
while read -r mark seconds lines && [ "$mark" != end ]; do
  { echo > ${LEASE_FOLDER}/used; } 2>/dev/null
  script=
  while [ "$lines" -gt 0 ]; do
    IFS= read -r line || exit
    script="$script$line
"
    lines=$((lines - 1))
  done
  \${limit:+timeout -s KILL "$seconds"} sh -c "\${script:-$probe}" pausescope-probe "$root" </dev/null
  printf '\\n%s %s\\n' "$mark" "$?"
done
`.trim()

/** What bounds the loop's life: a connection that was cut half-way would leave it waiting for ever. */
const LOOP_LIFE_SCRIPT = `
loop=$1
shift
command -v timeout >/dev/null && exec timeout -s KILL ${LOOP_LIFE_SECONDS} sh -c "$loop" pausescope-loop "$@"
exec sh -c "$loop" pausescope-loop "$@"
`.trim()

/** The command to run the probe in a helper again and again; see `loopTurn`. */
export function loopCommand(probe: string): string[] {
  return ['sh', '-c', LOOP_LIFE_SCRIPT, 'pausescope-session', LOOP_SCRIPT, '/proc', probe]
}

/**
 * What asks the loop for one scan, given up on the node after so many seconds, and how its output ends. `mark` is a UUID.
 * @param script what is run instead of the probe.
 */
export function loopTurn(mark: string, seconds: number, script = ''): { request: string; until: RegExp } {
  const lines = script === '' ? [] : script.trimEnd().split('\n')
  const request = [`${mark} ${seconds} ${lines.length}`, ...lines].map((line) => `${line}\n`).join('')
  return { request, until: new RegExp(`\\n${mark} (\\d{1,3})\\n$`) }
}

/** What ends the loop. */
export const LOOP_END = 'end\n'

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
 * What each exec runs, `sh -c SCAN_SCRIPT pausescope-scan ROOT SECONDS PROBE`: leaves the mark, then runs the probe, which is
 * killed after SECONDS, as closing the connection does not end it. An image without `timeout` runs it all the same.
 */
const SCAN_SCRIPT = `
{ echo > ${LEASE_FOLDER}/used; } 2>/dev/null
if command -v timeout >/dev/null; then set -- "$1" "$3" timeout -s KILL "$2"; else set -- "$1" "$3"; fi
root=$1 probe=$2
shift 2
exec "$@" sh -c "$probe" pausescope-probe "$root"
`.trim()

/** The command to run the probe in a helper, given up on the node after so many seconds. */
export function scanCommand(probe: string, seconds: number): string[] {
  return ['sh', '-c', SCAN_SCRIPT, 'pausescope-scan', '/proc', String(seconds), probe]
}

/** Version of the framing, in the first line a script prints. */
export const PROBE_VERSION = 1

/**
 * How every script that reads a node begins: `sh -c SCRIPT pausescope-probe ROOT …`. Afterwards the folder is ROOT, errors go
 * nowhere, and `part NAME` begins a part of the body.
 */
export const PROBE_START = `
LC_ALL=C; export LC_ALL
unset CDPATH QUOTING_STYLE POSIXLY_CORRECT GREP_COLOR GREP_COLORS GREP_OPTIONS
cannot() { printf 'pausescope-probe ${PROBE_VERSION} cannot %s\\n' "$*"; exit; }
for tool in grep stat xargs gzip; do command -v $tool >/dev/null || cannot run here: there is no $tool; done
exec 2>/dev/null
cd "$1" || cannot enter "$1"
read -r mark </proc/sys/kernel/random/uuid
part() { echo "== $mark $1"; }
`.trim()

/** How it ends: what the function `body` prints, with a last part `end`, in its frame (see PROBE_SCRIPT). */
export const PROBE_END = `
echo "pausescope-probe ${PROBE_VERSION} gzip"
{ body; part end; } | gzip -1
printf '\\npausescope-end\\n'
`.trim()

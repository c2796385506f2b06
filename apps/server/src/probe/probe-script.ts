import { NAMESPACE_LINKS } from '@pausescope/shared'

/** Version of the framing, the first thing the probe prints. */
export const PROBE_VERSION = 1

/**
 * The constant script that reads a node: `sh -c PROBE_SCRIPT pausescope-probe ROOT`, where ROOT is a /proc tree
 * (`/proc` in a helper). It runs in dash, bash and busybox ash with busybox ≥ 1.30 or GNU tools, writes no file and
 * starts a handful of processes whatever the number of PIDs: lists go through shell built-ins and `xargs`.
 *
 * Output: `pausescope-probe 1 gzip|plain\n`, the (compressed) body, `\npausescope-end ok BYTES\n`. `ok` is missing when
 * the script did not reach its end; BYTES counts the body as sent.
 *
 * Framing: in every part each line starts with the file's path, put there by grep or stat for each line anew, so that
 * no line break in a name or argument can start a record (proc_pid_stat(5): comm is raw). Only the last part, argv, has
 * records that end with NUL; it goes up to the end of the body. Zombies and vanished processes make the tools complain:
 * those complaints are a part of their own, and stay apart from the data because unbuffered and buffered writes mix.
 */
export const PROBE_SCRIPT = `
LC_ALL=C; export LC_ALL
unset QUOTING_STYLE POSIXLY_CORRECT GREP_COLOR GREP_OPTIONS
root=\${1:-/proc}
cd "$root" 2>/dev/null || { echo "cannot enter $root" >&2; exit 3; }
set -- [0-9]*
[ -e "$1" ] || { echo "$root has no processes" >&2; exit 3; }
pids=$*
over() {
  file=$1; shift
  printf "%s/$file\\n" $pids | xargs -s 900000 "$@"
}
links() {
  for link in ${NAMESPACE_LINKS.join(' ')}; do printf "%s/ns/$link\\n" $pids; done |
    xargs -s 900000 stat -c %N
}
parts() {
  echo '== meta'
  grep -aH '' sys/kernel/osrelease sys/kernel/random/boot_id sys/kernel/hostname uptime 1/root/etc/hostname
  stat -c %N self/ns/uts
  stat -L -c 'nsfs:%d' self/ns/uts
  echo '== stat'; over stat grep -aH ''
  echo '== links'; links
  echo '== status'; over status grep -aHE '^(Uid|NSpid):'
  echo '== cgroup'; over cgroup grep -aH ''
  echo '== pins'; grep -aH ' - nsfs ' 1/mountinfo
  echo '== stat-again'; over stat grep -aH ''
}
body() {
  complaints=$( { parts 2>&1 >&4 4>&-; } | { head -c 65536; cat >/dev/null; } )
  echo '== complaints'; printf '%s\\n' "$complaints"
  exec 2>/dev/null
  if [ "$(printf 'a\\0b' | grep -azc '')" = 2 ]; then
    echo '== argv-nul'; over cmdline grep -azH -m 1024 ''
  else
    echo '== argv-breaks'; over cmdline wc -l
    echo '== argv-lines'; over cmdline grep -aH -m 1024 ''
  fi
}
if command -v gzip >/dev/null; then how=gzip; else how=plain; fi
pack() { if [ $how = gzip ]; then gzip -1; else cat; fi; }
echo "pausescope-probe ${PROBE_VERSION} $how"
exec 6>&1
end=$( { { body 4>&1; echo ok >&5; } | pack | { tee /proc/self/fd/7 >&6; } 7>&1 | wc -c; } 5>&1 )
echo
echo pausescope-end $end
`.trimStart()

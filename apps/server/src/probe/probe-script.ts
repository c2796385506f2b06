import { NAMESPACE_LINKS, type NamespaceType } from '@pausescope/shared'

/** Version of the framing, in the first line the probe prints. */
export const PROBE_VERSION = 1

/** Types of which a thread can have a namespace of its own: unshare(2), setns(2). */
export const THREAD_TYPES = ['cgroup', 'ipc', 'mnt', 'net', 'uts'] as const satisfies readonly NamespaceType[]

/** The threads of a process with more are not looked at. */
export const THREADS_MAX = 2000

/** Most bytes of one process's arguments where they are read by `head`. */
export const HEAD_MAX_BYTES = 131_072

/**
 * The constant script that reads a node: `sh -c PROBE_SCRIPT pausescope-probe ROOT`, where ROOT is a /proc tree
 * (`/proc` in a helper). It runs in dash, bash and busybox ash with GNU tools or busybox ≥ 1.30, writes no file and
 * starts about twenty processes for any number of PIDs below some ten thousand: lists go through built-ins and `xargs`.
 *
 * Output: `pausescope-probe 1 gzip\n`, the body as one gzip member, whose trailer is its checksum and byte count, then
 * `\npausescope-end\n`. Where nothing can be read, one line instead: `pausescope-probe 1 cannot REASON\n`.
 *
 * Framing of the body: parts begin with `== MARK NAME\n`, and MARK is fresh from the kernel, so no name or argument can
 * hold it. Within a part grep and stat put the file's path before each line, or before each NUL-ended record, and no
 * line can hold a line break, no record a NUL. A busybox built without `grep -z` (the defconfig) would cut arguments at
 * the first NUL: there `head` reads them, and what its headings leave open the parser drops.
 *
 * The maps of user namespaces are read of those processes only whose user namespace is not the reader's, and with them
 * the owner of an entry below their net: the root of the user namespace that owns the network namespace
 * (fs/proc/proc_net.c). Without the right to follow the links that is every process, and the common map is left out.
 *
 * A thread can leave its process's namespaces of the types in THREAD_TYPES. Looking at every thread of a node would cost as
 * much as all the rest, so only those are compared that could: of multi-threaded processes outside PID 1's mount
 * namespace, in containers that is, and with CAP_SYS_ADMIN, which unshare(2) and setns(2) ask for. What differs is read. One
 * that left and then gave the capability up is missed.
 *
 * Order: links, status and cgroup are read side by side, arguments then, stat last. A process that stat shows to be
 * older than the scan had its PID all the while, so that all parts are of that one process (proc_pid_stat(5), starttime).
 */
export const PROBE_SCRIPT = `
LC_ALL=C; export LC_ALL
unset CDPATH QUOTING_STYLE POSIXLY_CORRECT GREP_COLOR GREP_COLORS GREP_OPTIONS
cannot() { printf 'pausescope-probe ${PROBE_VERSION} cannot %s\\n' "$*"; exit; }
for tool in grep stat xargs gzip; do command -v $tool >/dev/null || cannot run here: there is no $tool; done
exec 2>/dev/null
cd "$1" || cannot enter "$1"
set -- [0-9]*
[ -e "$1" ] || cannot see a process in "$PWD"
pids=$*; listed=$#
read -r mark </proc/sys/kernel/random/uuid
part() { echo "== $mark $1"; }
first_line() {
  line=; read -r line <"$1"
  [ -n "$line" ] && printf '%s:%s\\n' "$1" "$line"
}
over() { xargs -s 500000 "$@"; }
each() { printf "%s/$1\\n" $pids; }
links() {
  echo self/ns/uts
  for pid in $pids; do echo "${NAMESPACE_LINKS.map((link) => `$pid/ns/${link}`).join(' ')}"; done
}
far_threads() {
  several=$(each task | over stat -c '%h %n' | grep -v '^[0-3] ')
  able=$(echo "$several" | while read -r links task; do
    [ \${task%task}ns/mnt -ef 1/ns/mnt ] && continue
    if [ $links -gt ${THREADS_MAX + 2} ]; then echo $task:$links >&3; else echo \${task%task}status; fi
  done)
  [ -n "$able" ] && able=$(echo "$able" | over grep -slE '^CapPrm:.[0-9a-f]{10}[2367abef]')
  far=$(for status in $able; do
    pid=\${status%/status}
    [ -e $pid/ns/net ] || continue
    for task in $pid/task/*; do
      for type in ${THREAD_TYPES.join(' ')}; do
        [ $task/ns/$type -ef $pid/ns/$type ] || echo $task/ns/$type
      done
    done
  done)
  [ -n "$far" ] && echo "$far" | over stat -c %N
}
body() {
  part meta
  for file in self/stat uptime sys/kernel/osrelease sys/kernel/random/boot_id sys/kernel/hostname \\
    1/root/etc/hostname 1/mountinfo; do first_line $file; done
  first_line self/attr/current
  grep -aHF -e CapEff: -e hidepid= self/status self/mounts
  [ -d 1 ] && echo listed:"$listed"
  echo types: self/ns/* 1/ns/*
  { part links; links | over stat -c %N; stat -L -c nsfs:%d self/ns/uts; } &
  files=$({ each status; each cgroup; echo 1/mountinfo; } |
    over grep -aHF -e Uid: -e NSpid: -e :/ -e ' - nsfs ')
  apart=$(for pid in $pids; do [ $pid/ns/user -ef self/ns/user ] || echo $pid; done)
  maps=
  [ -n "$apart" ] && maps=$(
    printf '%s/uid_map\\n' $apart | over grep -aHEv '^ *0 +0 +4294967295$'
    printf '%s/net/dev\\n' $apart | over stat -c %n:%u
  )
  threads=$(far_threads 3>&1)
  wait
  part files; printf '%s\\n' "$files"
  part maps; printf '%s\\n' "$maps"
  part threads; printf '%s\\n' "$threads"
  if grep -qz . uptime; then
    part records; { each cmdline; each stat; } | over grep -azHm 1024 ''
  else
    part heads; each cmdline | over head -vc ${HEAD_MAX_BYTES}
    part lines; each stat | over grep -aH ''
  fi
  part end
}
echo "pausescope-probe ${PROBE_VERSION} gzip"
body | gzip -1
printf '\\npausescope-end\\n'
`.trimStart()

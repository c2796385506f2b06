import { NAMESPACE_LINKS, type NamespaceType } from '@pausescope/shared'
import { PROBE_END, PROBE_START } from './probe-shell.ts'

/** Types of which a thread can have a namespace of its own: unshare(2), setns(2). */
export const THREAD_TYPES = ['cgroup', 'ipc', 'mnt', 'net', 'uts'] as const satisfies readonly NamespaceType[]

/** The threads of a process with more are not looked at. */
export const THREADS_MAX = 2000

/** Up to so many processes, names of files are gathered in a variable: each costs more than the one before, but none a process. */
const DIRECT_MAX = 300

/** Most bytes of one process's arguments where they are read by `head`. */
export const HEAD_MAX_BYTES = 131_072

/**
 * The constant script that reads a node: `sh -c PROBE_SCRIPT pausescope-probe ROOT`, where ROOT is a /proc tree
 * (`/proc` in a helper). It runs in dash, bash and busybox ash with GNU tools or busybox ≥ 1.30 and writes no file.
 *
 * On a small node most of its time goes into starting processes, so it starts few: four on a node without containers and
 * below DIRECT_MAX processes, a dozen with all there is to find, and one more now and then for many PIDs, through `xargs`.
 *
 * Output: `pausescope-probe 1 gzip\n`, the body as one gzip member, whose trailer is its checksum and byte count, then
 * `\npausescope-end\n`. Where nothing can be read, one line instead: `pausescope-probe 1 cannot REASON\n`.
 *
 * Framing of the body: parts begin with `== MARK NAME\n`, and MARK is fresh from the kernel, so no name or argument can
 * hold it. Within a part grep and stat put the file's path before each line, or before each NUL-ended record, and no
 * line can hold a line break, no record a NUL. A busybox built without `grep -z` (the defconfig) would cut arguments at
 * the first NUL: there `head` reads them, and what its headings leave open the parser drops. Such a grep fails, as does
 * one whose process has ended: only then is it worth asking which it was.
 *
 * The maps of user namespaces are read of those processes only whose user namespace is not the reader's, and with them
 * the owner of an entry below their net: the root of the user namespace that owns the network namespace
 * (fs/proc/proc_net.c). Without the right to follow the links that is every process.
 *
 * A thread can leave its process's namespaces of the types in THREAD_TYPES. Looking at every thread of a node would cost as
 * much as all the rest, so only those are compared that could: of multi-threaded processes outside PID 1's mount
 * namespace, in containers that is, and with CAP_SYS_ADMIN, which unshare(2) and setns(2) ask for. What differs is read. One
 * that left and then gave the capability up is missed.
 *
 * The device of namespaces is asked for only where no pin in PID 1's mounts tells it.
 *
 * Order: links, status and cgroup are read side by side, arguments then, stat last. A process that stat shows to be
 * older than the scan had its PID all the while, so that all parts are of that one process (proc_pid_stat(5), starttime).
 */
export const PROBE_SCRIPT = `
${PROBE_START}
set -- [0-9]*
[ -e "$1" ] || cannot see a process in "$PWD"
pids=$*; listed=$#
first_line() {
  line=; read -r line <"$1"
  [ -n "$line" ] && printf '%s:%s\\n' "$1" "$line"
}
# A list is a function that calls name. Few names are kept, many are printed.
[ $listed -gt ${DIRECT_MAX} ] && many=1 || many=
keep() { names="$names $*"; }
[ $many ] && name=echo || name=keep
list() { names=; if [ $many ]; then names=$("$@"); else "$@"; fi; }
# over LIST COMMAND: the command with the files of the list, in a shell of its own.
over() {
  files=$1; shift
  if [ $many ]; then $files | exec xargs -s 500000 "$@"; else list $files; exec "$@" $names; fi
}
each() {
  for file; do
    if [ $many ]; then printf "%s/$file\\n" $pids; else for pid in $pids; do keep $pid/$file; done; fi
  done
}
links() {
  for pid in $pids; do $name ${NAMESPACE_LINKS.map((link) => `$pid/ns/${link}`).join(' ')}; done
}
odd() {
  for pid in $pids; do
    [ $pid/ns/user -ef self/ns/user ] || $name $pid/uid_map
    [ $pid/ns/mnt -ef 1/ns/mnt ] || [ ! -e $pid/ns/mnt ] || $name $pid/status
  done
}
found() { $name $found; }
owners() {
  for word in $rare; do case $word in */uid_map:*) $name \${word%%/*}/net/dev ;; esac; done
}
far_threads() {
  far=$(for word in $rare; do
    case $word in */status:*) pid=\${word%%/*} ;; *) continue ;; esac
    set -- $pid/task/*
    [ $# -gt ${THREADS_MAX} ] && echo $pid/task:$# >&3 && continue
    [ $# -gt 1 ] && for task; do
      for type in ${THREAD_TYPES.join(' ')}; do
        [ $task/ns/$type -ef $pid/ns/$type ] || echo $task/ns/$type
      done
    done
  done)
  [ -n "$far" ] && echo "$far" | xargs -s 500000 stat -c %N
}
body() {
  part meta
  for file in self/stat uptime sys/kernel/osrelease sys/kernel/random/boot_id sys/kernel/hostname \\
    1/root/etc/hostname 1/mountinfo self/attr/current; do first_line $file; done
  while read -r key value; do [ "$key" = CapEff: ] && echo self/status:$key $value && break; done <self/status
  [ -r 1/stat ] || grep -aHF hidepid= self/mounts
  [ -d 1 ] && echo listed:"$listed"
  echo types: self/ns/* 1/ns/*
  part links; over links stat -c %N self/ns/uts &
  files=$(over 'each status cgroup' grep -aHF -e Uid: -e NSpid: -e :/ -e ' - nsfs ' 1/mountinfo)
  device=; owners=; threads=; rare=
  case $files in *' - nsfs '*) ;; *) device=$(stat -L -c nsfs:%d self/ns/uts) ;; esac
  list odd; found=$names
  [ -n "$found" ] && rare=$(over found grep -aHE '^CapPrm:.[0-9a-f]{10}[2367abef]|^ *[0-9]')
  case $rare in */uid_map:*) owners=$(over owners stat -c %n:%u) ;; esac
  case $rare in */status:*) threads=$(far_threads 3>&1) ;; esac
  wait
  echo "$device"
  part files; printf '%s\\n' "$files"
  part maps; printf '%s\\n' "$rare" "$owners"
  part threads; printf '%s\\n' "$threads"
  part records
  (over 'each cmdline stat' grep -azHm 1024 '') || grep -qz . uptime || {
    part heads; (over 'each cmdline' head -vc ${HEAD_MAX_BYTES})
    part lines; (over 'each stat' grep -aH '')
  }
}
${PROBE_END}
`.trimStart()

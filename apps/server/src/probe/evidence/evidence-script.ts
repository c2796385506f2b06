import { PROBE_END, PROBE_START } from '../probe-shell.ts'

/** Files of /proc/PID/net that are read. */
export const NET_FILES = ['dev', 'if_inet6', 'fib_trie', 'route', 'ipv6_route', 'tcp', 'tcp6', 'udp', 'udp6'] as const

/** Files of each interface in sysfs. */
export const LINK_FILES = [
  'ifindex',
  'iflink',
  'address',
  'mtu',
  'operstate',
  'type',
  'uevent',
  'statistics/rx_bytes',
  'statistics/tx_bytes',
] as const

/** Most lines of one file that are read. A file with so many has more. */
export const LINES_MAX = 5000

/** The descriptors of a process with more are not looked at. */
const FDS_MAX = 4096

/** Most objects of /dev/shm or /dev/mqueue that are named. */
const OBJECTS_MAX = 500

/** Magic numbers of file systems, linux/magic.h, as `stat -f -c %t` prints them. */
export const MAGIC = { sysfs: '62656572', tmpfs: '1021994', mqueue: '19800202', sockfs: '534f434b' } as const

/**
 * The constant script that reads what is inside the namespaces of a pod:
 * `sh -c EVIDENCE_SCRIPT pausescope-probe ROOT NET MNT USER UTS IPC ALL`, where ROOT is a /proc tree and each other word a list
 * of PIDs with spaces between: one process for each namespace of a type, and all whose descriptors are looked at. Its frame is
 * that of PROBE_SCRIPT, and as there grep and stat put the path before each line. It writes nothing, reads no environment, and
 * starts about ten processes, three more for each network and ipc namespace and one or two for each uts namespace.
 *
 * What stands in a line behind the path is the kernel's: names of interfaces have no blank, mountinfo escapes them, stat prints
 * numbers only. Of what processes may have made, names with anything but plain characters are counted and not printed.
 *
 * Through PID/root the container's own files are reached. A link there would lead into the reader's, and a pipe would never
 * end: so folders on the way must be none, and be of the file system they ought to be, before anything in them is read.
 *
 * sysfs shows the network namespace it was mounted in, which need not be the process's. So net/dev is read before and after:
 * counters of another namespace do not lie between. Of the node's, only names are compared.
 *
 * A descriptor is a socket if its file is on sockfs. Where the descriptors of another user's process may not be listed
 * (that asks for CAP_DAC_READ_SEARCH), newer kernels still show fdinfo: the inode, and the number of the mount, which for all
 * sockets is the one in the line `mount:`.
 *
 * stat is read last: a process with the starttime it had in the scan had its PID all the while.
 */
export const EVIDENCE_SCRIPT = `
${PROBE_START}
net=$2 mnt=$3 user=$4 uts=$5 ipc=$6 all=$7
each() { for one in $1; do for file in $2; do echo $one/$file; done; done; }
over() { xargs -s 100000 "$@"; }
roots() {
  for pid in $net $uts $ipc; do
    if [ ! -L $pid/root ]; then echo $pid/root:missing
    elif [ ! -e $pid/root ]; then echo $pid/root:denied
    fi
  done
}
links() {
  set --
  for pid in $net; do
    [ -L $pid/root/sys ] || [ "$(stat -f -c %t $pid/root/sys)" != ${MAGIC.sysfs} ] && continue
    for file in ${LINK_FILES.join(' ')}; do set -- "$@" $pid/root/sys/class/net/*/$file; done
  done
  [ $# -gt 0 ] && grep -aH '' "$@" /dev/null
}
node_links() {
  [ "$(stat -f -c %t 1/root/sys)" = ${MAGIC.sysfs} ] &&
    grep -aH '' 1/net/dev 1/root/sys/class/net/*/ifindex 1/root/sys/class/net/*/iflink
}
sockets() {
  for pid in $all; do
    [ -r $pid/fd ] || continue
    set -- $pid/fd/*
    [ $# -gt ${FDS_MAX} ] && continue
    for fd; do [ -S $fd ] && echo $fd; done
  done
}
closed() {
  for pid in $all; do
    set -- $pid/fd/*
    if [ ! -d $pid/fd ]; then [ ! -d $pid ] || echo $pid/fd:missing
    elif [ ! -r $pid/fd ]; then echo $pid/fd:closed
    elif [ $# -gt ${FDS_MAX} ]; then echo $pid/fd:many
    elif [ "$1" != "$pid/fd/*" ] && [ ! -e "$1" ]; then echo $pid/fd:denied
    fi
  done
}
mount_of_sockets() {
  for pid in 1 $all; do
    for fd in $pid/fd/*; do
      [ -S $fd ] || continue
      echo mount:$fd:$(stat -f -c %t $fd):$(grep -a mnt_id: $pid/fdinfo/\${fd##*/})
      return
    done
  done
}
infos() {
  for word in $closed; do
    case $word in *:closed) pid=\${word%%/*}; [ -r $pid/fdinfo ] && echo $pid/fdinfo/*; esac
  done
}
hostname_of() {
  if [ $pid/ns/uts -ef self/ns/uts ]; then grep -am 1 '' sys/kernel/hostname
  else nsenter -u$pid/ns/uts grep -am 1 '' sys/kernel/hostname
  fi
}
hostname_file() {
  [ -L $pid/root/etc ] || [ -L $pid/root/etc/hostname ] || [ ! -f $pid/root/etc/hostname ] ||
    head -c 300 $pid/root/etc/hostname
}
sysv() {
  set -- grep -aH '' sysvipc/shm sysvipc/sem sysvipc/msg
  if [ $pid/ns/ipc -ef self/ns/ipc ]; then "$@"; else nsenter -i$pid/ns/ipc "$@"; fi
}
objects() {
  [ -L $pid/root/dev ] || [ -L $pid/root/$1 ] || [ "$(stat -f -c %t $pid/root/$1)" != $2 ] && return
  echo $pid/$1
  odd=0 folder=$pid/root/$1
  set --
  for file in $folder/*; do
    [ -L "$file" ] || [ ! -f "$file" ] && continue
    case \${file##*/} in *[!A-Za-z0-9._+@%=,~-]*) odd=$((odd + 1)); continue ;; esac
    [ $# -lt ${OBJECTS_MAX} ] && set -- "$@" "$file" || odd=$((odd + 1))
  done
  [ $odd -gt 0 ] && echo odd:$odd
  [ $# -gt 0 ] && stat -c %s:%u:%n "$@"
}
body() {
  part meta
  while read -r key value; do [ "$key" = CapEff: ] && echo self/status:$key $value && break; done <self/status
  read -r line <self/attr/current && echo self/attr/current:$line
  part net
  each "$net" '${NET_FILES.map((file) => `net/${file}`).join(' ')}' | over grep -aHm ${LINES_MAX} '' /dev/null
  part roots; roots
  part links; links
  part node; node_links
  part again; each "$net" net/dev | over grep -aH '' /dev/null
  closed=$(closed)
  part closed; echo "$closed"
  sockets=$(sockets)
  part sockets; [ -n "$sockets" ] && echo "$sockets" | over stat -L -c %n:%i
  part systems; [ -n "$sockets" ] && echo "$sockets" | over stat -f -c %n:%t
  part infos
  case $closed in *:closed*) mount_of_sockets; infos | over grep -aHE '^(mnt_id|ino):' /dev/null ;; esac
  part mounts; each "$mnt" mountinfo | over grep -aHm ${LINES_MAX} '' /dev/null
  part maps; each "$user" 'uid_map gid_map' | over grep -aH '' /dev/null
  for pid in $uts; do
    part "kernel $pid"; hostname_of
    part "file $pid"; hostname_file
  done
  for pid in $ipc; do
    part "sysv $pid"; sysv
    part "posix $pid"; objects dev/shm ${MAGIC.tmpfs}; objects dev/mqueue ${MAGIC.mqueue}
  done
  part namespaces
  { each "$net" ns/net; each "$mnt" ns/mnt; each "$user" ns/user; each "$uts" ns/uts; each "$ipc" ns/ipc; } | over stat -c %N
  part stat; each "$all" stat | over grep -aH '' /dev/null
}
${PROBE_END}
`.trimStart()

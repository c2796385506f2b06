/**
 * Runtimes whose pods have a kernel of their own, as programs for runc's shim: by the name of their runtime class.
 */
export const SEALED_RUNTIMES = {
  /**
   * The shim waits until nobody holds the output of a command any more; but what serves files to a second container is started
   * by `start` and stays. A kernel in a virtual machine is reached by ptrace alone.
   */
  gvisor: `#!/bin/sh
case " $* " in *' start '*) exec >/dev/null 2>&1 ;; esac
exec runsc --platform=ptrace --network=host "$@"
`,
  /**
   * What Kata Containers leaves on a node, but for Kata: a sandbox is a real virtual machine, its monitor QEMU in the pod's
   * network and in the cgroup that Kata makes for it (kata-containers, host-cgroups.md); a container is nothing here, and its PID is
   * the monitor's. The machine has no image to start from and stays at its first instruction.
   */
  kata: `#!/bin/sh -e
while [ $# -gt 0 ]; do
  case $1 in
    --root) root=$2; shift ;;
    --bundle) bundle=$2; shift ;;
    --pid-file) told=$2; shift ;;
    --log | --log-format) shift ;;
    --*) ;;
    *) if [ -z "$verb" ]; then verb=$1; elif [ -z "$id" ]; then id=$1; fi ;;
  esac
  shift
done
of() { sed -n "s|.*$1\\"\\([^\\"]*\\)\\".*|\\1|p" "$bundle/config.json"; }
is_sandbox() { [ -f "$root/$id/monitor" ]; }
here=$root/$id
case $verb in
  create)
    mkdir -p "$here"
    sandbox=$(of '"io.kubernetes.cri.sandbox-id":')
    if [ "$sandbox" = "$id" ]; then
      machine=q35
      [ "$(uname -m)" = x86_64 ] || machine=virt
      nsenter --net="$(of '"type":"network","path":')" "qemu-system-$(uname -m)" -name "sandbox-$id" \\
        -machine $machine -nodefaults -display none -m 16 -S -daemonize -pidfile "$here/monitor"
      cgroup=$(of '"cgroupsPath":')
      sed -n 's/^[^ ]* \\([^ ]*\\) cgroup2\\{0,1\\} .*/\\1/p' /proc/mounts | while read -r mount; do
        mkdir -p "$mount\${cgroup%/*}/kata_$id"
        cat "$here/monitor" >"$mount\${cgroup%/*}/kata_$id/cgroup.procs" || true
      done 2>/dev/null
    fi
    cp "$root/$sandbox/monitor" "$here/pid"
    printf %s "$(cat "$here/pid")" >"$told"
    ;;
  start) touch "$here/started" ;;
  state)
    status=stopped pid=$(cat "$here/pid")
    if [ -d "/proc/$pid" ]; then status=created; [ -f "$here/started" ] && status=running; fi
    printf '{"ociVersion":"1.0.2","id":"%s","pid":%s,"status":"%s","bundle":"/"}' "$id" $pid $status
    ;;
  kill) if is_sandbox; then kill -9 $(cat "$here/monitor") || true; fi ;;
  delete) rm -rf "$here" ;;
esac
`,
} as const

/** What a scan could not tell: what, why, and what to do. */
export const scanSentences = {
  'scan.hidden':
    "Only {read} of the node's processes could be read; {others}. Let the reader run as root with CAP_SYS_PTRACE and hostPID, or mount /proc without hidepid.",
  'scan.hidden-by-option':
    "Only {read} of the node's processes could be read; {others}. /proc is mounted with hidepid={option}. Let the reader run as root with CAP_SYS_PTRACE and hostPID, or mount /proc without hidepid.",
  'scan.others-closed': '{count} more may not be looked at, PID 1 among them',
  'scan.no-first': 'PID 1 is not among them',
  'scan.unseen-pods':
    "The API server says that containers of the node run ({running}), but none of the processes that were read ({read}) is in a pod. Either the reader sees a part of the node only (it needs hostPID, and /proc without hidepid or CAP_SYS_PTRACE), or this is another machine's /proc, or the kubelet makes no cgroups for pods (cgroupsPerQOS: false).",

  'scan.links-denied': 'Namespace links that may not be read. {why}',
  'scan.lacks-ptrace': 'The reader lacks CAP_SYS_PTRACE: add it.',
  'scan.kept-by-selinux':
    'The reader has CAP_SYS_PTRACE, but SELinux keeps it ({label}) from other processes: run it as spc_t.',
  'scan.kept-by-apparmor':
    'The reader has CAP_SYS_PTRACE, but its AppArmor profile, {label}, forbids it: run it with the profile Unconfined.',
  'scan.kept-by-module':
    'The reader has CAP_SYS_PTRACE, but a security module of the node keeps it from other processes and does not say why: run the reader without a profile (AppArmor: Unconfined, SELinux: spc_t).',
  'scan.kept-by-capability':
    'The reader has CAP_SYS_PTRACE and reads others: these have a capability that it lacks, or are in a user namespace above its own.',
  'scan.kept':
    'The reader needs CAP_SYS_PTRACE and, on nodes with AppArmor, the profile Unconfined; a process with a capability the reader lacks stays closed.',

  'scan.vanished': 'Processes that ended while the node was read; they are left out.',
  'scan.young':
    'Processes that started while the node was read. Their PIDs may have been others’ before, so they are left out; scan again.',
  'scan.twice': 'PIDs that stand twice in the scan; both processes are left out. Scan again.',
  'scan.no-cgroup': 'The cgroup could not be read, so no container is known; scan again.',
  'scan.no-status': 'The status could not be read: no user, no PIDs inside; scan again.',
  'scan.no-mounts':
    'The mounts of PID 1 may not be read, so namespaces that only a bind mount holds are missing. The reader needs hostPID and CAP_SYS_PTRACE.',
  'scan.arguments':
    'Arguments left out: too long, or not to be told apart with these tools (a busybox whose grep has no -z).',
  'scan.threads':
    'Processes with more than {most} threads: whether one of these has namespaces of its own was not looked at.',
  'scan.lacks-types': 'No process has a namespace of type {types}.',
  'scan.unknown-types': 'This kernel has namespaces that are not shown: {types}.',
  'scan.malformed': 'Lines of the scan that could not be read; they are left out.',

  'scan.first-unread': 'PID 1 could not be read',
  'scan.first-missing': 'PID 1 is not in the list of processes',
  'scan.baseline-lent':
    "{cause}, so the node's own namespaces ({types}) are taken from PID 2, the kernel thread kthreadd, which is always in those the machine started with. Should PID 1 have made others for itself, they are not known.",
  'scan.baseline-unreadable':
    "The node's own namespaces are not known ({types}): {cause}. Which namespaces are the node's is left open. Give the reader CAP_SYS_PTRACE and hostPID.",

  'scan.sandbox-doubtful':
    'Container {id} is taken for the sandbox because it is the oldest that no container status names, but its process {pid} is not known as a pause process.',
  'scan.unnamed':
    'Container {id} (process {pid}) runs in the pod, but no container status names it: the API server may be behind. Look again in a moment.',
  'scan.astray': "Processes in the pod's cgroup that are in none of its containers; they are not drawn.",
} as const

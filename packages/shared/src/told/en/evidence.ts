/** Why a part of what is inside the namespaces is missing, and what to do. */
export const evidenceSentences = {
  'evidence.vanished': 'The process {pid}, from which this was to be read, has ended or left since the scan; refresh.',
  'evidence.not-recorded': 'The captured tree does not have it.',
  'evidence.no-sysfs-recorded': 'The captured tree has no sysfs: MAC, MTU, state, kind and peer are not in it.',
  'evidence.no-holders-recorded':
    'The captured tree has no file descriptors: which process holds a socket is not in it.',
  'evidence.no-folders-recorded': 'The captured tree has no /dev/shm and no /dev/mqueue.',
  'evidence.denied':
    'Of the process {pid} it may not be read. The reader needs CAP_SYS_PTRACE and, on nodes with AppArmor, the profile Unconfined.',
  'evidence.cut': 'There is more than is read here ({most} lines of a file); the rest is left out.',
  'evidence.malformed': 'Lines that could not be understood and are left out: {lines}.',
  'evidence.other-sysfs':
    'The sysfs of the process {pid} shows another network namespace, or one that changed meanwhile: MAC, MTU, state, kind and peer of the interfaces are left out.',
  'evidence.no-sysfs':
    'The process {pid} has no sysfs at /sys, so MAC, MTU, state, kind and peer of the interfaces cannot be read.',
  'evidence.holders-closed':
    'The file descriptors of processes of other users may not be listed: the reader lacks CAP_DAC_READ_SEARCH, and the kernel, or what it shows of other sockets, is not enough to do without.',
  'evidence.holders-denied':
    'The file descriptors of these processes may not be followed. The reader needs CAP_SYS_PTRACE.',
  'evidence.holders-many': 'These processes have so many file descriptors that they were not looked at.',
  'evidence.more-processes': 'The file descriptors of {count} more processes were not looked at.',
  'evidence.inside':
    '{why} To go there takes CAP_SYS_ADMIN, which the helper does not have; on the node, run the command as root.',
  'evidence.hostname-of-file':
    'This is what /etc/hostname of the container says. The name that the kernel has is only told inside the namespace.',
  'evidence.hostname': 'The hostname is only told inside the namespace.',
  'evidence.sysv': 'System V objects are only told inside the namespace.',
  'evidence.odd-folders': 'The process {pid} has no /dev/shm and no /dev/mqueue of the usual kind.',
  'evidence.odd-objects':
    '{count} more objects are not named here: there are many, or their names have unusual characters.',
} as const

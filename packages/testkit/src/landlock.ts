import { spawnSync } from 'node:child_process'

/** landlock_create_ruleset and landlock_restrict_self, with a rule that nobody meets: no character devices are made. */
const RESTRICT =
  'my $rules = pack("Q", 1 << 6); my $fd = syscall(444, $rules, 8, 0); ' +
  '$fd >= 0 && syscall(446, $fd, 0) == 0 or die "Landlock: $!\\n"; exec @ARGV'

/**
 * Stands before a command in a line of sh, as root: a security module keeps the command from all processes that it did not
 * start, whatever capabilities it has. The kernel asks Landlock at the same place as AppArmor and SELinux, but it needs no
 * policy of the machine.
 */
export const BEHIND_LANDLOCK = `perl -e '${RESTRICT}'`

/** In one sentence, why nothing can be put behind Landlock on this machine; null where it can. */
export function whyNoLandlock(): string | null {
  const own = `/proc/${process.pid}/ns/net`
  const [open, kept] = ['', BEHIND_LANDLOCK].map((before) => spawnSync('sh', ['-c', `${before} readlink ${own}`]))
  if (open?.status === 0 && kept?.status === 1) return null
  return 'Landlock cannot be used here: that takes root, perl, and a kernel that has it (5.13 or later).'
}

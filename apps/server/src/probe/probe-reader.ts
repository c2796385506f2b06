import type { ProbeMeta } from './parse-meta.ts'

/** What stands between the reader and other users' processes, as its own /proc entries tell it. */
export type Reader = {
  /** Null: it cannot be told, as in a captured tree. */
  hasPtrace: boolean | null
  /** What a security module calls the reader: `cri-containerd.apparmor.d (enforce)`, an SELinux context; null without one. */
  label: string | null
  /** The mount option of its /proc that hides processes: `2`, `invisible`; null when there is none. */
  hidepid: string | null
}

/** linux/capability.h */
const CAP_SYS_PTRACE = 19n

export function readerOf({ files }: ProbeMeta): Reader {
  const capabilities = /^CapEff:\s*([0-9a-f]{1,16})$/.exec(files.get('self/status') ?? '')?.[1]
  const label = files.get('self/attr/current')?.replaceAll('\0', '').trim() ?? ''
  const hidepid = /^\S+ \S+ proc \S*\bhidepid=(\w+)/.exec(files.get('self/mounts') ?? '')?.[1]
  return {
    hasPtrace: capabilities === undefined ? null : ((BigInt(`0x${capabilities}`) >> CAP_SYS_PTRACE) & 1n) === 1n,
    label: label === '' || label.startsWith('unconfined') ? null : label,
    hidepid: hidepid === undefined || hidepid === '0' || hidepid === 'off' ? null : hidepid,
  }
}

/** Why links were denied to this reader, and what to change; as much of it as can be told. */
export function whyDenied({ hasPtrace, label }: Reader, isAll: boolean): string {
  if (hasPtrace === false) return 'The reader lacks CAP_SYS_PTRACE: add it.'
  if (hasPtrace && isAll && label?.includes(':')) {
    return `The reader has CAP_SYS_PTRACE, but SELinux keeps it (${label}) from other processes: run it as spc_t.`
  }
  if (hasPtrace && isAll && label) {
    return `The reader has CAP_SYS_PTRACE, but its AppArmor profile, ${label}, forbids it: run it with the profile Unconfined.`
  }
  if (hasPtrace && !isAll) {
    return 'The reader has CAP_SYS_PTRACE and reads others: these have a capability that it lacks, or are in a user namespace above its own.'
  }
  return 'The reader needs CAP_SYS_PTRACE and, on nodes with AppArmor, the profile Unconfined; a process with a capability the reader lacks stays closed.'
}

import { type Told, told } from '@pausescope/shared'
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
export function whyDenied({ hasPtrace, label }: Reader, isAll: boolean): Told {
  if (hasPtrace === null) return told('scan.kept')
  if (!hasPtrace) return told('scan.lacks-ptrace')
  if (!isAll) return told('scan.kept-by-capability')
  if (label === null) return told('scan.kept-by-module')
  return told(label.includes(':') ? 'scan.kept-by-selinux' : 'scan.kept-by-apparmor', { label })
}

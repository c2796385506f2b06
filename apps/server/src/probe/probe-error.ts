const NEXT = {
  'not-probe-output': 'Check that the helper image has a shell, grep, stat and xargs.',
  cut: 'The connection lost a part of the output; scan again.',
  incomplete: 'The script was stopped on the node, often by a memory limit; scan again.',
  'too-large': 'The node has more processes than one scan may carry; raise the limit of the scan.',
  'no-root': 'Give the path of a /proc tree: a folder with one numbered folder for each process.',
  'no-shell': 'Install a POSIX shell (sh) with grep, stat and xargs; busybox has them all.',
} as const

export type ProbeErrorCode = keyof typeof NEXT

/** The probe's output cannot be used. Nothing of it is shown as data. */
export class ProbeError extends Error {
  readonly code: ProbeErrorCode
  /** What to do. */
  readonly next: string

  constructor(code: ProbeErrorCode, message: string) {
    super(message)
    this.name = 'ProbeError'
    this.code = code
    this.next = NEXT[code]
  }
}

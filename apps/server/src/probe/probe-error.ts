const NEXT = {
  'not-probe-output': 'Check that the image has a shell with grep, stat, xargs and gzip; busybox has them all.',
  cut: 'The connection lost a part of the output; scan again.',
  incomplete: 'The script was stopped on the node, often by a memory limit; scan again.',
  'too-large': 'Look for processes with very long command lines on the node.',
  timeout: 'The node is busy, or a process there cannot be read (state D); scan again.',
  'cannot-read': 'Give the path of a /proc tree: a folder with one numbered folder for each process.',
  'no-tools': 'Use an image, or a machine, with a shell, grep, stat, xargs and gzip; busybox has them all.',
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

const EXIT = { usage: 2, failed: 1 } as const

/** What ends a command: one sentence, what to do, and the exit code: 2 for a wrong command line, 1 for the rest. */
export class CliError extends Error {
  readonly next: string | null
  readonly exitCode: number

  constructor(kind: keyof typeof EXIT, message: string, next: string | null = null) {
    super(message)
    this.name = 'CliError'
    this.next = next
    this.exitCode = EXIT[kind]
  }
}

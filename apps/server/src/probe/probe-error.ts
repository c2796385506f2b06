import { type Told, ToldError, told } from '@pausescope/shared'

const NEXT = {
  'not-probe-output': told('probe-next.not-probe-output'),
  cut: told('probe-next.cut'),
  incomplete: told('probe-next.incomplete'),
  'too-large': told('probe-next.too-large'),
  timeout: told('probe-next.timeout'),
  'cannot-read': told('probe-next.cannot-read'),
  'no-tools': told('probe-next.no-tools'),
} as const

export type ProbeErrorCode = keyof typeof NEXT

/** The probe's output cannot be used. Nothing of it is shown as data. */
export class ProbeError extends ToldError {
  readonly code: ProbeErrorCode

  constructor(code: ProbeErrorCode, message: Told) {
    super(message, NEXT[code])
    this.name = 'ProbeError'
    this.code = code
  }
}

import { type Told, ToldError, told } from '@pausescope/shared'

const NEXT = {
  forbidden: told('exec-next.forbidden'),
  unauthorized: told('kube-next.unauthorized'),
  'not-found': told('exec-next.not-found'),
  'no-server': told('kube-next.unreachable'),
  unreachable: told('exec-next.unreachable'),
  'not-running': told('exec-next.not-running'),
  failed: told('exec-next.failed'),
  'no-shell': told('exec-next.no-shell'),
  killed: told('exec-next.killed'),
  'no-status': told('exec-next.no-status'),
  protocol: told('exec-next.protocol'),
  timeout: told('exec-next.timeout'),
  'too-large': told('exec-next.too-large'),
} as const

export type ExecErrorCode = keyof typeof NEXT

/** A command in a container did not run to its end, or its output may not be whole. Nothing of it is shown as data. */
export class ExecError extends ToldError {
  readonly code: ExecErrorCode

  constructor(code: ExecErrorCode, message: Told) {
    super(message, NEXT[code])
    this.name = 'ExecError'
    this.code = code
  }
}

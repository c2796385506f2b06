import { type Told, ToldError, told } from '@pausescope/shared'

const NEXT = {
  'no-kubeconfig': told('kube-next.no-kubeconfig'),
  'bad-kubeconfig': told('kube-next.bad-kubeconfig'),
  'no-context': told('kube-next.no-context'),
  'auth-plugin': told('kube-next.auth-plugin'),
  unreachable: told('kube-next.unreachable'),
  timeout: told('kube-next.timeout'),
  unauthorized: told('kube-next.unauthorized'),
  forbidden: told('kube-next.forbidden'),
  'refused-by-policy': told('kube-next.refused-by-policy'),
  'not-found': null,
  conflict: null,
  gone: null,
  'too-many-requests': told('kube-next.too-many-requests'),
  'server-error': told('kube-next.server-error'),
} as const

export type KubeErrorCode = keyof typeof NEXT

/**
 * The cluster cannot be used, or refused a call. `message` says what failed, on what and why in words that may be shown:
 * never headers, credentials or whole bodies. `next` says what to do.
 */
export class KubeError extends ToldError {
  readonly code: KubeErrorCode
  /** HTTP status of the answer; null when there was none. */
  readonly status: number | null
  /** How long the API server asks to wait, from Retry-After. */
  readonly retryAfterMs: number | null

  constructor(
    code: KubeErrorCode,
    message: Told,
    more: { next?: Told; status?: number; retryAfterMs?: number | null } = {},
  ) {
    super(message, more.next ?? NEXT[code])
    this.name = 'KubeError'
    this.code = code
    this.status = more.status ?? null
    this.retryAfterMs = more.retryAfterMs ?? null
  }
}

/** True for a KubeError, of one of the codes when some are given. */
export function isKubeError(cause: unknown, ...codes: KubeErrorCode[]): cause is KubeError {
  return cause instanceof KubeError && (codes.length === 0 || codes.includes(cause.code))
}

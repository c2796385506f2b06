const NEXT = {
  'no-kubeconfig': 'Give --kubeconfig FILE, set KUBECONFIG, or log in to a cluster so that ~/.kube/config exists.',
  'bad-kubeconfig': 'Repair the file; `kubectl config view` shows what kubectl makes of it.',
  'no-context': 'Choose one with --context NAME; `kubectl config get-contexts` lists them.',
  'auth-plugin': 'Install the program, or log in with it, until `kubectl get pods` works.',
  unreachable: 'Check network, VPN and the server address of the context; `kubectl version` should answer.',
  timeout: 'Check network and VPN, or try again: the API server may be busy.',
  unauthorized: 'Log in again: the credentials of this context are not (or no longer) accepted.',
  forbidden: 'Ask a cluster administrator for the permission named in the message.',
  'refused-by-policy': 'Ask a cluster administrator to allow it, or use another namespace.',
  'not-found': null,
  conflict: null,
  gone: null,
  'too-many-requests': 'Wait a moment: the API server is busy.',
  'server-error': 'Try again; if it stays, look at the API server and what stands before it.',
} as const

export type KubeErrorCode = keyof typeof NEXT

/**
 * The cluster cannot be used, or refused a call. `message` says what failed, on what and why in words that may be shown:
 * never headers, credentials or whole bodies. `next` says what to do.
 */
export class KubeError extends Error {
  readonly code: KubeErrorCode
  readonly next: string | null
  /** HTTP status of the answer; null when there was none. */
  readonly status: number | null
  /** How long the API server asks to wait, from Retry-After. */
  readonly retryAfterMs: number | null

  constructor(
    code: KubeErrorCode,
    message: string,
    more: { next?: string; status?: number; retryAfterMs?: number | null } = {},
  ) {
    super(message)
    this.name = 'KubeError'
    this.code = code
    this.next = more.next ?? NEXT[code]
    this.status = more.status ?? null
    this.retryAfterMs = more.retryAfterMs ?? null
  }
}

/** True for a KubeError, of one of the codes when some are given. */
export function isKubeError(cause: unknown, ...codes: KubeErrorCode[]): cause is KubeError {
  return cause instanceof KubeError && (codes.length === 0 || codes.includes(cause.code))
}

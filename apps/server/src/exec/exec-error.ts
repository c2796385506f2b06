const NEXT = {
  forbidden: 'Ask for the verbs get and create on pods/exec in the namespace of the helper.',
  unauthorized: 'Log in again: the credentials of this context are not (or no longer) accepted.',
  'not-found': 'The helper pod is gone; ask again and a new one is made.',
  'no-server': 'Check network, VPN and the server address of the context; `kubectl version` should answer.',
  unreachable: 'Check that the node is Ready and that the API server reaches its kubelet.',
  'not-running': 'The container is not running (any more); ask again.',
  failed: 'Try again; if it stays, look at the helper pod with kubectl describe.',
  'no-shell': 'Choose a helper image with sh, grep, stat and xargs, as busybox has them.',
  killed: 'The node ended the command, mostly for lack of memory or time; try again.',
  'no-status': 'The connection was cut; try again.',
  protocol: 'Something between here and the API server changes WebSocket traffic; look for a proxy.',
  timeout: 'The node answers too slowly; try again.',
  'too-large': 'The node has more to tell than one answer may carry.',
} as const

export type ExecErrorCode = keyof typeof NEXT

/** A command in a container did not run to its end, or its output may not be whole. Nothing of it is shown as data. */
export class ExecError extends Error {
  readonly code: ExecErrorCode
  readonly next: string

  constructor(code: ExecErrorCode, message: string) {
    super(message)
    this.name = 'ExecError'
    this.code = code
    this.next = NEXT[code]
  }
}

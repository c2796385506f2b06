const NEXT = {
  'not-an-object': 'Give what `kubectl get pods -o json` prints.',
  'wrong-kind': 'Give a Pod, a PodList or a List of Pods: what `kubectl get pods -o json` prints.',
  'wrong-node': 'Give one Node or a list of Nodes: what `kubectl get nodes -o json` prints.',
  malformed: 'Ask the API server for the object again; a hand-edited file may have lost a field.',
} as const

export type KubeObjectErrorCode = keyof typeof NEXT

/** A value that is not the Kubernetes object it should be. */
export class KubeObjectError extends Error {
  readonly code: KubeObjectErrorCode
  /** What to do. */
  readonly next: string

  constructor(code: KubeObjectErrorCode, message: string) {
    super(message)
    this.name = 'KubeObjectError'
    this.code = code
    this.next = NEXT[code]
  }
}

/** What a parsed JSON or YAML value is, in words: `an array`, `kind Service`, `an object without a kind`. */
export function describeValue(value: unknown): string {
  if (value === null || value === undefined) return 'nothing'
  if (Array.isArray(value)) return 'an array'
  if (typeof value !== 'object') return `a ${typeof value}`
  const kind = (value as { kind?: unknown }).kind
  return typeof kind === 'string' && kind !== '' ? `kind ${kind.slice(0, 60)}` : 'an object without a kind'
}

/** A Status object of the Kubernetes API (meta/v1). */
export type Status = {
  kind?: 'Status'
  apiVersion?: 'v1'
  metadata: Record<string, unknown>
  status: 'Success' | 'Failure'
  message?: string
  reason?: string
  details?: {
    name?: string
    kind?: string
    retryAfterSeconds?: number
    causes?: { reason?: string; message?: string; field?: string }[]
  }
  code?: number
}

/** Thrown by a request's handler; the server answers with the Status and its code. */
export class StatusError extends Error {
  readonly status: Status

  constructor(status: Status) {
    super(status.message)
    this.name = 'StatusError'
    this.status = status
  }
}

/** A failure as the API server writes it. */
export function failure(code: number, reason: string, message: string, details?: Status['details']): Status {
  return {
    kind: 'Status',
    apiVersion: 'v1',
    metadata: {},
    status: 'Failure',
    message,
    reason,
    ...(details ? { details } : {}),
    code,
  }
}

export function unauthorized(): Status {
  return failure(401, 'Unauthorized', 'Unauthorized')
}

export function badRequest(message: string): Status {
  return failure(400, 'BadRequest', message)
}

export function notFound(resource: string, name: string): Status {
  return failure(404, 'NotFound', `${resource} "${name}" not found`, { name, kind: resource })
}

export function noSuchResource(): Status {
  return failure(404, 'NotFound', 'the server could not find the requested resource', {})
}

export function methodNotAllowed(): Status {
  return failure(405, 'MethodNotAllowed', 'the server does not allow this method on the requested resource', {})
}

export function alreadyExists(resource: string, name: string): Status {
  return failure(409, 'AlreadyExists', `${resource} "${name}" already exists`, { name, kind: resource })
}

export function conflict(resource: string, name: string, why: string): Status {
  const message = `Operation cannot be fulfilled on ${resource} "${name}": ${why}`
  return failure(409, 'Conflict', message, { name, kind: resource })
}

export function invalid(kind: string, name: string, field: string, why: string): Status {
  return failure(422, 'Invalid', `${kind} "${name}" is invalid: ${field}: ${why}`, {
    name,
    kind,
    causes: [{ reason: 'FieldValueInvalid', message: why, field }],
  })
}

/** What a watch, or a page of a list, answers when its resourceVersion is no longer kept. */
export function expired(message: string): Status {
  return failure(410, 'Expired', message)
}

export function tooManyRequests(retryAfterSeconds: number): Status {
  const message = 'The server has received too many requests and has asked us to try again later'
  return failure(429, 'TooManyRequests', message, { retryAfterSeconds })
}

export function internalError(message: string): Status {
  return failure(500, 'InternalError', `Internal error occurred: ${message}`, { causes: [{ message }] })
}

/** What the API server says when it cannot reach a node's kubelet. */
export function kubeletUnreachable(address: string): Status {
  const message = `error dialing backend: dial tcp ${address}:10250: connect: connection refused`
  return { kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Failure', message, code: 500 }
}

/** Pod Security's refusal of a pod like the helper: host PID namespace, a capability, root. */
export function podSecurityRefusal(pod: string, container: string): Status {
  const violations = [
    'host namespaces (hostPID=true)',
    `unrestricted capabilities (container "${container}" must not include "SYS_PTRACE" in securityContext.capabilities.add)`,
    `runAsNonRoot != true (pod or container "${container}" must set securityContext.runAsNonRoot=true)`,
  ]
  const message = `pods "${pod}" is forbidden: violates PodSecurity "restricted:latest": ${violations.join(', ')}`
  return failure(403, 'Forbidden', message, { name: pod, kind: 'pods' })
}

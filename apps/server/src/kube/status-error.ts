import { type Told, told } from '@pausescope/shared'
import { z } from 'zod'
import { KubeError, type KubeErrorCode } from './kube-error.ts'

/** What the API server sends instead of an object when it refuses: meta/v1 Status. */
const statusSchema = z.object({
  kind: z.literal('Status'),
  code: z.number().int().optional(),
  reason: z.string().optional(),
  message: z.string().optional(),
})

const BY_STATUS: Record<number, KubeErrorCode> = {
  401: 'unauthorized',
  403: 'forbidden',
  404: 'not-found',
  409: 'conflict',
  410: 'gone',
  429: 'too-many-requests',
  504: 'timeout',
}

/** Refusals that no RBAC rule would lift: Pod Security, quota, admission webhooks and policies. */
const POLICY = /violates PodSecurity|exceeded quota|admission webhook|ValidatingAdmissionPolicy|denied the request/

/** Longest text of the API server that is passed on, in characters. */
const MESSAGE_MAX = 1000

/**
 * The error for an answer that is not 2xx, or for an ERROR event of a watch.
 * @param what what was asked, as in "list pods"
 * @param body the answer's body as text, or the event's object
 */
export function errorFromStatus(what: Told, http: number, body: unknown, retryAfter?: string): KubeError {
  const parsed = statusSchema.safeParse(typeof body === 'string' ? parseJson(body) : body)
  const status = parsed.success ? (parsed.data.code ?? http) : http
  const said = parsed.success ? parsed.data.message : undefined
  const code = codeOf(status, said)
  const seconds = Number(retryAfter)
  return new KubeError(code, told('cannot', { what, why: said ? clip(said) : unnamed(status) }), {
    status,
    retryAfterMs: retryAfter !== undefined && Number.isFinite(seconds) ? Math.max(0, seconds * 1000) : null,
  })
}

function codeOf(status: number, said: string | undefined): KubeErrorCode {
  if (status === 403 && said && POLICY.test(said)) return 'refused-by-policy'
  return BY_STATUS[status] ?? 'server-error'
}

function unnamed(status: number): Told {
  if (status >= 300 && status < 400) return told('kube.redirects', { status })
  return told('kube.silent-refusal', { status })
}

function clip(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim()
  return line.length > MESSAGE_MAX ? `${line.slice(0, MESSAGE_MAX)}…` : line
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

import { type Told, type ToldValue, told } from '@pausescope/shared'
import { KubeError } from './kube-error.ts'

const CERTIFICATE =
  /^(DEPTH_ZERO_SELF_SIGNED_CERT|SELF_SIGNED_CERT_IN_CHAIN|UNABLE_TO_\w+|CERT_\w+|ERR_TLS_CERT_ALTNAME_INVALID)$/

/** Reasons a connection fails, in a person's words; other codes are shown as they are. */
const REASONS: Record<string, Told> = {
  ECONNREFUSED: told('kube.nothing-listens'),
  ENOTFOUND: told('kube.unknown-name'),
  EAI_AGAIN: told('kube.unresolved-name'),
  ECONNRESET: told('kube.connection-cut'),
  EPIPE: told('kube.connection-cut'),
  ETIMEDOUT: told('kube.no-answer'),
  EHOSTUNREACH: told('kube.no-route'),
  ENETUNREACH: told('kube.no-route'),
  EPROTO: told('kube.no-tls'),
}

/** The error for a call that got no answer. The cause's own text may hold addresses only, never credentials. */
export function errorFromConnection(what: Told, server: ToldValue, cause: unknown): KubeError {
  const code = errorCode(cause)
  if (code !== null && CERTIFICATE.test(code)) {
    const why = told('kube.certificate', { server, code })
    return new KubeError('unreachable', told('cannot', { what, why }), { next: told('kube.certificate-next') })
  }
  const reason = code === null ? told('kube.connection-failed') : (REASONS[code] ?? code)
  return new KubeError('unreachable', told('cannot', { what, why: told('kube.unreachable', { server, reason }) }))
}

/** Node puts the attempts of several addresses into one AggregateError; the first speaks for all. */
function errorCode(cause: unknown): string | null {
  if (cause instanceof AggregateError && cause.errors.length > 0) return errorCode(cause.errors[0])
  const code = (cause as NodeJS.ErrnoException)?.code
  return typeof code === 'string' ? code : null
}

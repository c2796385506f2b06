import { KubeError } from './kube-error.ts'

const CERTIFICATE =
  /^(DEPTH_ZERO_SELF_SIGNED_CERT|SELF_SIGNED_CERT_IN_CHAIN|UNABLE_TO_\w+|CERT_\w+|ERR_TLS_CERT_ALTNAME_INVALID)$/

/** Reasons a connection fails, in a person's words; other codes are shown as they are. */
const REASONS: Record<string, string> = {
  ECONNREFUSED: 'nothing listens there',
  ENOTFOUND: 'the name is not known',
  EAI_AGAIN: 'the name could not be resolved',
  ECONNRESET: 'the connection was cut',
  EPIPE: 'the connection was cut',
  ETIMEDOUT: 'it does not answer',
  EHOSTUNREACH: 'no route leads there',
  ENETUNREACH: 'no route leads there',
  EPROTO: 'it does not speak TLS as expected',
}

/** The error for a call that got no answer. The cause's own text may hold addresses only, never credentials. */
export function errorFromConnection(what: string, server: string, cause: unknown): KubeError {
  const code = errorCode(cause)
  if (CERTIFICATE.test(code)) {
    return new KubeError('unreachable', `Cannot ${what}: the certificate of ${server} is not trusted (${code}).`, {
      next: "Check the context's certificate-authority; a proxy that opens TLS needs its own there.",
    })
  }
  return new KubeError('unreachable', `Cannot ${what}: ${server} is unreachable, ${REASONS[code] ?? code}.`)
}

/** Node puts the attempts of several addresses into one AggregateError; the first speaks for all. */
function errorCode(cause: unknown): string {
  if (cause instanceof AggregateError && cause.errors.length > 0) return errorCode(cause.errors[0])
  const code = (cause as NodeJS.ErrnoException)?.code
  return typeof code === 'string' ? code : 'the connection failed'
}

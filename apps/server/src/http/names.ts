import { told } from '@pausescope/shared'
import { HttpError } from './api-error.ts'

const LABEL = '[a-z0-9](?:[-a-z0-9]{0,61}[a-z0-9])?'
const NAMESPACE = new RegExp(`^${LABEL}$`)
const SUBDOMAIN = new RegExp(`^${LABEL}(?:\\.${LABEL})*$`)

/** The name of a Kubernetes namespace: an RFC 1123 label. @throws HttpError 400 */
export function parseNamespaceName(text: unknown): string {
  if (typeof text === 'string' && NAMESPACE.test(text)) return text
  throw badName('namespace')
}

/** The name of a pod or node: an RFC 1123 subdomain of at most 253 characters. @throws HttpError 400 */
export function parseObjectName(text: unknown, kind: 'pod' | 'node'): string {
  if (typeof text === 'string' && text.length <= 253 && SUBDOMAIN.test(text)) return text
  throw badName(kind)
}

function badName(kind: 'pod' | 'node' | 'namespace'): HttpError {
  return new HttpError(400, 'bad-name', told(`http.${kind}-name`), told('http.name-next'))
}

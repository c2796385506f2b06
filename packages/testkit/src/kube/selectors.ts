import type { KubeObject } from './kube-object.ts'
import { badRequest, StatusError } from './status.ts'

export type Selector = (object: KubeObject) => boolean

/** Reads `labelSelector` and `fieldSelector` of a list or watch. */
export function parseSelectors(query: URLSearchParams): Selector {
  const labels = parseLabelSelector(query.get('labelSelector') ?? '')
  const fields = parseFieldSelector(query.get('fieldSelector') ?? '')
  return (object) => labels(object) && fields(object)
}

/** `a=b,c!=d,e in (f,g),h notin (i),j,!k` */
export function parseLabelSelector(text: string): Selector {
  const terms = text.split(/,(?![^(]*\))/).filter((term) => term.trim() !== '')
  const tests = terms.map((term) => labelTest(term.trim()))
  return (object) => tests.every((test) => test(object.metadata.labels ?? {}))
}

function labelTest(term: string): (labels: Record<string, string>) => boolean {
  const set = /^(\S+) (in|notin) \(([^)]*)\)$/.exec(term)
  if (set) {
    const [, key = '', operator, list = ''] = set
    const values = list.split(',').map((value) => value.trim())
    if (operator === 'in') return (labels) => values.includes(labels[key] ?? '\0')
    return (labels) => !values.includes(labels[key] ?? '\0')
  }
  const comparison = /^([^\s!=]+)\s*(!=|==?)\s*(\S*)$/.exec(term)
  if (comparison) {
    const [, key = '', operator, value] = comparison
    return operator === '!=' ? (labels) => labels[key] !== value : (labels) => labels[key] === value
  }
  if (/^![^\s!=]+$/.test(term)) return (labels) => labels[term.slice(1)] === undefined
  if (/^[^\s!=]+$/.test(term)) return (labels) => labels[term] !== undefined
  throw new StatusError(badRequest(`unable to parse requirement: found '${term}'`))
}

const FIELDS = ['metadata.name', 'metadata.namespace', 'spec.nodeName', 'status.phase'] as const

/** `spec.nodeName=a,status.phase!=Failed`; only the fields the API server indexes for pods. */
export function parseFieldSelector(text: string): Selector {
  const tests = text
    .split(',')
    .filter((term) => term !== '')
    .map((term): Selector => {
      const [, field = '', operator, value] = /^([^!=]+)(!=|==?)(.*)$/.exec(term) ?? []
      if (!(FIELDS as readonly string[]).includes(field)) {
        const message = `Unable to find "/v1, Resource=pods" that match label selector "", field selector "${text}": field label not supported: ${field}`
        throw new StatusError(badRequest(message))
      }
      return (object) => (fieldOf(object, field) === value) !== (operator === '!=')
    })
  return (object) => tests.every((test) => test(object))
}

function fieldOf(object: KubeObject, field: string): string {
  let value: unknown = object
  for (const step of field.split('.')) value = (value as Record<string, unknown> | undefined)?.[step]
  return typeof value === 'string' ? value : ''
}

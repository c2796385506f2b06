/** What a request asks of the API, as the API server's authorizer sees it. */
export type RequestInfo = {
  verb: string
  group: string
  resource: string
  subresource: string | null
  namespace: string | null
  name: string | null
  query: URLSearchParams
}

/** Parses a resource path; null for any other (`/version`, `/livez`, …). */
export function parseRequest(method: string, url: string): RequestInfo | null {
  const { pathname, searchParams: query } = new URL(url, 'http://server')
  const steps = pathname.split('/').slice(1).map(decodeURIComponent)
  const group = steps[0] === 'api' ? '' : steps[0] === 'apis' ? steps[1] : undefined
  const rest = steps.slice(group === '' ? 2 : 3)
  if (group === undefined || rest.length === 0) return null

  const inNamespace = rest[0] === 'namespaces' && rest.length > 2
  const [resource = '', named, subresource] = inNamespace ? rest.slice(2) : rest
  const name = named ?? nameOf(query)
  const namespace = rest[0] === 'namespaces' ? (inNamespace ? (rest[1] ?? null) : name) : null
  const verb = verbOf(method, named !== undefined, query)
  return { verb, group, resource, subresource: subresource ?? null, namespace, name, query }
}

/** A list of one name is authorized as that name (k8s.io/apiserver requestinfo.go). */
function nameOf(query: URLSearchParams): string | null {
  return /^metadata\.name==?([^,]+)$/.exec(query.get('fieldSelector') ?? '')?.[1] ?? null
}

function verbOf(method: string, named: boolean, query: URLSearchParams): string {
  switch (method) {
    case 'POST':
      return 'create'
    case 'PUT':
      return 'update'
    case 'PATCH':
      return 'patch'
    case 'DELETE':
      return named ? 'delete' : 'deletecollection'
    default:
      if (named) return 'get'
      return ['true', '1'].includes(query.get('watch') ?? '') ? 'watch' : 'list'
  }
}

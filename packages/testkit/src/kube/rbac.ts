import type { RequestInfo } from './request-info.ts'
import { failure, type Status } from './status.ts'

/** Verbs on resources, as a Role has them. `namespaces` absent: a ClusterRole bound cluster-wide. */
export type Rule = {
  verbs: readonly string[]
  /** `pods`, `pods/exec`, `*` */
  resources: readonly string[]
  namespaces?: readonly string[]
  names?: readonly string[]
  /** API groups; default the core group. */
  groups?: readonly string[]
}

export type User = { name: string; token: string; rules: readonly Rule[] }

export const ALL_ALLOWED: readonly Rule[] = [{ verbs: ['*'], resources: ['*'], groups: ['*'] }]

/** Every authenticated user may ask about itself (ClusterRole system:basic-user). */
const BASIC_USER: Rule = {
  verbs: ['create'],
  resources: ['selfsubjectaccessreviews', 'selfsubjectrulesreviews'],
  groups: ['authorization.k8s.io'],
}

export type Attributes = Pick<RequestInfo, 'verb' | 'group' | 'resource' | 'subresource' | 'namespace' | 'name'>

export function isAllowed(rules: readonly Rule[], asked: Attributes): boolean {
  return [...rules, BASIC_USER].some((rule) => covers(rule, asked))
}

function covers(rule: Rule, asked: Attributes): boolean {
  const resource = fullResource(asked)
  const resources = [resource, '*', ...(asked.subresource ? [`*/${asked.subresource}`] : [])]
  return (
    includes(rule.verbs, asked.verb, '*') &&
    includes(rule.groups ?? [''], asked.group, '*') &&
    includes(rule.resources, ...resources) &&
    (rule.namespaces === undefined || (asked.namespace !== null && rule.namespaces.includes(asked.namespace))) &&
    (rule.names === undefined || (asked.name !== null && rule.names.includes(asked.name)))
  )
}

function includes(list: readonly string[], ...any: string[]): boolean {
  return any.some((one) => list.includes(one))
}

function fullResource({ resource, subresource }: Attributes): string {
  return subresource === null ? resource : `${resource}/${subresource}`
}

/** The refusal in the API server's words. */
export function forbidden(user: string, asked: Attributes): Status {
  const subject = asked.name === null ? asked.resource : `${asked.resource} "${asked.name}"`
  const where = asked.namespace === null ? 'at the cluster scope' : `in the namespace "${asked.namespace}"`
  const what = `cannot ${asked.verb} resource "${fullResource(asked)}" in API group "${asked.group}" ${where}`
  return failure(403, 'Forbidden', `${subject} is forbidden: User "${user}" ${what}`, {
    ...(asked.name === null ? {} : { name: asked.name }),
    kind: asked.resource,
  })
}

type AccessReview = { spec?: { resourceAttributes?: Partial<Record<keyof Attributes | 'version', string>> } }

/** Answers a SelfSubjectAccessReview (authorization.k8s.io/v1). */
export function reviewAccess(user: User, review: AccessReview): object {
  const asked = review.spec?.resourceAttributes ?? {}
  const attributes = {
    verb: asked.verb ?? '',
    group: asked.group ?? '',
    resource: asked.resource ?? '',
    subresource: asked.subresource || null,
    namespace: asked.namespace || null,
    name: asked.name || null,
  }
  const allowed = isAllowed(user.rules, attributes)
  return { ...review, metadata: {}, status: allowed ? { allowed, reason: 'RBAC: allowed' } : { allowed } }
}

/** Answers a SelfSubjectRulesReview: the rules that hold in one namespace. */
export function reviewRules(user: User, review: { spec?: { namespace?: string } }): object {
  const namespace = review.spec?.namespace ?? 'default'
  const rules = [...user.rules, BASIC_USER].filter((rule) => rule.namespaces?.includes(namespace) ?? true)
  return {
    ...review,
    metadata: {},
    status: {
      resourceRules: rules.map((rule) => ({
        verbs: rule.verbs,
        apiGroups: rule.groups ?? [''],
        resources: rule.resources,
        ...(rule.names ? { resourceNames: rule.names } : {}),
      })),
      nonResourceRules: [{ verbs: ['get'], nonResourceURLs: ['/healthz', '/livez', '/readyz', '/version'] }],
      incomplete: false,
    },
  }
}

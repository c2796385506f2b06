import * as client from '@kubernetes/client-node'
import { DaemonSet } from 'kubernetes-models/apps/v1/DaemonSet'
import { Deployment } from 'kubernetes-models/apps/v1/Deployment'
import { NetworkPolicy } from 'kubernetes-models/networking.k8s.io/v1/NetworkPolicy'
import { ClusterRole } from 'kubernetes-models/rbac.authorization.k8s.io/v1/ClusterRole'
import { ClusterRoleBinding } from 'kubernetes-models/rbac.authorization.k8s.io/v1/ClusterRoleBinding'
import { Role } from 'kubernetes-models/rbac.authorization.k8s.io/v1/Role'
import { RoleBinding } from 'kubernetes-models/rbac.authorization.k8s.io/v1/RoleBinding'
import { Namespace } from 'kubernetes-models/v1/Namespace'
import { Pod } from 'kubernetes-models/v1/Pod'
import { Service } from 'kubernetes-models/v1/Service'
import { ServiceAccount } from 'kubernetes-models/v1/ServiceAccount'
import type { Manifest } from './manifests.ts'

/** Their validators are made from the OpenAPI document of Kubernetes. */
const MODELS = {
  ClusterRole,
  ClusterRoleBinding,
  DaemonSet,
  Deployment,
  Namespace,
  NetworkPolicy,
  Pod,
  Role,
  RoleBinding,
  Service,
  ServiceAccount,
}

/**
 * What the API server would say against an object, as `kubectl apply --validate=strict` has it checked: wrong types, values
 * and missing fields by the OpenAPI schemas; fields that no version knows by the client's models, made from the same document.
 */
export function complaints(manifest: Manifest): string[] {
  const Model = MODELS[manifest.kind as keyof typeof MODELS] as (new (data: object) => { validate(): void }) | undefined
  if (!Model) return [`no schema for ${manifest.kind}`]
  const found = unknownFields(manifest, `V1${manifest.kind}`, manifest.kind)
  try {
    new Model(manifest).validate()
  } catch (cause) {
    found.push((cause as Error).message)
  }
  return found
}

type Model = { getAttributeTypeMap?: () => { baseName: string; type: string }[] }

function unknownFields(value: unknown, type: string, path: string): string[] {
  const item = /^Array<(.*)>$/.exec(type)?.[1]
  if (item !== undefined) {
    return (value as unknown[]).flatMap((one, index) => unknownFields(one, item, `${path}[${index}]`))
  }
  const fields = (client as unknown as Record<string, Model>)[type]?.getAttributeTypeMap?.()
  if (!fields) return []
  return Object.entries(value as object).flatMap(([name, inner]) => {
    const field = fields.find(({ baseName }) => baseName === name)
    return field ? unknownFields(inner, field.type, `${path}.${name}`) : [`${path}.${name} is no field`]
  })
}

/** The kinds of object the fake API server keeps. */
export const RESOURCES = {
  pods: { kind: 'Pod', namespaced: true },
  nodes: { kind: 'Node', namespaced: false },
  namespaces: { kind: 'Namespace', namespaced: false },
} as const
export type ResourceName = keyof typeof RESOURCES

export type ObjectMeta = {
  name: string
  namespace?: string
  uid?: string
  resourceVersion?: string
  creationTimestamp?: string
  deletionTimestamp?: string
  deletionGracePeriodSeconds?: number
  generateName?: string
  labels?: Record<string, string>
  annotations?: Record<string, string>
  [field: string]: unknown
}

/** Any object of the API, as JSON has it. */
export type KubeObject = {
  apiVersion: string
  kind: string
  metadata: ObjectMeta
  [field: string]: unknown
}

export type ContainerSpec = { name: string; image: string; [field: string]: unknown }

type PodSpec = {
  nodeName?: string
  nodeSelector?: Record<string, string>
  activeDeadlineSeconds?: number
  terminationGracePeriodSeconds?: number
  containers: ContainerSpec[]
  initContainers?: ContainerSpec[]
  ephemeralContainers?: ContainerSpec[]
  [field: string]: unknown
}

export type PodStatus = { phase?: string; [field: string]: unknown }

export type PodObject = KubeObject & { spec: PodSpec; status: PodStatus }

/** An object as a person writes it: the server adds the rest. */
export type ObjectInput = Partial<Pick<KubeObject, 'apiVersion' | 'kind'>> & {
  metadata: ObjectMeta
  [field: string]: unknown
}

export function isResourceName(text: string | undefined): text is ResourceName {
  return text !== undefined && Object.hasOwn(RESOURCES, text)
}

/** `namespace/name`, or the name alone for what has no namespace. */
export function objectKey(object: { metadata: Pick<ObjectMeta, 'name' | 'namespace'> }): string {
  const { namespace, name } = object.metadata
  return namespace === undefined ? name : `${namespace}/${name}`
}

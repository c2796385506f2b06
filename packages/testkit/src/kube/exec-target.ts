import type { ClusterState } from './cluster-state.ts'
import type { PodObject } from './kube-object.ts'
import type { RequestInfo } from './request-info.ts'
import { badRequest, failure, notFound, StatusError } from './status.ts'

/** The pod of an exec, as it is found and refused before anything runs. */
export function execPod(state: ClusterState, info: RequestInfo): PodObject {
  const pod = state.store.get('pods', `${info.namespace}/${info.name}`) as PodObject | undefined
  if (!pod) throw new StatusError(notFound('pods', info.name ?? ''))
  if (!pod.spec.nodeName) throw new StatusError(badRequest(`pod ${info.name} does not have a host assigned`))
  if (pod.status.phase === 'Succeeded' || pod.status.phase === 'Failed') {
    throw new StatusError(
      failure(
        500,
        'InternalError',
        `cannot exec into a container in a completed pod; current phase is ${pod.status.phase}`,
      ),
    )
  }
  return pod
}

/** The container asked for, or the only one. */
export function execContainer(pod: PodObject, asked: string | null): string {
  const names = [
    ...pod.spec.containers,
    ...(pod.spec.initContainers ?? []),
    ...(pod.spec.ephemeralContainers ?? []),
  ].map(({ name }) => name)
  const only = pod.spec.containers.length === 1 ? pod.spec.containers[0]?.name : undefined
  const name = asked ?? only
  if (name === undefined) {
    const choice = pod.spec.containers.map((container) => container.name).join(' ')
    const message = `a container name must be specified for pod ${pod.metadata.name}, choose one of: [${choice}]`
    throw new StatusError(badRequest(message))
  }
  if (!names.includes(name)) {
    throw new StatusError(badRequest(`container ${name} is not valid for pod ${pod.metadata.name}`))
  }
  return name
}

export function containerRuns(pod: PodObject, name: string): boolean {
  const lists = [pod.status.containerStatuses, pod.status.initContainerStatuses, pod.status.ephemeralContainerStatuses]
  const statuses = lists.flat() as ({ name: string; state?: { running?: object } } | undefined)[]
  return statuses.some((status) => status?.name === name && status.state?.running !== undefined)
}

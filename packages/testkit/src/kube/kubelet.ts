import { randomBytes } from 'node:crypto'
import type { Faults, StartFault } from './faults.ts'
import { type KubeObject, objectKey, type PodObject } from './kube-object.ts'
import { nodeFacts } from './node-facts.ts'
import { containerStatuses, failedBy, startingStatus, unschedulable, waitingFor } from './pod-status.ts'
import type { Store } from './store.ts'
import { Timers } from './timers.ts'

export type KubeletOptions = {
  /** Milliseconds from the creation of a pod to Running. */
  startMs: number
  /** Milliseconds from the deletion of a pod to its end, when its grace period is not shorter. */
  stopMs: number
}

/** Plays scheduler and kubelets for pods made over the API: they start, fail and end as scripted. */
export class Kubelet {
  options: KubeletOptions
  readonly #store: Store
  readonly #faults: Faults
  readonly #timers = new Timers()

  constructor(store: Store, faults: Faults, options: KubeletOptions) {
    this.#store = store
    this.#faults = faults
    this.options = options
  }

  /** A pod was made: it is given a node and started. */
  created(pod: PodObject): void {
    const key = objectKey(pod)
    const node = pod.spec.nodeName ?? this.#choose(pod)
    const circumstances = { namespace: pod.metadata.namespace ?? null, name: pod.metadata.name }
    const fault = this.#faults.take('start', node === undefined ? circumstances : { ...circumstances, node })
    const kind = fault?.kind as StartFault | undefined
    this.#timers.after(0, () => {
      if (kind === 'never') return
      if (node === undefined || kind === 'unschedulable') {
        this.#change(key, (it) => ({ ...it, status: unschedulable(it) }))
        return
      }
      this.#change(key, (it) => this.#placed(it, node))
      // From here, as two timers of different length may swap their order on a busy machine.
      this.#timers.after(this.options.startMs, () => this.#start(key, kind))
    })
  }

  /** A pod's deletion began: it is gone soon. */
  deleted(pod: PodObject): void {
    const graceMs = (pod.metadata.deletionGracePeriodSeconds ?? 0) * 1000
    const uid = pod.metadata.uid
    this.#timers.after(Math.min(graceMs, this.options.stopMs), () => {
      const key = objectKey(pod)
      if (this.#store.get('pods', key)?.metadata.uid === uid) this.#store.remove('pods', key)
    })
  }

  close(): void {
    this.#timers.close()
  }

  #placed(pod: PodObject, node: string): PodObject {
    return {
      ...pod,
      spec: { ...pod.spec, nodeName: node },
      status: startingStatus(pod, nodeFacts(this.#store, node).address),
    }
  }

  #start(key: string, kind: StartFault | undefined): void {
    this.#change(key, (pod) => {
      if (kind === 'image-error') return { ...pod, status: waitingFor(pod, 'ErrImagePull') }
      if (kind === 'apparmor') return { ...pod, status: failedBy(pod, 'AppArmor') }
      if (kind === 'crash') return { ...pod, status: waitingFor(pod, 'CrashLoopBackOff') }
      const { runtime } = nodeFacts(this.#store, pod.spec.nodeName ?? '')
      const id = () => randomBytes(32).toString('hex')
      return { ...pod, status: containerStatuses(pod, runtime, id) }
    })
    if (kind === 'image-error') {
      this.#timers.after(this.options.startMs, () =>
        this.#change(key, (pod) => ({ ...pod, status: waitingFor(pod, 'ImagePullBackOff') })),
      )
    }
    if (kind === 'evicted') {
      this.#timers.after(this.options.startMs, () =>
        this.#change(key, (pod) => ({ ...pod, status: failedBy(pod, 'Evicted') })),
      )
    }
    const deadline = (this.#store.get('pods', key) as PodObject | undefined)?.spec.activeDeadlineSeconds
    if (deadline !== undefined) {
      this.#timers.after(deadline * 1000, () =>
        this.#change(key, (pod) => ({ ...pod, status: failedBy(pod, 'DeadlineExceeded') })),
      )
    }
  }

  #change(key: string, to: (pod: PodObject) => PodObject): void {
    const pod = this.#store.get('pods', key) as PodObject | undefined
    if (pod && pod.metadata.deletionTimestamp === undefined) this.#store.put('pods', to(pod))
  }

  /** The first node whose labels the pod's nodeSelector and required node affinity accept. */
  #choose(pod: PodObject): string | undefined {
    const wanted = Object.entries(pod.spec.nodeSelector ?? {})
    const names = affinityNames(pod)
    const node = this.#store
      .list('nodes')
      .find(
        ({ metadata }) =>
          wanted.every(([label, value]) => metadata.labels?.[label] === value) &&
          (names === null || names.includes(metadata.name)),
      )
    return node?.metadata.name
  }
}

type NodeAffinity = {
  nodeAffinity?: {
    requiredDuringSchedulingIgnoredDuringExecution?: {
      nodeSelectorTerms: Partial<Record<'matchFields' | 'matchExpressions', { key: string; values?: string[] }[]>>[]
    }
  }
}

/** Node names a required node affinity asks for (`metadata.name` or `kubernetes.io/hostname`); null without one. */
function affinityNames(pod: KubeObject): string[] | null {
  const affinity = (pod.spec as { affinity?: NodeAffinity } | undefined)?.affinity?.nodeAffinity
  const terms = affinity?.requiredDuringSchedulingIgnoredDuringExecution?.nodeSelectorTerms
  if (!terms) return null
  return terms
    .flatMap((term) => [...(term.matchFields ?? []), ...(term.matchExpressions ?? [])])
    .filter(({ key }) => key === 'metadata.name' || key === 'kubernetes.io/hostname')
    .flatMap(({ values }) => values ?? [])
}
